/**
 * The `authError` parameter of Google's error pages: base64url of a protocol buffer with 1 code, 2 message, 3 help
 * address, 4 number and repeated 5 {1 name, 2 value} (four captured values, decoded).
 */
export interface AuthError {
  readonly code: string
  readonly message: string
  readonly help: string
  readonly number: number
  readonly details: readonly (readonly [name: string, value: string])[]
}

const lengthDelimited = 2
const varintType = 0

const varint = (value: number): number[] => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)])
const field = (number: number, bytes: readonly number[]): number[] => [
  (number << 3) | lengthDelimited,
  ...varint(bytes.length),
  ...bytes,
]
const text = (number: number, value: string): number[] => field(number, [...new TextEncoder().encode(value)])

export function encodeAuthError({ code, message, help, number, details }: AuthError): string {
  const bytes = [
    ...text(1, code),
    ...text(2, message),
    ...text(3, help),
    (4 << 3) | varintType,
    ...varint(number),
    ...details.flatMap(([name, value]) => field(5, [...text(1, name), ...text(2, value)])),
  ]
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
}

/** The fields of a message in order: text as octets, numbers as numbers. Throws a RangeError when it is cut short. */
function* fields(bytes: Uint8Array): Generator<readonly [number: number, value: Uint8Array | number]> {
  let at = 0
  const next = (): number => {
    if (at >= bytes.length) throw new RangeError('the message ends within a field')
    return bytes[at++]!
  }
  const readVarint = (): number => {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = next()
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
  }
  while (at < bytes.length) {
    const key = readVarint()
    if ((key & 7) === varintType) yield [key >>> 3, readVarint()]
    else {
      const length = readVarint()
      if (length > bytes.length - at) throw new RangeError('the message ends within a field')
      yield [key >>> 3, bytes.subarray(at, (at += length))]
    }
  }
}

/** Undefined when the text is no such message. */
export function decodeAuthError(encoded: string): AuthError | undefined {
  try {
    const binary = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'))
    const all = [...fields(Uint8Array.from(binary, (character) => character.charCodeAt(0)))]
    return {
      code: textOf(all, 1),
      message: textOf(all, 2),
      help: textOf(all, 3),
      number: all.flatMap(([field, value]) => (field === 4 && typeof value === 'number' ? [value] : []))[0] ?? 400,
      details: all.flatMap(([field, value]) => (field === 5 && typeof value !== 'number' ? [detailOf(value)] : [])),
    }
  } catch {
    return undefined
  }
}

type Field = readonly [number: number, value: Uint8Array | number]

const textOf = (all: readonly Field[], number: number): string => {
  const found = all.find(([field]) => field === number)?.[1]
  return found instanceof Uint8Array ? new TextDecoder().decode(found) : ''
}
const detailOf = (bytes: Uint8Array): readonly [string, string] => {
  const all = [...fields(bytes)]
  return [textOf(all, 1), textOf(all, 2)]
}
