import { latin1 } from '../wire/command-stream.ts'

/** One header field as it stands in the message. */
export interface Field {
  /** In lower case. */
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
  /** Behind the empty line that ends the header; the body begins here. */
  readonly end: number
}

/** Finds the fields of the header that begins at `start`. A missing empty line means that there is no body. */
export function fieldsOf(bytes: Uint8Array, start: number, limit: number): Header {
  const fields: Field[] = []
  let at = start
  while (at < limit) {
    const next = lineEnd(bytes, at, limit)
    if (isEmptyLine(bytes, at, next)) return { fields, start, end: next }
    let end = next
    while (end < limit && (bytes[end] === 0x20 || bytes[end] === 0x09)) end = lineEnd(bytes, end, limit)
    const field = fieldAt(bytes, at, end)
    // A line without a colon is no field: the body began without an empty line.
    if (field === undefined) return { fields, start, end: at }
    fields.push(field)
    at = end
  }
  return { fields, start, end: limit }
}

/** The offset behind the LF of the line at `at`. */
export function lineEnd(bytes: Uint8Array, at: number, limit: number): number {
  const lineFeed = bytes.indexOf(10, at)
  return lineFeed < 0 || lineFeed >= limit ? limit : lineFeed + 1
}

const isEmptyLine = (bytes: Uint8Array, at: number, end: number): boolean =>
  bytes[end - 1] === 10 && (end - at === 1 || (end - at === 2 && bytes[at] === 13))

function fieldAt(bytes: Uint8Array, start: number, end: number): Field | undefined {
  const text = latin1(bytes.subarray(start, end))
  const colon = text.indexOf(':')
  if (colon < 1 || /[\s\x00-\x1f]/.test(text.slice(0, colon).trimEnd())) return undefined
  const value = text.slice(colon + 1).replace(/\r?\n/g, '')
  return { name: text.slice(0, colon).trimEnd().toLowerCase(), value: value.trim(), start, end }
}

/** The value of the first field of this name. */
export const valueOf = (header: Header, name: string): string | undefined =>
  header.fields.find((field) => field.name === name)?.value

/** `<…>` tokens of a Message-ID, In-Reply-To or References field. */
export const messageIdsOf = (value: string): string[] => value.match(/<[^<>\s]+>/g) ?? []
