import { type ChildProcess, spawn } from 'node:child_process'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { atExit } from './at-exit.ts'
import { type CapturedOutput, captureOutput } from './captured-output.ts'
import { compileCacheEnvironment } from './compile-cache.ts'
import { runtime } from './runtime.ts'

/** How a child process or worker ended; `error` is what it threw, or why it never started. */
export interface Exit {
  readonly code: number | null
  readonly signal: string | null
  readonly error?: string
}

export interface ScriptOptions {
  /** A module of ours, with the extension that `import.meta.url` of the caller has: `.ts` in a checkout, `.js` when built. */
  readonly module: URL
  readonly args?: readonly string[]
  /** The whole environment but for PATH and the runtime's own cache: nothing else is inherited. */
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** Such as 0o077. The child sets it for itself in `openParent`, since no runtime's spawn can. */
  readonly umask?: number
  onMessage(message: unknown): void
  /** Called once, after the last message and the last output. */
  onExit(exit: Exit): void
}

export interface SpawnedScript {
  readonly pid: number | undefined
  readonly stdout: CapturedOutput
  readonly stderr: CapturedOutput
  readonly exited: Promise<Exit>
  /** Plain JSON values only. A message to a child that has ended is dropped. */
  post(message: unknown): void
  /** Ends it at once, and whatever it started (SIGKILL): nothing in it can prevent that or tidy up. */
  kill(): void
}

export const umaskVariable = 'OAUTH_IMAP_UMASK'

/** Runs one of our modules in a child process of the same runtime, with a message channel and captured output. */
export function spawnScript(options: ScriptOptions): SpawnedScript {
  const script = [fileURLToPath(options.module), ...(options.args ?? [])]
  const child = spawn(process.execPath, runtime().name === 'deno' ? ['run', '-A', '--no-prompt', ...script] : script, {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: environment(options),
    // A process group of its own: Ctrl-C at the terminal is ours to pass on, and its own children end with it.
    detached: hasGroups,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  })
  const kill = (): void => killGroup(child)
  const withdraw = atExit(kill)
  const stdout = captureOutput()
  const stderr = captureOutput()
  child.stdout?.on('data', stdout.add)
  child.stderr?.on('data', stderr.add)
  child.on('message', options.onMessage)
  const exited = whenExited(child)
  void exited.then((exit) => {
    withdraw()
    options.onExit(exit)
  })
  return {
    pid: child.pid,
    stdout,
    stderr,
    exited,
    post: (message) => {
      if (child.connected) child.send(message as object, () => {})
    },
    kill,
  }
}

const hasGroups = process.platform !== 'win32'

function killGroup(child: ChildProcess): void {
  try {
    if (hasGroups && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  } catch {
    // The whole group has ended already.
  }
  child.kill('SIGKILL')
}

function environment({ env = {}, umask }: ScriptOptions): Record<string, string> {
  const own: Record<string, string> = { PATH: process.env['PATH'] ?? '', ...compileCacheEnvironment() }
  if (umask !== undefined) own[umaskVariable] = umask.toString(8)
  // Without these the runtimes would leave their caches in the home directory of the subject, among its own files.
  if (runtime().name === 'deno') own['DENO_DIR'] = process.env['DENO_DIR'] ?? join(homedir(), '.cache', 'deno')
  if (runtime().name === 'bun') own['BUN_RUNTIME_TRANSPILER_CACHE_PATH'] = '0'
  return { ...own, ...env }
}

/** Time for output that is still in the pipe; a grandchild may hold the pipe open for longer. */
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
