import type { VerdictWord } from '../../harness/model/verdict.ts'
import { type Colours, colours } from '../colours.ts'
import { visible, visibleLines } from '../visible.ts'

export interface TerminalOptions {
  readonly colour: boolean
  readonly unicode: boolean
}

/** What a terminal can show: every text of a report passes through `line` or `lines` before it is laid out. */
export interface Screen {
  readonly columns: number
  readonly colours: Colours
  symbol(word: VerdictWord | 'partial'): string
  paint(word: VerdictWord | 'partial', text: string): string
  line(text: string): string
  lines(text: string): string[]
}

type Mark = VerdictWord | 'partial'

const symbols: Readonly<Record<Mark, string>> = {
  pass: '✓',
  warn: '!',
  fail: '✗',
  inconclusive: '?',
  inapplicable: '–',
  error: '⊘',
  partial: '◐',
}
const asciiSymbols: Readonly<Record<Mark, string>> = {
  pass: '+',
  warn: '!',
  fail: 'x',
  inconclusive: '?',
  inapplicable: '-',
  error: '#',
  partial: '~',
}

const paints: Readonly<Record<Mark, keyof Pick<Colours, 'green' | 'yellow' | 'red' | 'blue' | 'gray' | 'magenta'>>> = {
  pass: 'green',
  warn: 'yellow',
  fail: 'red',
  inconclusive: 'blue',
  inapplicable: 'gray',
  error: 'magenta',
  partial: 'blue',
}

const spelt: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '--',
  '…': '...',
  '‹': '<',
  '›': '>',
  '§': 'section ',
  '·': '-',
  '→': '->',
  '\u00a0': ' ',
}

/** What ASCII has no letter for is told by its code point. */
const ascii = (text: string): string =>
  text.replace(
    /[^\x20-\x7e]/gu,
    (character) => spelt[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}}`,
  )

export function createScreen({ colour, unicode }: TerminalOptions): Screen {
  const ink = colours(colour)
  const spell = unicode ? (text: string) => text : ascii
  return {
    columns: 80,
    colours: ink,
    symbol: (mark) => (unicode ? symbols : asciiSymbols)[mark],
    paint: (mark, text) => ink[paints[mark]](text),
    line: (text) => spell(visible(text)),
    lines: (text) => visibleLines(text).map(spell),
  }
}
