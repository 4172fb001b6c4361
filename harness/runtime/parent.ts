import { parentPort } from 'node:worker_threads'
// First of all, before a stage can replace the clock: see there.
import './real-time.ts'
import { endWorker, tellParent } from './deno-worker.ts'
import { runtime } from './runtime.ts'
import { treeVariable, umaskVariable } from './child-variables.ts'

/** The other end of `spawnScript` and of `startWorker`, seen from inside. */
export interface Parent {
  post(message: unknown): void
  /** One listener; messages that came before it are kept for it. */
  onMessage(listener: (message: unknown) => void): void
  /** Lets the process or thread end once it has nothing else to do. */
  close(): void
}

/** Connects a module that was started by `spawnScript` or `startWorker` with whoever started it. */
export function openParent(): Parent {
  // Ours, and of no concern to the subject.
  delete process.env['NODE_COMPILE_CACHE']
  const waiting: unknown[] = []
  let receive = (message: unknown): void => void waiting.push(message)
  const deliver = (message: unknown): void => receive(message)
  const onMessage = (listener: (message: unknown) => void): void => {
    receive = listener
    for (const message of waiting.splice(0)) listener(message)
  }
  if (parentPort !== null) {
    const port = parentPort
    const post = (message: unknown): void => port.postMessage(message)
    const onDeno = runtime().name === 'deno'
    if (onDeno) tellParent(post)
    port.on('message', deliver)
    return { onMessage, post, close: onDeno ? endWorker : () => port.close() }
  }
  const umask = process.env[umaskVariable]
  if (umask !== undefined) process.umask(parseInt(umask, 8))
  delete process.env[umaskVariable]
  process.on('message', deliver)
  const tree = process.env[treeVariable]
  // Whoever started us has gone, by whatever end: nobody is left to end us, and what we started.
  const orphaned = (): void =>
    void import('./process-tree.ts')
      .then(({ openProcessTree }) => openProcessTree(tree).end())
      .finally(() => process.exit())
  process.on('disconnect', orphaned)
  const close = (): void => {
    process.off('disconnect', orphaned)
    process.disconnect?.()
  }
  return { onMessage, post: (message) => void process.send?.(message), close }
}
