import type { ChildProcess } from 'node:child_process'
import { atExit } from './at-exit.ts'
import { type CapturedOutput, captureOutput } from './captured-output.ts'
import type { ProcessTree } from './process-tree.ts'

/** How a child process or worker ended; `error` is what it threw, or why it never started. */
export interface Exit {
  readonly code: number | null
  readonly signal: string | null
  readonly error?: string
}

/** A child process that ends with everything it started. */
export interface Contained {
  readonly pid: number | undefined
  readonly tree: ProcessTree
  readonly stdout: CapturedOutput
  readonly stderr: CapturedOutput
  /** After the last output, and when nothing of its tree is left. */
  readonly exited: Promise<Exit>
  /** Ends it at once, and whatever it started (SIGKILL): nothing in it can prevent that or tidy up. */
  kill(): void
}

/** How a child is to be spawned so that it has a process group of its own: Ctrl-C at the terminal is ours to pass on. */
export const hasGroups = process.platform !== 'win32'

/** Captures the output of a child, and ends its tree when it ends, when it is told to, and when this process exits. */
export function contain(child: ChildProcess, tree: ProcessTree): Contained {
  tree.add(child.pid)
  let ended = false
  const endAll = (): void => {
    // Its number may be somebody else’s by then.
    if (ended) return
    endGroup(child)
    tree.end()
  }
  const kill = (): void => {
    endAll()
    child.kill('SIGKILL')
  }
  const withdraw = atExit(kill)
  const stdout = captureOutput()
  const stderr = captureOutput()
  child.stdout?.on('data', stdout.add)
  child.stderr?.on('data', stderr.add)
  // What it leaves running ends with it, and would keep the pipes open besides.
  child.once('exit', () => {
    endAll()
    ended = true
  })
  const exited = whenExited(child).finally(withdraw)
  return {
    pid: child.pid,
    tree,
    stdout,
    stderr,
    exited,
    kill,
  }
}

function endGroup(child: ChildProcess): void {
  try {
    if (hasGroups && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  } catch {
    // The whole group has ended already.
  }
}

/** Time for output that is still in the pipe; a process that was not found may hold the pipe open for longer. */
const drainMilliseconds = 1000

function whenExited(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, error: error.message }))
    child.once('exit', (code, signal) => {
      const timer = setTimeout(() => resolve({ code, signal }), drainMilliseconds)
      child.once('close', () => {
        clearTimeout(timer)
        resolve({ code, signal })
      })
    })
  })
}
