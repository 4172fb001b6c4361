import type { Contained } from '../runtime/contain.ts'
import { plantProcess } from '../runtime/planted-process.ts'
import { type Seen, watchTree } from '../runtime/process-watch.ts'

/** What is seen of the processes of one world: one piece for each start of its stage. */
export interface KeptProcesses {
  /** Carried by a process that the stage itself starts, so that a search can prove that it would find a secret there. */
  readonly canary: string
  keep(seen: Promise<Seen>): void
  kept(): Promise<readonly Seen[]>
}

export function keepProcesses(canary: string): KeptProcesses {
  const kept: Promise<Seen>[] = []
  return { canary, keep: (seen) => void kept.push(seen), kept: () => Promise.all(kept) }
}

/** Watches a child and what it starts until either ends; `stop` has had its last look when it resolves. */
export function observe(
  { tree, exited }: Pick<Contained, 'tree' | 'exited'>,
  record: KeptProcesses | undefined,
): { stop(): Promise<unknown> } {
  if (record === undefined) return { stop: async () => {} }
  const watch = watchTree(tree)
  plantProcess(record.canary, tree, watch.look)
  let seen: Promise<Seen> | undefined
  const stop = (): Promise<Seen> => {
    if (seen === undefined) record.keep((seen = watch.stop()))
    return seen!
  }
  void exited.then(stop)
  return { stop }
}
