import { spawn } from 'node:child_process'
import { hasGroups } from './contain.ts'
import type { ProcessTree } from './process-tree.ts'

/**
 * Starts a tiny process of a tree (Linux) that carries a text in its arguments and its environment, for as long as `look`
 * takes: proof that whoever looks at the tree would find it there.
 */
export function plantProcess(text: string, tree: ProcessTree, look: () => void): void {
  const planted = spawn('/bin/sh', ['-c', 'read line', 'planted-control', text], {
    env: { ...tree.environment, PLANTED_CONTROL: text },
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: hasGroups,
  })
  // A machine without a shell has no control, which says so in the verdict.
  planted.once('error', () => {})
  planted.stdin.once('error', () => {})
  look()
  planted.stdin.end()
}
