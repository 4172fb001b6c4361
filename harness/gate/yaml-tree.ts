import {
  type Document,
  type ErrorCode,
  LineCounter,
  type Node,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseAllDocuments,
  parseDocument,
} from 'yaml'
import { type Read, type Tree, textOf } from './tree.ts'

// Merge keys are of YAML 1.1, and everybody writes them. Silent parsers pass over a second document.
const options = { prettyErrors: false, logLevel: 'error', merge: true } as const

const mostNodes = 200_000

/** Reads the one document of a YAML 1.2 file. Aliases stand for what they name; a bomb of them ends in nulls. */
export function readYamlTree(text: string): Read {
  const lines = new LineCounter()
  return readDocument(parseDocument(text, { ...options, lineCounter: lines }) as Document<Node>, lines)
}

/** Every document of a file with several, such as Kubernetes manifests; empty ones are left out. */
export function readYamlTrees(text: string): readonly Read[] {
  const lines = new LineCounter()
  const documents = parseAllDocuments(text, { ...options, lineCounter: lines })
  if (!Array.isArray(documents)) return []
  return (documents as Document<Node>[])
    .filter(({ contents, errors }) => contents !== null || errors.length > 0)
    .map((document) => readDocument(document, lines))
}

function readDocument(document: Document<Node>, lines: LineCounter): Read {
  const [error] = document.errors
  if (error !== undefined) return { problem: expectationOf(error.code), ...place(lines, error.pos[0]) }
  if (document.contents === null) return { problem: 'it is empty', line: 1, column: 1 }
  return { tree: treeOf(document.contents, { lines, anchors: new Map(), left: { nodes: mostNodes } }) }
}

/** Where the value of a top-level member stands in the text, to be replaced there; undefined where there is none. */
export function spanInYaml(text: string, name: string): { readonly from: number; readonly to: number } | undefined {
  const { contents } = parseDocument(text, options) as Document<Node>
  const value = isMap(contents)
    ? contents.items.find(({ key }) => isScalar(key) && key.value === name)?.value
    : undefined
  const range = (value as Node | null | undefined)?.range
  return range === undefined || range === null ? undefined : { from: range[0], to: range[1] }
}

interface Context {
  readonly lines: LineCounter
  /** What was named last by each anchor: to look through the whole document for each alias could take hours. */
  readonly anchors: Map<string, Node>
  /** How many nodes may still be made: a few aliases can stand for billions. */
  readonly left: { nodes: number }
}

const place = (lines: LineCounter, offset: number): { line: number; column: number } => {
  const { line, col } = lines.linePos(offset)
  return { line: Math.max(line, 1), column: Math.max(col, 1) }
}

function treeOf(given: Node, context: Context): Tree {
  const at = place(context.lines, given.range?.[0] ?? 0)
  const node = isAlias(given) ? context.anchors.get(given.source) : given
  if (node?.anchor !== undefined) context.anchors.set(node.anchor, node)
  if ((context.left.nodes -= 1) < 0) return { ...at, value: null }
  if (isSeq(node)) return { ...at, items: node.items.map((item) => treeOf(item as Node, context)) }
  if (!isMap(node)) return { ...at, value: isScalar(node) ? scalarOf(node.value) : null }
  const members = new Map<string, Tree>()
  const keys = new Map<string, { line: number; column: number }>()
  const merged: Tree[] = []
  for (const { key, value } of node.items) {
    const name = treeOf(key as Node, context)
    const text = textOf(name) ?? ''
    const member = value === null ? { ...name, value: null } : treeOf(value as Node, context)
    if (isMergeKey(key)) merged.push(...(member.items ?? [member]))
    else {
      members.set(text, member)
      keys.set(text, { line: name.line, column: name.column })
    }
  }
  for (const from of merged) takeOver(from, { members, keys })
  return { ...at, members, keys }
}

const isMergeKey = (key: unknown): boolean => isScalar(key) && (key.value === '<<' || typeof key.value === 'symbol')

/** What `<<` names fills the gaps; what stands in the mapping itself, or was named before, goes first. */
function takeOver(from: Tree, to: { readonly members: Map<string, Tree>; readonly keys: Map<string, Place> }): void {
  for (const [name, member] of from.members ?? []) {
    if (to.members.has(name)) continue
    to.members.set(name, member)
    to.keys.set(name, from.keys?.get(name) ?? member)
  }
}

type Place = Pick<Tree, 'line' | 'column'>

const scalarOf = (value: unknown): NonNullable<Tree['value']> | null =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : String(value)

const expectations: Readonly<Partial<Record<ErrorCode, string>>> = {
  BAD_INDENT: 'expected another indentation',
  MULTIPLE_DOCS: 'expected one document',
  DUPLICATE_KEY: 'expected each name once',
  TAB_AS_INDENT: 'expected blanks, not tabs, as indentation',
  MISSING_CHAR: 'expected a character that is missing, such as a quote, a bracket or a colon',
  UNEXPECTED_TOKEN: 'expected something else',
  BLOCK_AS_IMPLICIT_KEY: 'expected a name on one line',
}

const expectationOf = (code: ErrorCode): string => expectations[code] ?? `expected YAML (${code})`
