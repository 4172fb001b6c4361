import { type Piece, list, nstring, quoted } from '../wire/encoder.ts'
import { type Address, parseAddresses } from './mime-address.ts'
import { type Header, valueOf } from './mime-header.ts'
import { parseParameterized, withoutComments } from './mime-parameters.ts'
import type { Part } from './mime-part.ts'

/** ENVELOPE of a message (RFC 3501 §7.4.2). */
export function envelope(header: Header): Piece[] {
  const field = (name: string): Piece => nstring(valueOf(header, name))
  const addresses = (name: string): Address[] => {
    const values = header.fields.filter((candidate) => candidate.name === name).map((candidate) => candidate.value)
    return parseAddresses(values.join(', '))
  }
  const from = addresses('from')
  const orFrom = (name: string): Address[] => {
    const own = addresses(name)
    return own.length === 0 ? from : own
  }
  return list([
    field('date'),
    field('subject'),
    addressList(from),
    addressList(orFrom('sender')),
    addressList(orFrom('reply-to')),
    addressList(addresses('to')),
    addressList(addresses('cc')),
    addressList(addresses('bcc')),
    field('in-reply-to'),
    field('message-id'),
  ])
}

function addressList(addresses: readonly Address[]): Piece[] {
  if (addresses.length === 0) return ['NIL']
  // No SP between addresses: env-from = "(" 1*address ")".
  return [
    '(',
    ...addresses.flatMap(({ name, route, mailbox, host }) => list([name, route, mailbox, host].map(nstring))),
    ')',
  ]
}

/**
 * BODYSTRUCTURE, or BODY without its extension members (RFC 3501 §7.4.2). Gmail ends a body with its language: no location
 * follows. A multipart without parts is `("MIXED")`, which the grammar has no rule for (captured answers in
 * github.com/jstedfast/MailKit issues 371 and 1841).
 */
export function bodyStructure(part: Part, bytes: Uint8Array, extended: boolean): Piece[] {
  if (part.type === 'multipart') {
    const children = part.children.flatMap((child) => bodyStructure(child, bytes, extended))
    const extension: Piece[] = extended ? [' ', ...parameters(part.contentType.parameters), ...bodyExtension(part)] : []
    return ['(', ...children, children.length === 0 ? '' : ' ', name(part.subtype), ...extension, ')']
  }
  const size = part.bodyEnd - part.bodyStart
  const members: (Piece | readonly Piece[])[] = [
    name(part.type),
    name(part.subtype),
    parameters(part.contentType.parameters),
    nstring(valueOf(part.header, 'content-id')),
    nstring(valueOf(part.header, 'content-description')),
    name(part.encoding),
    `${size}`,
  ]
  if (part.message !== null)
    members.push(envelope(part.message.header), bodyStructure(part.message, bytes, extended), `${lines(part, bytes)}`)
  else if (part.type === 'text') members.push(`${lines(part, bytes)}`)
  const pieces = list(members)
  if (extended) pieces.splice(-1, 0, ' ', nstring(valueOf(part.header, 'content-md5')), ...bodyExtension(part))
  return pieces
}

/** Disposition and language: the members that end both kinds of body. */
function bodyExtension(part: Part): Piece[] {
  const languages = withoutComments(valueOf(part.header, 'content-language') ?? '')
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '')
  return [
    ' ',
    ...disposition(valueOf(part.header, 'content-disposition') ?? ''),
    ' ',
    ...(languages.length === 0 ? ['NIL'] : list(languages.map(nstring))),
  ]
}

function disposition(value: string): Piece[] {
  const parsed = parseParameterized(value)
  return parsed.value === '' ? ['NIL'] : list([name(parsed.value), parameters(parsed.parameters)])
}

function parameters(pairs: readonly (readonly [string, string])[]): Piece[] {
  return pairs.length === 0 ? ['NIL'] : list(pairs.flatMap(([key, value]) => [name(key), nstring(value)]))
}

/** Media types, encodings and parameter names: Gmail writes them in capitals. */
const name = (text: string): Piece => (/[^\x20-\x7e]/.test(text) ? nstring(text) : quoted(text.toUpperCase()))

function lines(part: Part, bytes: Uint8Array): number {
  let count = 0
  for (let at = bytes.indexOf(10, part.bodyStart); at >= 0 && at < part.bodyEnd; at = bytes.indexOf(10, at + 1)) count++
  return count
}
