import { type AST, ParseError, parseTOML } from 'toml-eslint-parser'
import type { Read, Tree } from './tree.ts'

/** Reads TOML 1.0. */
export function readTomlTree(text: string): Read {
  try {
    const [body] = parseTOML(text).body
    return { tree: tableOf(body.body) }
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    return { problem: 'expected TOML', line: error.lineNumber, column: error.column + 1 }
  }
}

interface Branch {
  readonly line: number
  readonly column: number
  readonly members: Map<string, Tree>
  readonly keys: Map<string, { line: number; column: number }>
}

const branch = (at: { line: number; column: number }): Branch => ({ ...at, members: new Map(), keys: new Map() })
const placeOf = ({ loc: { start } }: { loc: AST.SourceLocation }): { line: number; column: number } => ({
  line: start.line,
  column: start.column + 1,
})

function tableOf(nodes: readonly (AST.TOMLKeyValue | AST.TOMLTable)[]): Tree {
  const root = branch({ line: 1, column: 1 })
  for (const node of nodes) {
    if (node.type === 'TOMLKeyValue') assign(root, node)
    else {
      const table = descend(root, node.resolvedKey, placeOf(node))
      for (const entry of node.body) assign(table, entry)
    }
  }
  return sealed(root)
}

/** The branch that a path leads to, made on the way; a number is a place in a list of tables. */
function descend(from: Branch, path: readonly (string | number)[], at: { line: number; column: number }): Branch {
  let here = from
  for (const step of path) {
    const name = String(step)
    const next = (here.members.get(name) as Branch | undefined) ?? branch(at)
    here.members.set(name, next)
    if (!here.keys.has(name)) here.keys.set(name, at)
    here = next
  }
  return here
}

function assign(table: Branch, { key, value }: AST.TOMLKeyValue): void {
  const path = key.keys.map((part) => (part.type === 'TOMLBare' ? part.name : part.value))
  const owner = descend(table, path.slice(0, -1), placeOf(key))
  owner.members.set(path.at(-1)!, valueOf(value))
  owner.keys.set(path.at(-1)!, placeOf(key))
}

function valueOf(node: AST.TOMLContentNode): Tree {
  const at = placeOf(node)
  if (node.type === 'TOMLArray') return { ...at, items: node.elements.map(valueOf) }
  if (node.type === 'TOMLInlineTable') {
    const table = branch(at)
    for (const entry of node.body) assign(table, entry)
    return sealed(table)
  }
  return { ...at, value: node.kind === 'string' || node.kind === 'boolean' ? node.value : String(node.value) }
}

/** Tables that stand in a list became members named by digits. */
function sealed(tree: Tree): Tree {
  if (tree.members === undefined) return tree
  const members = new Map([...tree.members].map(([name, member]) => [name, sealed(member)]))
  const isList = members.size > 0 && [...members.keys()].every((name, index) => name === String(index))
  return isList ? { line: tree.line, column: tree.column, items: [...members.values()] } : { ...tree, members }
}
