/** One address as ENVELOPE tells it (RFC 3501 §7.4.2); a group is a start (`host` null) and an end (both null). */
export interface Address {
  readonly name: string | null
  readonly mailbox: string | null
  readonly host: string | null
}

type Token = { readonly kind: 'text' | 'special' | 'comment'; readonly text: string }

/** Reads an address list (RFC 5322 §3.4) leniently; text has one character per octet. */
export function parseAddresses(value: string): Address[] {
  const addresses: Address[] = []
  let phrase: Token[] = []
  const flush = (): void => {
    const address = bareAddress(phrase)
    if (address !== undefined) addresses.push(address)
    phrase = []
  }
  const tokens = tokenize(value)
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!
    if (token.kind !== 'special') phrase.push(token)
    else if (token.text === '<') {
      const close = tokens.findIndex((other, index) => index > at && other.kind === 'special' && other.text === '>')
      const end = close < 0 ? tokens.length : close
      addresses.push({ ...addrSpec(routed(tokens.slice(at + 1, end))), name: nameOf(phrase) })
      phrase = []
      at = end
    } else if (token.text === ':') {
      addresses.push({ name: null, mailbox: wordsOf(phrase), host: null })
      phrase = []
    } else if (token.text === ';') {
      flush()
      addresses.push({ name: null, mailbox: null, host: null })
    } else if (token.text === ',') flush()
    else phrase.push(token)
  }
  flush()
  return addresses
}

function tokenize(value: string): Token[] {
  const tokens: Token[] = []
  let comment = ''
  let depth = 0
  for (const [piece] of value.matchAll(/\\[^]|"(?:[^"\\]|\\[^])*"?|[()<>,:;@]|[ \t]+|[^\\"()<>,:;@ \t]+/g)) {
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

const wordsOf = (tokens: readonly Token[]): string =>
  tokens
    .filter((token) => token.kind === 'text')
    .map((token) => unquote(token.text))
    .join(' ')

/** The phrase before `<`, or else a comment: an old way to write a name. */
function nameOf(phrase: readonly Token[]): string | null {
  const words = wordsOf(phrase)
  return words !== '' ? words : (phrase.find((token) => token.kind === 'comment')?.text ?? null)
}

/** `<@relay,@relay:local@host>`: the route is obsolete and dropped. */
const routed = (tokens: readonly Token[]): readonly Token[] =>
  tokens.slice(tokens.findLastIndex((token) => token.kind === 'special' && token.text === ':') + 1)

function addrSpec(tokens: readonly Token[]): { mailbox: string | null; host: string | null } {
  const texts = tokens.filter((token) => token.kind !== 'comment')
  const at = texts.findLastIndex((token) => token.kind === 'special' && token.text === '@')
  const text = (part: readonly Token[]): string => part.map((token) => unquote(token.text)).join('')
  return at < 0
    ? { mailbox: text(texts), host: '' }
    : { mailbox: text(texts.slice(0, at)), host: text(texts.slice(at + 1)) }
}

function bareAddress(phrase: readonly Token[]): Address | undefined {
  if (!phrase.some((token) => token.kind !== 'comment')) return undefined
  return { ...addrSpec(phrase), name: phrase.find((token) => token.kind === 'comment')?.text ?? null }
}
