import { Worker } from 'node:worker_threads'
import { compileCacheEnvironment } from './compile-cache.ts'
import { type CapturedOutput, captureOutput } from './captured-output.ts'
import { toldBy } from './deno-worker.ts'
import type { Exit } from './contain.ts'

export interface WorkerOptions {
  /** A module of ours, with the extension that `import.meta.url` of the caller has. */
  readonly module: URL
  /** What the worker finds in `process.env`; it starts with nothing else. */
  readonly env?: Readonly<Record<string, string>>
  onMessage(message: unknown): void
  /** Called once, after the last message. */
  onExit(exit: Exit): void
}

export interface StartedWorker {
  /** What it printed. On Deno `console` alone, from `openParent` on. */
  readonly stdout: CapturedOutput
  readonly stderr: CapturedOutput
  readonly exited: Promise<Exit>
  post(message: unknown): void
  /** Stops it wherever it is, in an endless loop too. */
  terminate(): Promise<void>
}

/** Megabytes. A nursery of the default size costs each thread tens of megabytes; the old generation bounds a subject that leaks. */
const resourceLimits = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 512 }

/** Runs one of our modules in a worker thread. What it throws ends it and reaches `onExit`, never this thread. */
export function startWorker({ module, env = {}, onMessage, onExit }: WorkerOptions): StartedWorker {
  const worker = new Worker(module, {
    stdout: true,
    stderr: true,
    env: { ...compileCacheEnvironment(), ...env },
    resourceLimits,
  })
  const output = { stdout: captureOutput(), stderr: captureOutput() }
  let error: { readonly error?: string } = {}
  worker.stdout?.on('data', output.stdout.add)
  worker.stderr?.on('data', output.stderr.add)
  worker.on('message', (message: unknown) => {
    const told = toldBy(message)
    if (told === undefined) return onMessage(message)
    if (told.told === 'failure') error = { error: told.message }
    else output[told.told].add(told.bytes)
  })
  worker.once('error', (thrown: unknown) => {
    error = { error: thrown instanceof Error ? thrown.message : String(thrown) }
  })
  const exited = new Promise<Exit>((resolve) => {
    worker.once('exit', (code) => resolve({ code, signal: null, ...error }))
  })
  void exited.then(onExit)
  return {
    ...output,
    exited,
    post: (message) => worker.postMessage(message),
    terminate: async () => void (await worker.terminate()),
  }
}
