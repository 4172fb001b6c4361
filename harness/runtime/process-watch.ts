import { type Socket, argumentsOf, environmentOf, openIn, socketsSeenBy } from './proc.ts'
import type { ProcessTree, TreeProcess } from './process-tree.ts'
import { monotonicNow } from './real-time.ts'

/** A program that a process ran: it may have run another one before. */
export interface SeenProgram {
  readonly arguments: readonly string[]
  /** Each `NAME=value`. */
  readonly environment: readonly string[]
}

export interface SeenProcess {
  /** Started by ourselves, not by another process of the tree. */
  readonly first: boolean
  readonly programs: readonly SeenProgram[]
  readonly sockets: readonly Socket[]
  /** Absolute paths, and whether they were open for writing. */
  readonly files: ReadonlyMap<string, boolean>
}

/** Everything here is as it was met, secrets included: it stays in memory. */
export interface Seen {
  readonly processes: readonly SeenProcess[]
  /** Real milliseconds between two looks, as planned and as it came about at worst. */
  readonly interval: number
  readonly longestGap: number
}

/**
 * Watches a tree by looking again and again: what begins and ends between two looks is not seen. A process that lives for
 * 10 to 20 ms normally is; a socket or file that is open for less than about 20 ms, a connection for less than about
 * 50 ms, often is not.
 */
export interface ProcessWatch {
  /** Looks now, too. */
  look(): void
  /** One last look; sockets that were just found are looked up before it resolves. */
  stop(): Promise<Seen>
  /** No further look, and nothing is told. */
  abandon(): void
}

/** Real milliseconds between looks, where they cost little. */
const shortest = 5
/** At the most one part in so many of a processor’s time goes into looks. */
const share = 12
const costsKept = 8
/** Real milliseconds between two looks at the sockets and files of one process, but for its first few. */
const openApart = 20
const firstLooks = 4
/** Real milliseconds between two readings of the tables of sockets, which cost the kernel milliseconds. */
const tablesApart = 50
/** A socket that is in no table may be about to be connected, or be of another kind; it is looked up so often. */
const mostLookUps = 3
/** A subject may start processes without end; beyond this, they are not told of. */
const mostProcesses = 1000
const mostPrograms = 20
const mostFiles = 1000

interface Watched {
  readonly seen: SeenProcess & {
    readonly programs: SeenProgram[]
    readonly sockets: Socket[]
    readonly files: Map<string, boolean>
  }
  readonly pid: number
  /** What it ran at the last look, as the kernel tells it. */
  running: string
  looks: number
  /** When its sockets and files were last looked at. */
  lookedInto: number
}

export function watchTree(tree: ProcessTree): ProcessWatch {
  const watched = new Map<TreeProcess, Watched>()
  const sockets = watchSockets()
  let timer: ReturnType<typeof setTimeout> | undefined
  let last = monotonicNow()
  let longestGap = 0
  let costs: readonly number[] = []

  const note = (process: TreeProcess, isLast: boolean): void => {
    let entry = watched.get(process)
    if (entry === undefined) {
      if (watched.size === mostProcesses) return
      const seen = { first: process.first, programs: [], sockets: [], files: new Map<string, boolean>() }
      watched.set(process, (entry = { seen, pid: process.pid, running: '', looks: 0, lookedInto: last }))
    }
    noteProgram(entry)
    if (!isLast && entry.looks++ >= firstLooks && last - entry.lookedInto < openApart) return
    entry.lookedInto = last
    noteOpen(entry, sockets)
  }
  const look = (isLast = false): void => {
    const now = monotonicNow()
    longestGap = Math.max(longestGap, now - last)
    last = now
    for (const process of tree.look()) note(process, isLast)
    sockets.lookUp()
  }
  const again = (): void => {
    const began = monotonicNow()
    look()
    // The cheapest of a few: a look that the machine interrupted cost no more than the others.
    costs = [...costs, monotonicNow() - began].slice(-costsKept)
    timer = setTimeout(again, Math.max(shortest, Math.min(...costs) * share))
  }
  timer = setTimeout(again, 0)

  return {
    look: () => look(),
    async stop() {
      clearTimeout(timer)
      // What was opened since the process was last looked into would be missed for ever.
      look(true)
      await sockets.settled()
      const processes = [...watched.values()].map(({ seen }) => seen)
      return { processes, interval: shortest, longestGap: Math.ceil(longestGap) }
    },
    abandon: () => clearTimeout(timer),
  }
}

/** A process that has only just been split off still shows what its parent runs, so it is read at every look. */
function noteProgram(entry: Watched): void {
  const [told = '', environment = ''] = [argumentsOf(entry.pid), environmentOf(entry.pid)]
  const running = `${told}\0${environment}`
  // Empty while it turns from one program into another, and when it has ended meanwhile.
  if (told === '' || running === entry.running || entry.seen.programs.length === mostPrograms) return
  entry.running = running
  entry.seen.programs.push({ arguments: parts(told), environment: parts(environment) })
}

const parts = (text: string): readonly string[] => text.replace(/\0$/, '').split('\0')

function noteOpen({ pid, seen }: Watched, sockets: SocketWatch): void {
  const open = openIn(pid)
  for (const { path, written } of open.files)
    if (seen.files.size < mostFiles || seen.files.has(path))
      seen.files.set(path, written || (seen.files.get(path) ?? false))
  for (const number of open.sockets) sockets.found(pid, number, (socket) => seen.sockets.push(socket))
}

interface SocketWatch {
  found(pid: number, number: number, tell: (socket: Socket) => void): void
  /** Reads the tables in the background when there is something to look up, and not too often. */
  lookUp(): void
  settled(): Promise<void>
}

function watchSockets(): SocketWatch {
  const pending = new Map<number, { pid: number; lookUps: number; readonly tell: (socket: Socket) => void }>()
  const settled = new Set<number>()
  let reading: Promise<void> | undefined
  let read = -Infinity

  const readTables = async (): Promise<void> => {
    const asked = [...pending]
    const table = await socketsSeenBy(asked.at(-1)![1].pid)
    for (const [number, socket] of asked) {
      const found = table.get(number)
      socket.lookUps += 1
      if (found === undefined && socket.lookUps < mostLookUps) continue
      pending.delete(number)
      settled.add(number)
      if (found !== undefined) socket.tell(found)
    }
    read = monotonicNow()
    reading = undefined
  }
  return {
    found(pid, number, tell) {
      if (!settled.has(number) && !pending.has(number)) pending.set(number, { pid, lookUps: 0, tell })
    },
    lookUp() {
      if (reading !== undefined || pending.size === 0 || monotonicNow() - read < tablesApart) return
      reading = readTables()
    },
    async settled() {
      await reading
      if (pending.size > 0) await readTables()
    },
  }
}
