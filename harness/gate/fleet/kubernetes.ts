import { type Tree, follow, textOf } from '../tree.ts'
import { type Bag, type Entry, blockIndent } from './bag.ts'

/** Whether a document is a manifest of Kubernetes, whatever it describes. */
export const isManifest = (tree: Tree): boolean => kindOf(tree) !== '' && text(tree, '/apiVersion') !== undefined

/**
 * The Secrets and ConfigMaps of a manifest or of a List of them, as `kubectl get secrets,configmaps -o json` gives it. What
 * carries one application’s label in one namespace is one configuration.
 */
export function bagsOfManifests(trees: readonly Tree[], source: readonly string[]): readonly Bag[] {
  const objects = trees.flatMap((tree) => (kindOf(tree) === 'List' ? itemsOf(tree) : [tree]))
  const bags = Map.groupBy(
    objects.filter((object) => ['Secret', 'ConfigMap'].includes(kindOf(object))),
    nameOf,
  )
  return [...bags].map(([name, members]) => ({
    name,
    entries: members.flatMap((object) => entriesOf(object, source)),
  }))
}

const itemsOf = (tree: Tree): readonly Tree[] => follow(tree, '/items')?.items ?? []
const text = (tree: Tree, pointer: string): string | undefined => {
  const found = follow(tree, pointer)
  return found && textOf(found)
}
const kindOf = (object: Tree): string => text(object, '/kind') ?? ''

const labels = [
  '/metadata/labels/app.kubernetes.io~1instance',
  '/metadata/labels/app.kubernetes.io~1name',
  '/metadata/labels/app',
]

function nameOf(object: Tree): string {
  const namespace = text(object, '/metadata/namespace') ?? 'default'
  const label = labels.map((pointer) => text(object, pointer)).find((found) => found !== undefined)
  return `${namespace}/${label ?? `${kindOf(object).toLowerCase()}/${text(object, '/metadata/name') ?? '?'}`}`
}

function entriesOf(object: Tree, source: readonly string[]): readonly Entry[] {
  const encoded = kindOf(object) === 'Secret'
  const members = (pointer: string): [string, Tree][] => [...(follow(object, pointer)?.members ?? [])]
  return [
    ...members('/data').flatMap(([name, tree]) => (encoded ? decoded(name, tree) : plainEntry(name, tree, source))),
    ...members('/stringData').flatMap(([name, tree]) => plainEntry(name, tree, source)),
    ...members('/binaryData').flatMap(([name, tree]) => decoded(name, tree)),
  ]
}

function plainEntry(name: string, tree: Tree, source: readonly string[]): readonly Entry[] {
  const value = textOf(tree)
  if (value === undefined) return []
  const indent = blockIndent(source, tree)
  return [{ name, text: value, at: tree, ...(indent === undefined ? {} : { indent }) }]
}

/** What is no base64, or no text within it, is none of an application’s settings. */
function decoded(name: string, tree: Tree): readonly Entry[] {
  const value = textOf(tree)?.replaceAll(/\s/g, '')
  if (value === undefined || !/^[A-Za-z0-9+/]*={0,2}$/.test(value)) return []
  try {
    const bytes = Uint8Array.from(atob(value), (character) => character.charCodeAt(0))
    return [{ name, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), at: tree }]
  } catch {
    return []
  }
}
