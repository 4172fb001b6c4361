/** One thing that a client may send, and what HTTP prescribes for it. */
export type BadInput = readonly [
  /** Where HTTP says so. */
  section: string,
  what: string,
  octets: string | Uint8Array,
  /** Status of every answer in turn, interim ones included; none where the connection just ends. */
  answers: readonly number[],
  more?: {
    /** Ends the client's half behind the octets. */
    readonly end?: boolean
    /** A runtime whose own server decides otherwise and cannot be told: its answers, and why that stands. */
    readonly otherwise?: { readonly on: 'deno'; readonly answers: readonly number[]; readonly because: string }
  },
]

/** In every request, so that whatever of it reaches the journal in clear is seen. */
export const planted = 'ya29.Zq7tRk2wXv9LmB4nHs8PdYc3'
const last = [`Authorization: Bearer ${planted}`, 'Connection: close']

export const discovery = '/.well-known/openid-configuration'
export const ok = `GET ${discovery} HTTP/1.1`
export const host = 'Host: accounts.google.com'

export const head = (...lines: readonly string[]): string => `${lines.join('\r\n')}\r\n\r\n`
export const get = (line: string, ...fields: readonly string[]): string => head(line, ...fields, ...last)
export const post = (body: string, ...fields: readonly string[]): string =>
  head('POST /token HTTP/1.1', 'Host: oauth2.googleapis.com', ...fields, ...last) + body

/** A text of which each character is one octet. */
export const octetsOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))
