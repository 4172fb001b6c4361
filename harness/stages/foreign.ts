import type { Exit } from '../runtime/contain.ts'
import { searchPath, startProgram } from '../runtime/program.ts'
import { type KeptProcesses, observe } from './observe.ts'

export interface ForeignOptions {
  /** The program, by path or by a name to look for in PATH, and its arguments. No shell reads them. */
  readonly command: readonly [program: string, ...args: string[]]
  /** Its HOME, TMPDIR and working directory. */
  readonly home: string
  /** Its environment besides HOME, TMPDIR and our PATH, each of which it may replace: nothing else is inherited. */
  readonly env?: Readonly<Record<string, string>>
  /** Whether lines can be written to it; otherwise its standard input is empty. */
  readonly input?: boolean
  /** Real milliseconds after which it is ended. */
  readonly timeout: number
  /** Where what is seen of its processes goes; undefined where nobody looks. */
  readonly record?: KeptProcesses | undefined
  /** Each line of its standard output. */
  onLine?(line: string): void
}

/** A program in any language, and everything that it starts. */
export interface ForeignProgram extends AsyncDisposable {
  /** Never rejects: a program that cannot be started is an exit with an error. */
  readonly exited: Promise<Exit>
  /** Writes one line to its standard input; dropped when it does not listen any more. */
  write(line: string): void
  endInput(): void
  /** What it printed so far, the first megabytes of it. */
  output(): { readonly stdout: Uint8Array; readonly stderr: Uint8Array }
  /** Ends it with its whole tree. */
  stop(): Promise<void>
}

/**
 * Starts a foreign program. It ends with everything it has started: when it exits by itself, when it is stopped, at its
 * timeout and when this process exits. What a killed run leaves behind is ended at the next run.
 */
export function startForeign({ command, home, env, input, timeout, record, onLine }: ForeignOptions): ForeignProgram {
  const program = startProgram({
    command,
    cwd: home,
    env: { PATH: searchPath(), HOME: home, TMPDIR: home, ...env },
    timeout,
    ...(input === undefined ? {} : { input }),
    ...(onLine === undefined ? {} : { onLine }),
  })
  const observed = observe(program, record)
  const stop = async (): Promise<void> => {
    await observed.stop()
    program.kill()
    await program.exited
  }
  return {
    exited: program.exited,
    write: program.write,
    endInput: program.endInput,
    output: () => ({ stdout: program.stdout.bytes(), stderr: program.stderr.bytes() }),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}
