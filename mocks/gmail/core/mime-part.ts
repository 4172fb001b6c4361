import { octetsOf } from '../wire/command-stream.ts'
import { type Header, fieldsOf, lineEnd, valueOf } from './mime-header.ts'
import { type Parameterized, parseParameterized, withoutComments } from './mime-parameters.ts'

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
  /** Of a multipart; none where its boundary is missing or never occurs. */
  readonly children: readonly Part[]
  /** Of a message/rfc822: the message that is its body. */
  readonly message: Part | null
}

/** Deeper nesting and more parts occur in attacks only; what goes beyond is shown as opaque octets. */
const deepest = 100
const mostParts = 10_000

/** Parses a message (RFC 2045, RFC 2046) in one pass. Never fails: it is mail. */
export function parseMessage(bytes: Uint8Array): Part {
  return new Parser(bytes).part(0, '').part
}

/** A delimiter line (RFC 2046 §5.1.1) of one of the multiparts around the place where it stands. */
interface Delimiter {
  /** Of the multipart, the outermost being 0. */
  readonly level: number
  /** Of the line. */
  readonly start: number
  readonly end: number
  readonly closes: boolean
}

/** A part, and the delimiter that ended it; undefined where the message ended it. */
interface Parsed {
  readonly part: Part
  readonly stop: Delimiter | undefined
}

type Content = Pick<Part, 'type' | 'subtype' | 'contentType' | 'encoding'>

class Parser {
  readonly #bytes: Uint8Array
  /** `--boundary` of the open multiparts, the outermost first. */
  readonly #open: Uint8Array[] = []
  #parts = 0
  #depth = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  part(start: number, parentSubtype: string): Parsed {
    const bytes = this.#bytes
    this.#parts++
    const isOver = this.#open.length === 0 ? undefined : (at: number) => this.#delimiterAt(at) !== undefined
    const header = fieldsOf(bytes, start, bytes.length, isOver)
    const level = this.#open.length
    const content = contentOf(header, parentSubtype, this.#depth < deepest)
    const boundary = content.type === 'multipart' ? boundaryOf(content) : undefined
    // Before anything of the body is looked at: its own boundary may begin like that of a multipart around it.
    if (boundary !== undefined) this.#open.push(boundary)
    const first = this.#delimiterAt(header.end)
    if (first !== undefined && first.level < level) {
      this.#open.length = level
      return cutOff(content, header, lineBreakBefore(bytes, first.start, start), first)
    }
    const { children, message, stop } = this.#body(content, boundary !== undefined, header.end)
    const bodyEnd = stop === undefined ? bytes.length : lineBreakBefore(bytes, stop.start, header.end)
    return { part: { header, ...content, bodyStart: header.end, bodyEnd, children, message }, stop }
  }

  #body(content: Content, divided: boolean, start: number) {
    this.#depth++
    try {
      if (divided) return this.#children(content.subtype, start)
      if (!encloses(content)) return { children: [], message: null, stop: this.#nextDelimiter(start) }
      const { part, stop } = this.part(start, '')
      return { children: [], message: part, stop }
    } finally {
      this.#depth--
    }
  }

