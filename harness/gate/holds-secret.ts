import { secretLook } from './secret-look.ts'
import { sourceOf } from './settings-of.ts'
import { type Tree, leavesOf, listOf, stepsOf } from './tree.ts'

const secretName = /(?:secret|password|private_?key|(?:refresh|access)_?token)$/i

/** Whether a file holds a secret that is written out: only of such a file it matters who may read it. */
export function holdsSecret(tree: Tree): boolean {
  for (const { pointer, leaf } of leavesOf(tree)) {
    const text = (listOf(leaf, /$^/) ?? []).join(' ')
    if (text === '') continue
    if (secretLook(text) !== undefined) return true
    if (secretName.test(stepsOf(pointer).at(-1) ?? '') && sourceOf(text) === 'literal') return true
  }
  return false
}
