import { latin1, octetsOf } from '../wire/command-stream.ts'
import type { Header } from './mime-header.ts'
import type { Part } from './mime-part.ts'

const encodedWord = /=\?([^?\s*]+)(?:\*[^?\s]*)?\?([bq])\?([^?\s]*)\?=/gi

/** A header value as people read it: encoded words (RFC 2047) decoded, raw octets read as UTF-8. */
export function decodeHeaderText(value: string): string {
  // Most fields say what they mean, and a search asks each of them.
  if (!/=\?|[^\x00-\x7f]/.test(value)) return value
  const joined = value.replace(/(\?=)\s+(?==\?)/g, '$1')
  let text = ''
  let at = 0
  for (const match of joined.matchAll(encodedWord)) {
    const [whole, charset, encoding, content] = match
    const octets =
      encoding!.toLowerCase() === 'b' ? fromBase64(content!) : fromQuotedPrintable(content!.replaceAll('_', ' '))
    text += decodeCharset(octetsOf(joined.slice(at, match.index)), 'utf-8') + decodeCharset(octets, charset!)
    at = match.index + whole.length
  }
  return text + decodeCharset(octetsOf(joined.slice(at)), 'utf-8')
}

export const headerText = (header: Header): string =>
  header.fields.map(({ name, value }) => `${name}: ${decodeHeaderText(value)}`).join('\n')

/** Parts of these types are searched: reports and what cannot be taken apart are for people too. */
const readable: ReadonlySet<string> = new Set(['text', 'message', 'multipart'])

/** The text parts of a message, decoded; what is no text is left out. */
export function bodyText(part: Part, bytes: Uint8Array): string {
  if (part.children.length > 0) return part.children.map((child) => bodyText(child, bytes)).join('\n')
  if (part.message !== null) return `${headerText(part.message.header)}\n${bodyText(part.message, bytes)}`
  if (!readable.has(part.type)) return ''
  const charset = part.contentType.parameters.find(([name]) => name === 'charset')?.[1] ?? 'utf-8'
  return decodeCharset(decodeTransfer(bytes.subarray(part.bodyStart, part.bodyEnd), part.encoding), charset)
}

function decodeTransfer(body: Uint8Array, encoding: string): Uint8Array {
  if (encoding === 'base64') return fromBase64(latin1(body))
  return encoding === 'quoted-printable' ? fromQuotedPrintable(latin1(body)) : body
}

function fromBase64(text: string): Uint8Array {
  // RFC 2045 §6.8: other characters are ignored, and `=` tells that the end has come.
  const [data = ''] = text.split('=', 1)
  const digits = data.replace(/[^A-Za-z0-9+/]/g, '')
  return octetsOf(atob(digits.length % 4 === 1 ? digits.slice(0, -1) : digits))
}

function fromQuotedPrintable(text: string): Uint8Array {
  const joined = text.replace(/=[ \t]*\r?\n/g, '')
  return octetsOf(joined.replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))))
}

function decodeCharset(octets: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset).decode(octets)
  } catch {
    // A charset that nobody knows: its ASCII is still worth finding.
    return latin1(octets)
  }
}
