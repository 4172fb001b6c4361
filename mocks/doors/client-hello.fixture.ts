/** A vector of TLS's presentation language: its length in so many octets, then what it holds. */
const vector = (lengthSize: number, held: readonly number[]): number[] => [
  ...Array.from({ length: lengthSize }, (_, at) => (held.length >> (8 * (lengthSize - 1 - at))) & 0xff),
  ...held,
]
const pairs = (numbers: readonly number[]): number[] => numbers.flatMap((number) => [number >> 8, number & 0xff])
const extension = (type: number, body: readonly number[]): number[] => [...pairs([type]), ...vector(2, body)]

const codesOf = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0))

interface HelloOptions {
  readonly sni?: string
  readonly version?: number
  readonly supported?: readonly number[]
  readonly suites?: readonly number[]
  readonly protocols?: readonly string[]
  readonly renegotiation?: boolean
}

/** A ClientHello in one record, put together by hand. */
export function clientHello({
  sni,
  version = 0x0303,
  supported,
  suites = [0x1301, 0xc02b],
  protocols,
  renegotiation = true,
}: HelloOptions = {}) {
  const extensions = [
    ...(renegotiation ? extension(0xff01, [0]) : []),
    // Without these no server of TLS 1.2 goes on: groups, point formats, signature algorithms.
    ...extension(10, vector(2, pairs([0x001d, 0x0017]))),
    ...extension(11, vector(1, [0])),
    ...extension(13, vector(2, pairs([0x0403]))),
    ...(sni === undefined ? [] : extension(0, vector(2, [0, ...vector(2, codesOf(sni))]))),
    ...(protocols === undefined
      ? []
      : extension(
          16,
          vector(
            2,
            protocols.flatMap((name) => vector(1, codesOf(name))),
          ),
        )),
    ...(supported === undefined ? [] : extension(43, vector(1, pairs(supported)))),
  ]
  const body = [
    ...pairs([version]),
    ...Array<number>(32).fill(0xaa),
    ...vector(1, Array<number>(32).fill(0xbb)),
    ...vector(2, pairs(suites)),
    ...vector(1, [0]),
    ...vector(2, extensions),
  ]
  return Uint8Array.from([0x16, 3, 1, ...vector(2, [1, ...vector(3, body)])])
}

/** The message in as many records as that takes. */
export function inRecordsOf(octets: number, hello: Uint8Array): Uint8Array {
  const message = [...hello.subarray(5)]
  const records = Array.from({ length: Math.ceil(message.length / octets) }, (_, at) =>
    message.slice(at * octets, (at + 1) * octets),
  )
  return Uint8Array.from(records.flatMap((part) => [0x16, 3, 1, ...vector(2, part)]))
}
