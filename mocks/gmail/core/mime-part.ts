import { octetsOf } from '../wire/command-stream.ts'
import { type Header, fieldsOf, lineEnd, valueOf } from './mime-header.ts'
import { type Parameterized, parseParameterized } from './mime-parameters.ts'

/** A node of a message's MIME tree, as offsets into its bytes: nothing is ever rebuilt. */
export interface Part {
  readonly header: Header
  readonly bodyStart: number
  readonly bodyEnd: number
  /** In lower case. */
  readonly type: string
  readonly subtype: string
  readonly contentType: Parameterized
  readonly encoding: string
  /** Of a multipart. */
  readonly children: readonly Part[]
  /** Of a message/rfc822: the message that is its body. */
  readonly message: Part | null
}

/** Deeper nesting is shown as opaque parts: it occurs in attacks only, and keeps the time linear. */
const deepest = 24

/** Parses the message or part in `bytes` from `start` to `end` (RFC 2045, RFC 2046). Never fails: it is mail. */
export function parsePart(bytes: Uint8Array, start: number, end: number, parentSubtype = '', depth = 0): Part {
  const header = fieldsOf(bytes, start, end)
  const contentType = parseParameterized(valueOf(header, 'content-type') ?? defaultType(parentSubtype))
  const [, type = 'text', subtype = 'plain'] = /^([^\s/]+)\/([^\s/]+)$/.exec(contentType.value.toLowerCase()) ?? []
  const boundary = contentType.parameters.find(([name]) => name === 'boundary')?.[1]
  const part = {
    header,
    bodyStart: header.end,
    bodyEnd: end,
    type,
    subtype,
    contentType,
    encoding: (valueOf(header, 'content-transfer-encoding') ?? '7bit').trim().toLowerCase(),
  }
  if (type === 'multipart' && boundary !== undefined && boundary !== '' && depth < deepest) {
    const children = bodyParts(bytes, header.end, end, boundary).map(([from, to]) =>
      parsePart(bytes, from, to, subtype, depth + 1),
    )
    if (children.length > 0) return { ...part, children, message: null }
  }
  // What cannot be taken apart is shown as one text, so that clients still get at it.
  if (type === 'multipart') return { ...part, type: 'text', subtype: 'plain', children: [], message: null }
  const nested = type === 'message' && subtype === 'rfc822' && depth < deepest
  return { ...part, children: [], message: nested ? parsePart(bytes, header.end, end, '', depth + 1) : null }
}

const defaultType = (parentSubtype: string): string =>
  parentSubtype === 'digest' ? 'message/rfc822' : 'text/plain; charset=us-ascii'

/** Where the body parts between the delimiter lines begin and end. */
function bodyParts(bytes: Uint8Array, start: number, end: number, boundary: string): (readonly [number, number])[] {
  const delimiter = octetsOf(`--${boundary}`)
  const parts: (readonly [number, number])[] = []
  let open: number | undefined
  let at = start
  while (at < end) {
    const next = lineEnd(bytes, at, end)
    const kind = delimiterKind(bytes, at, next, delimiter)
    if (kind !== 'none' && open !== undefined) parts.push([open, Math.max(open, lineBreakBefore(bytes, at, start))])
    if (kind === 'close') return parts
    if (kind === 'open') open = next
    at = next
  }
  // The message was cut off before its closing delimiter.
  if (open !== undefined) parts.push([open, end])
  return parts
}

function delimiterKind(bytes: Uint8Array, at: number, end: number, delimiter: Uint8Array): 'none' | 'open' | 'close' {
  if (bytes[at] !== 0x2d || end - at < delimiter.length) return 'none'
  for (let index = 1; index < delimiter.length; index++) if (bytes[at + index] !== delimiter[index]) return 'none'
  let behind = at + delimiter.length
  const close = bytes[behind] === 0x2d && bytes[behind + 1] === 0x2d && behind + 2 <= end
  if (close) behind += 2
  // Only white space may follow, or the line belongs to another boundary that begins alike.
  for (; behind < end; behind++) if (![0x20, 0x09, 13, 10].includes(bytes[behind]!)) return 'none'
  return close ? 'close' : 'open'
}

/** The line break before a delimiter line belongs to the delimiter (RFC 2046 §5.1.1). */
function lineBreakBefore(bytes: Uint8Array, at: number, start: number): number {
  let end = at
  if (end > start && bytes[end - 1] === 10) end--
  if (end > start && bytes[end - 1] === 13) end--
  return end
}
