const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u
const narrowest = /\p{Mn}|\p{Me}/u

const cellsOf = (character: string): number => {
  if (wide.test(character)) return 2
  return narrowest.test(character) ? 0 : 1
}

/** Terminal cells that a text without control characters takes. */
export const cells = (text: string): number => {
  let sum = 0
  for (const character of text) sum += cellsOf(character)
  return sum
}

export const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - cells(text)))

/** Cuts what fits on no line; combining marks without end count as the cells that they would take alone. */
function* broken(word: string, width: number): Generator<string> {
  let piece = ''
  let used = 0
  let stacked = 0
  for (const character of word) {
    const size = cellsOf(character)
    stacked = size === 0 ? stacked + 1 : 0
    if (stacked > 4) continue
    if (used + size > width) {
      yield piece
      piece = ''
      used = 0
    }
    piece += character
    used += size
  }
  if (piece !== '') yield piece
}

/** Breaks at spaces, and inside words that are longer than a line; other runs of spaces stay. At least one line. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const [, spaces = '', word = ''] of text.matchAll(/( *)([^ ]+)/g))
    for (const [at, piece] of [...broken(word, width)].entries()) {
      const longer = line === '' ? piece : line + (at === 0 ? spaces : '') + piece
      if (cells(longer) <= width) {
        line = longer
      } else {
        lines.push(line)
        line = piece
      }
    }
  return [...lines, line]
}

/** A first line that begins with `head` and further lines that are indented to where its text began. */
export function hanging(head: string, text: readonly string[], columns: number): string[] {
  const indent = cells(head)
  return text
    .flatMap((paragraph) => wrap(paragraph, columns - indent))
    .map((line, at) => (at === 0 ? head : ' '.repeat(indent)) + line)
}
