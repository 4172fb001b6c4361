import { sorted } from './inspect.ts'
import type { Recorder } from './journal.ts'
import type { Observed } from './model/observation.ts'
import type { Leak } from './model/secret.ts'
import { treeVariable } from './runtime/child-variables.ts'
import { type Endpoint, isLoopback } from './runtime/proc.ts'
import type { Seen, SeenProcess, SeenProgram } from './runtime/process-watch.ts'
import type { SecretRegistry } from './secrets.ts'
import type { KeptProcesses } from './stages/observe.ts'

/** Where a process was seen, and what tells places of this run from all others. */
export interface ProcessSurroundings {
  readonly journal: Recorder
  readonly secrets: SecretRegistry
  /** The subject’s own directory. */
  readonly home: string
  /** Loopback ports behind which the world stands. */
  readonly doors: { readonly google: readonly number[]; readonly gmail: readonly number[] }
}

type Told = { readonly [T in ProcessObservation]: readonly [type: T, fields: Observed[T]] }[ProcessObservation]
type ProcessObservation = 'proc.program' | 'proc.dialled' | 'proc.listened' | 'proc.file'

/**
 * Records what was seen of the processes of a world: each thing once, however often and by however many it was done, and
 * sorted, since processes come in another order every time.
 */
export async function inspectProcesses(kept: KeptProcesses, around: ProcessSurroundings): Promise<void> {
  const seen = await kept.kept()
  const told = new Map<string, Told>()
  const search = searchFor(around.secrets)
  for (const { processes } of seen)
    for (const process of processes)
      for await (const each of tell(process, processes, around, search)) told.set(JSON.stringify(each), each)
  for (const [, [type, fields]] of [...told].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    around.journal.record('process', type, fields)
  const longestGap = Math.max(0, ...seen.map((each) => each.longestGap))
  around.journal.record('process', 'proc.watched', { interval: seen[0]?.interval ?? 0, longestGap })
}

type Search = (text: string) => Promise<readonly Leak[]>

/** Environments are inherited, so that most of them have been searched before. */
function searchFor({ scanner }: SecretRegistry): Search {
  const searched = new Map<string, Promise<readonly Leak[]>>()
  return (text) => {
    const before = searched.get(text)
    const found = before ?? scanner.scan(new TextEncoder().encode(text))
    if (before === undefined) searched.set(text, found)
    return found
  }
}

async function* tell(
  { first, programs, sockets, files }: SeenProcess,
  tree: Seen['processes'],
  around: ProcessSurroundings,
  search: Search,
): AsyncGenerator<Told> {
  for (const each of programs) yield ['proc.program', { first, ...(await toldProgram(each, around, search)) }]
  const running = programs.at(-1)
  if (running === undefined) return
  const who = { program: nameOf(running, around), first }
  const listening = tree.flatMap((each) =>
    each.sockets.flatMap((socket) => ('listens' in socket ? [socket.listens] : [])),
  )
  for (const socket of sockets) {
    if ('listens' in socket) yield ['proc.listened', { ...who, on: reachOf(socket.listens) }]
    else yield ['proc.dialled', { ...who, protocol: socket.protocol, ...target(socket.dialled, listening, around) }]
  }
  for (const [path, written] of files) {
    const place = placeOf(path, around)
    const ours = cachesOf(running).some((cache) => path.startsWith(`${cache}/`))
    if (!ours && (written || place.startsWith('~'))) yield ['proc.file', { ...who, path: place, written }]
  }
}

async function toldProgram(program: SeenProgram, around: ProcessSurroundings, search: Search) {
  const inArguments = sorted(await search(program.arguments.join('\0')))
  const inEnvironment: (Leak & { variable: string })[] = []
  let planted = false
  const names: string[] = []
  for (const text of program.environment) {
    const variable = around.secrets.mask(text.split('=', 1)[0]!)
    if (variable === treeVariable) continue
    names.push(variable)
    const found = sorted(await search(text))
    inEnvironment.push(...found.leaks.map((leak) => ({ ...leak, variable })))
    planted ||= found.planted
  }
  return {
    program: nameOf(program, around),
    arguments: program.arguments.slice(1).map((argument) => withoutPlaces(argument, around)),
    environment: names.toSorted(),
    inArguments: inArguments.leaks,
    inEnvironment,
    planted: planted && inArguments.planted,
  }
}

/** Caches that we gave a runtime ourselves, which it writes whatever the subject does. */
const cachesOf = ({ environment }: SeenProgram): readonly string[] =>
  environment.flatMap((text) => /^(?:NODE_COMPILE_CACHE|DENO_DIR)=(.+)$/s.exec(text)?.[1] ?? [])

const nameOf = (program: SeenProgram, { secrets }: ProcessSurroundings): string =>
  secrets.mask(program.arguments[0]!.split('/').at(-1)!)

/** Directories that are the same on every machine; of all others only the last name is told. */
const everywhere = /^\/(?:dev|etc|opt|run|srv|tmp|usr|var)\//

const placeOf = (path: string, { home, secrets }: ProcessSurroundings): string => {
  if (path.startsWith(`${home}/`)) return secrets.mask(`~${path.slice(home.length)}`)
  return secrets.mask(everywhere.test(path) ? path : `…/${path.split('/').at(-1)}`)
}

/** An argument without what is another one in every run or on every machine. */
const withoutPlaces = (argument: string, { home, secrets }: ProcessSurroundings): string =>
  secrets
    .mask(argument.replaceAll(home, '~'))
    .replace(/((?:127(?:\.\d+){3}|\[::1\]|localhost)):\d+/gi, '$1:‹port›')
    .replace(/(^|[\s=:,;"'@])(\/(?:[^/\s]+\/)+)/g, (all, before, path) => (everywhere.test(path) ? all : `${before}…/`))

const reachOf = ({ address }: Endpoint): Observed['proc.listened']['on'] => {
  if (isLoopback(address)) return 'loopback'
  return address === '0.0.0.0' || address === '::' ? 'every-address' : 'one-address'
}

/** From here on systems give out ports by themselves, another one every time (Linux, ip_local_port_range). */
const firstEphemeral = 32_768

function target(
  { address, port }: Endpoint,
  listening: readonly Endpoint[],
  { doors }: ProcessSurroundings,
): Pick<Observed['proc.dialled'], 'to' | 'address' | 'port'> {
  if (isLoopback(address)) {
    if (doors.google.includes(port)) return { to: 'google' }
    if (doors.gmail.includes(port)) return { to: 'gmail' }
    if (listening.some((endpoint) => endpoint.port === port)) return { to: 'itself' }
  }
  return { to: 'elsewhere', address, ...(isLoopback(address) && port >= firstEphemeral ? {} : { port }) }
}
