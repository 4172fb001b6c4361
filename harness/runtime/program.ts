import { spawn } from 'node:child_process'
import { type Contained, type Exit, contain, hasGroups } from './contain.ts'
import { splitLines } from './lines.ts'
import { openProcessTree } from './process-tree.ts'

export interface ProgramOptions {
  /** The program, by path or by a name to look for in PATH, and its arguments. No shell reads them. */
  readonly command: readonly [program: string, ...args: string[]]
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  /** Whether it can be written to; otherwise its standard input is empty. */
  readonly input?: boolean
  /** Real milliseconds after which it is ended. */
  readonly timeout: number
  /** Each line that it prints to standard output, without its end; a last one without an end counts too. */
  onLine?(line: string): void
}

export interface Program extends Contained {
  /** Writes a line to its standard input; one for a program that has ended, or that listens no more, is dropped. */
  write(line: string): void
  /** Tells it that no more will come. */
  endInput(): void
}

/** Runs a program in a process group of its own; it and whatever it started end together, whatever happens. */
export function startProgram({ command, env, cwd, input = false, timeout, onLine }: ProgramOptions): Program {
  const [program, ...args] = command
  const tree = openProcessTree()
  const child = spawn(program, args, {
    cwd,
    env: { ...env, ...tree.environment },
    stdio: [input ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    detached: hasGroups,
  })
  // It may end, or close its input, before it has read everything; that is no fault of ours.
  child.stdin?.on('error', () => {})
  const lines = onLine === undefined ? undefined : splitLines(onLine)
  if (lines !== undefined) child.stdout?.on('data', lines.add)
  const contained = contain(child, tree)
  let late: Pick<Exit, 'error'> = {}
  const timer = setTimeout(() => {
    late = { error: `it had not ended after ${timeout / 1000} s` }
    contained.kill()
  }, timeout)
  const exited = contained.exited.then((exit) => {
    clearTimeout(timer)
    lines?.end()
    return { ...exit, ...late }
  })
  return {
    ...contained,
    exited,
    write: (line) => void (child.stdin?.writable === true && child.stdin.write(`${line}\n`)),
    endInput: () => void child.stdin?.end(),
  }
}

/** Where this process itself looks for programs. */
export const searchPath = (): string => process.env['PATH'] ?? ''
