/**
 * What a reader cannot see but a terminal or a browser obeys: control characters, line and paragraph separators,
 * format characters (among them every bidirectional control), private use, lone surrogates.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu

const named: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' }

const escapeOf = (character: string): string => {
  const point = character.codePointAt(0) ?? 0
  return (
    named[character] ??
    (point < 0x100 ? `\\x${point.toString(16).padStart(2, '0')}` : `\\u{${point.toString(16).padStart(4, '0')}}`)
  )
}

/** Text of a foreign hand in one line, each character that acts instead of showing replaced by its escape. */
export const visible = (text: string): string => text.replace(unseen, escapeOf)

/** Like `visible`, for our own prose and its line ends: one entry a line. */
export const visibleLines = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => visible(line.trimEnd()))
    .filter((line) => line !== '')
