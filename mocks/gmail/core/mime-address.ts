/** One address as ENVELOPE tells it (RFC 3501 §7.4.2); a group is a start (`host` null) and an end (both null). */
export interface Address {
  readonly name: string | null
  /** The obsolete source route (RFC 5322 §4.4), as it stands there. */
  readonly route: string | null
  readonly mailbox: string | null
  readonly host: string | null
}

type Token = { readonly kind: 'text' | 'special' | 'comment'; readonly text: string }

const special =
  (...texts: readonly string[]) =>
  (token: Token): boolean =>
    token.kind === 'special' && texts.includes(token.text)

const isClosing = special('>')

/** Reads an address list (RFC 5322 §3.4) leniently; text has one character per octet. */
export function parseAddresses(value: string): Address[] {
  const addresses: Address[] = []
  let phrase: Token[] = []
  let inGroup = false
  const flush = (): void => {
    if (phrase.some((token) => token.kind !== 'comment'))
      addresses.push({ ...addrSpec(phrase), name: commentOf(phrase) })
    phrase = []
  }
  const tokens = tokenize(value)
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!
    if (special('<')(token)) {
      let end = at + 1
      while (end < tokens.length && !isClosing(tokens[end]!)) end++
      addresses.push({ ...addrSpec(tokens.slice(at + 1, end)), name: nameOf(phrase) })
      phrase = []
      at = end
    } else if (special(':')(token) && !inGroup) {
      addresses.push({ name: null, route: null, mailbox: wordsOf(phrase), host: null })
      phrase = []
      inGroup = true
    } else if (special(';')(token)) {
      flush()
      // One that ends no group is taken for a comma, which some programs write so.
      if (inGroup) addresses.push({ name: null, route: null, mailbox: null, host: null })
      inGroup = false
    } else if (special(',')(token)) flush()
    else phrase.push(token)
  }
  flush()
  return addresses
}

const pieces = /\\[^]|"(?:[^"\\]|\\[^])*"?|\[(?:[^[\]\\]|\\[^])*\]|[()<>,:;@]|[ \t]+|[^\\"()<>,:;@[ \t]+|\[/g

function tokenize(value: string): Token[] {
  const tokens: Token[] = []
  let comment = ''
  let depth = 0
  for (const [piece] of value.matchAll(pieces)) {
    if (piece === '(' && depth++ === 0) comment = ''
    else if (piece === ')' && depth > 0 && --depth === 0) tokens.push({ kind: 'comment', text: unescape(comment) })
    else if (depth > 0) comment += piece
    else if (/^[<>,:;@]$/.test(piece)) tokens.push({ kind: 'special', text: piece })
    else if (piece.trim() !== '') tokens.push({ kind: 'text', text: piece })
  }
  return tokens
}

const unescape = (text: string): string => text.replace(/\\([^])/g, '$1')
const unquote = (text: string): string => (text.startsWith('"') ? unescape(text.replace(/^"|"$/g, '')) : text)

const textsOf = (tokens: readonly Token[], between: string): string =>
  tokens
    .filter((token) => token.kind !== 'comment')
    .map((token) => unquote(token.text))
    .join(between)

const wordsOf = (tokens: readonly Token[]): string => textsOf(tokens, ' ')

/** The phrase before `<`, or else a comment. */
function nameOf(phrase: readonly Token[]): string | null {
  const words = wordsOf(phrase)
  return words !== '' ? words : commentOf(phrase)
}

/** An old way to write a name, behind the address. */
const commentOf = (tokens: readonly Token[]): string | null =>
  tokens.findLast((token) => token.kind === 'comment')?.text ?? null

/** `<@relay,@relay:local@host>`, or without the route. */
function addrSpec(tokens: readonly Token[]): Omit<Address, 'name'> {
  const colon = tokens.findLastIndex(special(':'))
  const route = colon < 0 ? null : textsOf(tokens.slice(0, colon), '')
  const spec = tokens.slice(colon + 1)
  const at = spec.findLastIndex(special('@'))
  return at < 0
    ? { route, mailbox: wordsOf(spec), host: '' }
    : { route, mailbox: textsOf(spec.slice(0, at), ''), host: textsOf(spec.slice(at + 1), '') }
}
