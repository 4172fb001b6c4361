/** A vector of TLS's presentation language: its length in so many octets, then what it holds. */
const vector = (lengthSize: number, held: readonly number[]): number[] => [
  ...Array.from({ length: lengthSize }, (_, at) => (held.length >> (8 * (lengthSize - 1 - at))) & 0xff),
  ...held,
]
const pairs = (numbers: readonly number[]): number[] => numbers.flatMap((number) => [number >> 8, number & 0xff])
const extension = (type: number, body: readonly number[]): number[] => [...pairs([type]), ...vector(2, body)]

interface HelloOptions {
  readonly sni?: string
  readonly version?: number
  readonly supported?: readonly number[]
  readonly suites?: readonly number[]
}

/** A ClientHello in one record, put together by hand. */
export function clientHello({ sni, version = 0x0303, supported, suites = [0x1301, 0xc02b] }: HelloOptions = {}) {
  const name = sni === undefined ? [] : [...sni].map((character) => character.charCodeAt(0))
  const extensions = [
    ...extension(0xff01, [0]),
    ...(sni === undefined ? [] : extension(0, vector(2, [0, ...vector(2, name)]))),
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
