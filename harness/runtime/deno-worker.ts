import { Console } from 'node:console'
import { Writable } from 'node:stream'

/** How a worker on Deno tells what Node and Bun tell by themselves. */
export type DenoWorkerTold =
  | { readonly told: 'stdout' | 'stderr'; readonly bytes: Uint8Array }
  | { readonly told: 'failure'; readonly message: string }

const mark = 'oauth-imap:deno-worker'

export const toldBy = (message: unknown): DenoWorkerTold | undefined =>
  typeof message === 'object' && message !== null && mark in message ? (message[mark] as DenoWorkerTold) : undefined

interface WorkerScope {
  console: unknown
  close(): void
  addEventListener(type: 'error' | 'unhandledrejection', listener: (event: FailureEvent) => void): void
}

interface FailureEvent {
  readonly error?: unknown
  readonly reason?: unknown
  preventDefault(): void
}

const scope = globalThis as unknown as WorkerScope

/** A worker's output and the trace of what ended it would go to the terminal, unmasked; here they go to the parent. */
export function tellParent(post: (message: unknown) => void): void {
  const tell = (told: DenoWorkerTold): void => post({ [mark]: told })
  const stream = (told: 'stdout' | 'stderr'): Writable =>
    new Writable({
      write(chunk: Uint8Array, _encoding, done) {
        tell({ told, bytes: new Uint8Array(chunk) })
        done()
      },
    })
  scope.console = new Console({ stdout: stream('stdout'), stderr: stream('stderr') })
  for (const type of ['error', 'unhandledrejection'] as const)
    scope.addEventListener(type, (event) => {
      event.preventDefault()
      const thrown = event.error ?? event.reason
      tell({ told: 'failure', message: thrown instanceof Error ? thrown.message : String(thrown) })
      process.exit(1)
    })
}

/** Deno's `parentPort` cannot be closed, its worker can. */
export const endWorker = (): void => scope.close()
