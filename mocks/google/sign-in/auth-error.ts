/**
 * The `authError` parameter of Google's error pages: base64url of a protocol buffer with 1 code, 2 message, 3 help
 * address, 4 number, repeated 5 {1 name, 2 value} request details, and 6 {1 kind, 2 message, 3 help address} for the
 * application's developer (seven captured values, decoded).
 */
export interface AuthError {
  readonly code: string
  readonly message: string
  readonly help: string
  readonly number: number
  readonly details: readonly (readonly [name: string, value: string])[]
  readonly developer: Developer | null
}

/** What the page tells the application's developer alone. */
export interface Developer {
  /** Captured: 1 for a request that is blocked, 4 for an application that is not verified. */
  readonly kind: number
  readonly message: string
  readonly help: string
}

const varintType = 0
const lengthDelimited = 2

const varint = (value: number): number[] => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)])
const integer = (number: number, value: number): number[] => [(number << 3) | varintType, ...varint(value)]
const field = (number: number, bytes: readonly number[]): number[] => [
  (number << 3) | lengthDelimited,
  ...varint(bytes.length),
  ...bytes,
]
const text = (number: number, value: string): number[] =>
  value === '' ? [] : field(number, [...new TextEncoder().encode(value)])

export function encodeAuthError({ code, message, help, number, details, developer }: AuthError): string {
  const bytes = [
    ...text(1, code),
    ...text(2, message),
    ...text(3, help),
    ...integer(4, number),
    ...details.flatMap(([name, value]) => field(5, [...text(1, name), ...text(2, value)])),
    ...(developer === null
      ? []
      : field(6, [...integer(1, developer.kind), ...text(2, developer.message), ...text(3, developer.help)])),
  ]
  // One character at a time: a long request has more octets than a call may have arguments.
  return btoa(bytes.map((byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
}

type Field = readonly [number: number, value: Uint8Array | number]

/** The fields of a message in order: text as octets, numbers as numbers. Throws a RangeError when it is cut short. */
function* fields(bytes: Uint8Array): Generator<Field> {
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
      if (length < 0 || length > bytes.length - at) throw new RangeError('the message ends within a field')
      yield [key >>> 3, bytes.subarray(at, (at += length))]
    }
  }
}

/** Undefined when the text is no such message, or names no error. */
export function decodeAuthError(encoded: string): AuthError | undefined {
  try {
    const binary = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'))
    const all = [...fields(Uint8Array.from(binary, (character) => character.charCodeAt(0)))]
    const [developer = null] = messagesOf(all, 6).map(developerOf)
    const code = textOf(all, 1)
    if (code === '') return undefined
    return {
      code,
      message: textOf(all, 2),
      help: textOf(all, 3),
      number: integerOf(all, 4) ?? 400,
      details: messagesOf(all, 5).map((detail) => [textOf(detail, 1), textOf(detail, 2)] as const),
      developer,
    }
  } catch {
    return undefined
  }
}

const developerOf = (all: readonly Field[]): Developer => ({
  kind: integerOf(all, 1) ?? 0,
  message: textOf(all, 2),
  help: textOf(all, 3),
})
const valuesOf = (all: readonly Field[], number: number) =>
  all.filter(([field]) => field === number).map(([, value]) => value)
const integerOf = (all: readonly Field[], number: number): number | undefined =>
  valuesOf(all, number).find((value) => typeof value === 'number')
const octetsOf = (all: readonly Field[], number: number): readonly Uint8Array[] =>
  valuesOf(all, number).filter((value) => typeof value !== 'number')
const textOf = (all: readonly Field[], number: number): string => {
  const [octets] = octetsOf(all, number)
  return octets === undefined ? '' : new TextDecoder().decode(octets)
}
const messagesOf = (all: readonly Field[], number: number): readonly (readonly Field[])[] =>
  octetsOf(all, number).map((octets) => [...fields(octets)])
