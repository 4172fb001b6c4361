import { latin1 } from '../wire/command-stream.ts'

/** One header field as it stands in the message. */
export interface Field {
  /** In lower case; '' for a line that is no field, which belongs to the header all the same. */
  readonly name: string
  /** Unfolded and trimmed, one character per octet. */
  readonly value: string
  /** Octets of the whole field with its line ends. */
  readonly start: number
  readonly end: number
}

export interface Header {
  readonly fields: readonly Field[]
  readonly start: number
  /** Behind the last field; the empty line begins here, if there is one. */
  readonly fieldsEnd: number
  /** Behind the empty line that ends the header; the body begins here. */
  readonly end: number
}

const nowhere = (): boolean => false

/**
 * Finds the fields of the header that begins at `start`. Only an empty line ends it (RFC 5322 §2.1); where there is none,
 * there is no body.
 *
 * @param isOver whether the line at this offset is behind the header for another reason
 */
export function fieldsOf(
  bytes: Uint8Array,
  start: number,
  limit: number,
  isOver: (at: number) => boolean = nowhere,
): Header {
  const fields: Field[] = []
  let at = start
  while (at < limit && !isOver(at)) {
    let end = lineEnd(bytes, at, limit)
    if (isEmptyLine(bytes, at, end)) return { fields, start, fieldsEnd: at, end }
    while (end < limit && (bytes[end] === 0x20 || bytes[end] === 0x09)) end = lineEnd(bytes, end, limit)
    fields.push(fieldAt(bytes, at, end))
    at = end
  }
  return { fields, start, fieldsEnd: at, end: at }
}

/** The offset behind the LF of the line at `at`. */
export function lineEnd(bytes: Uint8Array, at: number, limit: number): number {
  const lineFeed = bytes.indexOf(10, at)
  return lineFeed < 0 || lineFeed >= limit ? limit : lineFeed + 1
}

const isEmptyLine = (bytes: Uint8Array, at: number, end: number): boolean =>
  bytes[end - 1] === 10 && (end - at === 1 || (end - at === 2 && bytes[at] === 13))

function fieldAt(bytes: Uint8Array, start: number, end: number): Field {
  const text = latin1(bytes.subarray(start, end))
  const colon = text.indexOf(':')
  const name = text.slice(0, Math.max(colon, 0)).trimEnd()
  const named = name !== '' && !/[\s\x00-\x1f]/.test(name)
  const value = (named ? text.slice(colon + 1) : text).replace(/\r?\n/g, '').trim()
  return { name: named ? name.toLowerCase() : '', value, start, end }
}

/** The value of the first field of this name. */
export const valueOf = (header: Header, name: string): string | undefined =>
  header.fields.find((field) => field.name === name)?.value

/** `<…>` tokens of a Message-ID, In-Reply-To or References field. */
export const messageIdsOf = (value: string): string[] => value.match(/<[^<>\s]+>/g) ?? []