  /** The parts of the multipart whose boundary was opened last; closes it. */
  #children(subtype: string, start: number) {
    const level = this.#open.length - 1
    const children: Part[] = []
    let stop = this.#nextDelimiter(start)
    while (stop?.level === level && !stop.closes) {
      const parsed = this.part(stop.end, subtype)
      children.push(parsed.part)
      stop = parsed.stop
    }
    this.#open.length = level
    if (stop?.level === level) stop = this.#nextDelimiter(stop.end)
    return { children, message: null, stop }
  }

  #nextDelimiter(from: number): Delimiter | undefined {
    const bytes = this.#bytes
    if (this.#open.length === 0) return undefined
    for (let at = from; at < bytes.length; at = lineEnd(bytes, at, bytes.length)) {
      const found = this.#delimiterAt(at)
      if (found !== undefined) return found
    }
    return undefined
  }

  /**
   * RFC 2046 §5.1.1: a line that begins with the boundary is a delimiter, whatever follows. Where several boundaries fit,
   * one may be the beginning of the other, so the longest is meant, and of equal ones the innermost.
   */
  #delimiterAt(at: number): Delimiter | undefined {
    const bytes = this.#bytes
    if (bytes[at] !== 0x2d || bytes[at + 1] !== 0x2d || this.#parts >= mostParts) return undefined
    let level = -1
    for (let each = this.#open.length - 1; each >= 0; each--)
      if (this.#open[each]!.length > (this.#open[level]?.length ?? 0) && startsWith(bytes, at, this.#open[each]!))
        level = each
    if (level < 0) return undefined
    const behind = at + this.#open[level]!.length
    const closes = bytes[behind] === 0x2d && bytes[behind + 1] === 0x2d
    return { level, start: at, end: lineEnd(bytes, behind, bytes.length), closes }
  }
}

function startsWith(bytes: Uint8Array, at: number, prefix: Uint8Array): boolean {
  if (bytes.length - at < prefix.length) return false
  for (let index = 2; index < prefix.length; index++) if (bytes[at + index] !== prefix[index]) return false
  return true
}

/** RFC 2046 §5.1.1: at least one character. */
function boundaryOf({ contentType }: Content): Uint8Array | undefined {
  const boundary = contentType.parameters.find(([name]) => name === 'boundary')?.[1] ?? ''
  return boundary === '' ? undefined : octetsOf(`--${boundary}`)
}

const encloses = ({ type, subtype }: Content): boolean => type === 'message' && subtype === 'rfc822'

const opaque = { type: 'application', subtype: 'octet-stream' }

/** @param descends whether what is inside will be looked at */
function contentOf(header: Header, parentSubtype: string, descends: boolean): Content {
  const field = valueOf(header, 'content-type')
  const parsed = parseParameterized(field ?? (parentSubtype === 'digest' ? 'message/rfc822' : 'text/plain'))
  const [, type, subtype] = /^([^\s/]+)\/([^\s/]+)$/.exec(parsed.value.toLowerCase()) ?? []
  const content = { contentType: parsed, encoding: encodingOf(header) }
  // RFC 2045 §5.2: what says something ill-formed of itself is plain text.
  if (type === undefined || subtype === undefined)
    return { ...content, type: 'text', subtype: 'plain', contentType: { value: 'text/plain', parameters: [] } }
  const holder = type === 'multipart' || encloses({ ...content, type, subtype })
  return { ...content, ...(holder && !descends ? opaque : { type, subtype }) }
}

/** RFC 2045 §6.1: one token, 7bit where there is none. */
function encodingOf(header: Header): string {
  const value = withoutComments(valueOf(header, 'content-transfer-encoding') ?? '').trim()
  return /^[!-~]+$/.test(value) ? value.toLowerCase() : '7bit'
}

/** A part that a delimiter ends in its header, or right behind it, whose empty line is then the delimiter’s. */
function cutOff(content: Content, { fields, start, fieldsEnd }: Header, end: number, stop: Delimiter): Parsed {
  const header = {
    fields: fields.map((field) => (field.end > end ? { ...field, end } : field)),
    start,
    fieldsEnd: Math.min(fieldsEnd, end),
    end,
  }
  const empty = { bodyStart: end, bodyEnd: end, children: [], message: null }
  const nothing = { fields: [], start: end, fieldsEnd: end, end }
  const message = encloses(content) ? { header: nothing, ...contentOf(nothing, '', true), ...empty } : null
  return { part: { header, ...content, ...empty, message }, stop }
}

/** The line break before a delimiter line belongs to the delimiter (RFC 2046 §5.1.1). */
function lineBreakBefore(bytes: Uint8Array, at: number, start: number): number {
  let end = at
  if (end > start && bytes[end - 1] === 10) end--
  if (end > start && bytes[end - 1] === 13) end--
  return end
}
