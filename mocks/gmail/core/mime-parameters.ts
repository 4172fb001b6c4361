/** A header value with parameters: Content-Type, Content-Disposition (RFC 2045 §5.1, RFC 2183). */
export interface Parameterized {
  readonly value: string
  /** Names in lower case, in order; RFC 2231 continuations and charsets stay as they are on the wire. */
  readonly parameters: readonly (readonly [name: string, value: string])[]
}

const tokenPattern = /[^\s()<>@,;:\\"/[\]?=\x00-\x1f]+/y
const quotedPattern = /"((?:[^"\\]|\\[^])*)"?/y
const lenientPattern = /[^;]*/y

/** Reads leniently: comments are dropped, and what is no parameter is skipped to the next `;`. */
export function parseParameterized(field: string): Parameterized {
  const text = withoutComments(field)
  const semicolon = text.indexOf(';')
  const value = (semicolon < 0 ? text : text.slice(0, semicolon)).trim()
  const parameters: (readonly [string, string])[] = []
  let at = semicolon
  while (at >= 0 && at < text.length) {
    const [name, afterName] = take(tokenPattern, text, skipSpace(text, at + 1))
    const equals = skipSpace(text, afterName)
    if (name === '' || text[equals] !== '=') {
      at = text.indexOf(';', Math.max(equals, at + 1))
      continue
    }
    const [content, end] = parameterValue(text, skipSpace(text, equals + 1))
    parameters.push([name.toLowerCase(), content])
    at = text.indexOf(';', end)
  }
  return { value, parameters }
}

function parameterValue(text: string, at: number): readonly [string, number] {
  if (text[at] !== '"') {
    const [token, end] = take(lenientPattern, text, at)
    return [token.trim(), end]
  }
  const [content, end] = take(quotedPattern, text, at)
  return [content.replace(/\\([^])/g, '$1'), end]
}

function take(pattern: RegExp, text: string, at: number): readonly [string, number] {
  pattern.lastIndex = at
  const match = pattern.exec(text)
  return match === null ? ['', at] : [match[1] ?? match[0], pattern.lastIndex]
}

function skipSpace(text: string, at: number): number {
  let end = at
  while (text[end] === ' ' || text[end] === '\t') end++
  return end
}

/** Drops `(…)` outside quoted strings; comments nest (RFC 5322 §3.2.2). */
function withoutComments(text: string): string {
  if (!text.includes('(')) return text
  let kept = ''
  let depth = 0
  for (const [piece] of text.matchAll(/\\[^]|"(?:[^"\\]|\\[^])*"|[()]|[^\\"()]+|[^]/g)) {
    if (piece === '(') depth++
    else if (piece === ')' && depth > 0) depth--
    else if (depth === 0) kept += piece
  }
  return kept
}
