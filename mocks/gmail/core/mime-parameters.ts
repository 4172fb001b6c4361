/** A header value with parameters: Content-Type, Content-Disposition (RFC 2045 §5.1, RFC 2183). */
export interface Parameterized {
  readonly value: string
  /** Names in lower case, in order. Continuations are joined; charsets and percent signs stay as on the wire. */
  readonly parameters: readonly Parameter[]
}

type Parameter = readonly [name: string, value: string]

const tokenPattern = /[^\s()<>@,;:\\"/[\]?=\x00-\x1f]+/y
const quotedPattern = /"((?:[^"\\]|\\[^])*)"?/y
/** Wider than a token: many programs forget to quote a `=` or a `/`. */
const unquotedPattern = /[^\s;]+/y

/** Reads leniently: comments are dropped, and what is no parameter is skipped to the next `;`. */
export function parseParameterized(field: string): Parameterized {
  const text = withoutComments(field)
  const semicolon = text.indexOf(';')
  const value = (semicolon < 0 ? text : text.slice(0, semicolon)).trim()
  const parameters: Parameter[] = []
  let at = semicolon
  while (at >= 0 && at < text.length) {
    const [name, afterName] = take(tokenPattern, text, skipSpace(text, at + 1))
    const equals = skipSpace(text, afterName)
    if (name === '' || text[equals] !== '=') {
      at = text.indexOf(';', Math.max(equals, at + 1))
      continue
    }
    const [content, end] = parameterValue(text, skipSpace(text, equals + 1))
    if (content !== undefined) parameters.push([name.toLowerCase(), content])
    at = text.indexOf(';', end)
  }
  return { value, parameters: joined(parameters) }
}

function parameterValue(text: string, at: number): readonly [string | undefined, number] {
  if (text[at] !== '"') {
    const [unquoted, end] = take(unquotedPattern, text, at)
    return [unquoted === '' ? undefined : unquoted, end]
  }
  const [content, end] = take(quotedPattern, text, at)
  return [content.replace(/\\([^])/g, '$1'), end]
}

const continuation = /^(.+)\*(\d{1,9})(\*?)$/

/** RFC 2231 §6: an IMAP server joins `name*0=`, `name*1=` … before it shows the parameters. */
function joined(parameters: readonly Parameter[]): readonly Parameter[] {
  if (!parameters.some(([name]) => continuation.test(name))) return parameters
  const sections = new Map<string, { readonly extended: boolean; readonly value: string }>()
  for (const [name, value] of parameters) {
    const [, base, number, star] = continuation.exec(name) ?? []
    if (base !== undefined) sections.set(`${base}*${Number(number)}`, { extended: star === '*', value })
  }
  return parameters.flatMap(([name, value]): Parameter[] => {
    const [, base, number] = continuation.exec(name) ?? []
    if (base === undefined) return [[name, value]]
    return Number(number) === 0 ? [whole(base, sections)] : sections.has(`${base}*0`) ? [] : [[name, value]]
  })
}

function whole(
  base: string,
  sections: ReadonlyMap<string, { readonly extended: boolean; readonly value: string }>,
): Parameter {
  const found = []
  for (let number = 0; sections.has(`${base}*${number}`); number++) found.push(sections.get(`${base}*${number}`)!)
  if (!found.some(({ extended }) => extended)) return [base, found.map(({ value }) => value).join('')]
  // What was not encoded must not be taken for something that was.
  const values = found.map(({ extended, value }) => (extended ? value : value.replaceAll('%', '%25')))
  return [`${base}*`, values.join('')]
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
export function withoutComments(text: string): string {
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
