import { kindOfClientFile } from './client-file.ts'
import type { Project } from './project.ts'
import { readTextWithin } from './text-within.ts'
import { type Read, type Tree, below, textOf } from './tree.ts'

/** `FILE` or `FILE#/pointer`. */
export function partsOf(where: string): { readonly file: string; readonly pointer: string } {
  const [file = '', pointer = ''] = where.split(/#(.*)/s)
  return { file, pointer }
}

/** A client that stands in a file as it is, or as the text of one value in it. */
export async function clientWithin(project: Project, file: string, outer: Tree): Promise<Read> {
  const text = outer.members === undefined ? textOf(outer) : undefined
  if (text === undefined) return { tree: outer }
  const source = (await project.text(file))?.text ?? ''
  return readTextWithin(text, source.replace(/^\uFEFF/, ''), outer)
}

/** The values of a file that are client files by themselves, such as a variable that holds one. */
export async function clientsWithin(
  project: Project,
  file: string,
  tree: Tree,
): Promise<readonly { readonly pointer: string; readonly tree: Tree; readonly at: Tree }[]> {
  const texts = [...(tree.members ?? [])].filter(([, member]) => /^\s*\{/.test(textOf(member) ?? ''))
  const found = []
  for (const [name, at] of texts) {
    const read = await clientWithin(project, file, at)
    if ('tree' in read && kindOfClientFile(read.tree) !== 'unknown')
      found.push({ pointer: below('', name), tree: read.tree, at })
  }
  return found
}
