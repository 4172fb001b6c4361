import { type Node, type ParseError, applyEdits, modify, parseTree, printParseErrorCode } from 'jsonc-parser'
import { type Read, type Tree, placesIn } from './tree.ts'

/** Reads JSON as RFC 8259 has it: no comments, no comma too many. Of a repeated name the last one counts. */
export function readJsonTree(text: string): Read {
  const place = placesIn(text)
  if (text.trim() === '') return { problem: 'it is empty', line: 1, column: 1 }
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { disallowComments: true })
  const [error] = errors
  if (error !== undefined) return { problem: expectationOf(error), ...place(error.offset) }
  return root === undefined ? { problem: 'expected a value', line: 1, column: 1 } : { tree: treeOf(root, place) }
}

const expectations: Readonly<Record<string, string>> = {
  InvalidSymbol: 'expected a text in quotes, a number, true, false, null, { or [',
  InvalidNumberFormat: 'expected a number',
  PropertyNameExpected: 'expected a member’s name in quotes',
  ValueExpected: 'expected a value',
  ColonExpected: 'expected a colon',
  CommaExpected: 'expected a comma',
  CloseBraceExpected: 'expected }',
  CloseBracketExpected: 'expected ]',
  EndOfFileExpected: 'expected the end of the file',
  InvalidCommentToken: 'expected no comment: JSON has none',
  UnexpectedEndOfString: 'expected the quote that ends a text',
  InvalidUnicode: 'expected four hexadecimal digits behind \\u',
  InvalidEscapeCharacter: 'expected one of the characters that JSON lets stand behind a backslash',
  InvalidCharacter: 'expected control characters of a text to be escaped',
}

const expectationOf = ({ error }: ParseError): string => expectations[printParseErrorCode(error)] ?? 'expected JSON'

function treeOf(node: Node, place: ReturnType<typeof placesIn>): Tree {
  const at = place(node.offset)
  if (node.type === 'array') return { ...at, items: (node.children ?? []).map((child) => treeOf(child, place)) }
  if (node.type !== 'object') return { ...at, value: node.value as string | number | boolean | null }
  const members = new Map<string, Tree>()
  const keys = new Map<string, { line: number; column: number }>()
  for (const { children: [key, value] = [] } of node.children ?? []) {
    if (key === undefined || value === undefined) continue
    members.set(String(key.value), treeOf(value, place))
    keys.set(String(key.value), place(key.offset))
  }
  return { ...at, members, keys }
}

/** The text with another value of a top-level member, everything else as it is. */
export const replaceInJson = (text: string, name: string, value: string): string =>
  applyEdits(text, modify(text, [name], value, { formattingOptions: { insertSpaces: true, tabSize: 2 } }))
