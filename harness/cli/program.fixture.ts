import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { compileCacheEnvironment } from '../runtime/compile-cache.ts'

const main = fileURLToPath(new URL('./main.ts', import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly signal: string | null
  readonly stdout: string
  /** Lines on standard error. */
  readonly complaints: readonly string[]
}

export interface Running {
  readonly child: ChildProcess
  /** Resolves when standard error holds the text. */
  says(text: string): Promise<void>
  readonly ended: Promise<Ended>
}

export interface Surroundings {
  /** Besides PATH and what the runtime itself needs. */
  readonly env?: Readonly<Record<string, string>>
  /** Another entry to it than `main.ts`. */
  readonly program?: string
  /** Standard input in pieces; none, and at its end at once, unless told. */
  readonly input?: Iterable<string>
}

/** Starts the real program with the runtime that runs this test. */
export function start(
  args: readonly string[],
  cwd: string,
  { env = {}, program = main, input }: Surroundings = {},
): Running {
  const command = 'deno' in process.versions ? ['run', '-A', '--no-prompt', program, ...args] : [program, ...args]
  const { PATH = '', HOME = '', TMPDIR, DENO_DIR } = process.env
  const inherited = {
    PATH,
    HOME,
    ...(TMPDIR === undefined ? {} : { TMPDIR }),
    ...(DENO_DIR === undefined ? {} : { DENO_DIR }),
    // Dozens of starts that each compile everything anew take twice as long.
    ...compileCacheEnvironment(),
  }
  const child = spawn(process.execPath, command, {
    cwd,
    env: { ...inherited, ...env },
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  })
  // Who has read enough may go before the end.
  if (input !== undefined) Readable.from(input).pipe(child.stdin!.on('error', () => {}))
  const output = { stdout: '', stderr: '' }
  let listener = (): void => {}
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream]!.setEncoding('utf8').on('data', (text: string) => {
      output[stream] += text
      listener()
    })
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (code, signal) => {
      listener()
      const complaints = output.stderr.split('\n').filter((line) => line !== '')
      resolve({ code, signal, stdout: output.stdout, complaints })
    }),
  )
  return {
    child,
    ended,
    says: (text) =>
      new Promise((resolve) => {
        listener = () => {
          if (output.stderr.includes(text) || child.exitCode !== null) resolve()
        }
        listener()
      }),
  }
}

/** Runs the real program to its end. */
export const runToEnd = (args: readonly string[], cwd: string, surroundings?: Surroundings): Promise<Ended> =>
  start(args, cwd, surroundings).ended

interface Process {
  readonly pid: number
  readonly parent: number
}

/** The processes below one, however deep. */
export function descendants(pid: number): readonly number[] {
  const listed = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
  const all = listed.split('\n').map((line): Process => {
    const [own = NaN, parent = NaN] = line.trim().split(/\s+/).map(Number)
    return { pid: own, parent }
  })
  const below = (of: number): readonly number[] =>
    all.filter(({ parent }) => parent === of).flatMap((child) => [child.pid, ...below(child.pid)])
  return below(pid)
}

/** Of these processes, those that have not ended; a zombie has. */
export function alive(pids: readonly number[]): readonly number[] {
  const listed = execFileSync('ps', ['-eo', 'pid=,stat='], { encoding: 'utf8' })
  const living = new Set(
    listed
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, state = 'Z']) => !state.startsWith('Z'))
      .map(([pid]) => Number(pid)),
  )
  return pids.filter((pid) => living.has(pid))
}
