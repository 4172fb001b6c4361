import { buffer } from 'node:stream/consumers'
import type { Namespace } from './namespace.ts'
import type { NamespaceProgram } from './namespace-program.ts'

export interface Ended {
  readonly stdout: Buffer
  readonly stderr: string
  /** 137 when it did not end within its time. */
  readonly code: number | null
}

export interface RunOptions {
  /** The whole environment but for PATH, LANG, TERM and TZ. */
  readonly env?: Readonly<Record<string, string>>
  /** Real seconds until it is killed with all that it started. */
  readonly seconds?: number
}

const surroundings = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8', TERM: 'xterm', TZ: 'UTC' }

export const startIn = (
  namespace: Namespace,
  command: string,
  args: readonly string[],
  { env = {}, seconds = 30 }: RunOptions = {},
): NamespaceProgram => namespace.start(command, args, { env: { ...surroundings, ...env }, seconds })

/** What a program says from now on, and how it ends. */
export async function endOf({ stdout, stderr, ended }: NamespaceProgram): Promise<Ended> {
  const [said, complained, { code, signal }] = await Promise.all([buffer(stdout), buffer(stderr), ended])
  return { stdout: said, stderr: complained.toString(), code: signal === 'SIGKILL' ? 137 : code }
}

/** Runs a program there to its end, without input. */
export async function runIn(
  namespace: Namespace,
  command: string,
  args: readonly string[],
  options?: RunOptions,
): Promise<Ended> {
  const program = startIn(namespace, command, args, options)
  program.stdin.end()
  return endOf(program)
}
