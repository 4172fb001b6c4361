/** What a client asks for in the first message of its handshake (RFC 8446 §4.1.2, RFC 5246 §7.4.1.2). */
export interface ClientHello {
  /** The name in the server_name extension, or the empty string. */
  readonly sni: string
  /** Versions as `TLSv1.2`, best first: of the supported_versions extension, or the one in the message itself. */
  readonly versions: readonly string[]
  readonly cipherSuites: readonly number[]
}

const recordHeader = 5
const handshakeHeader = 4
const serverName = 0
const supportedVersions = 43

/** Reads numbers and vectors of TLS's presentation language; beyond the end there is nothing but zeros. */
class Fields {
  readonly #octets: Uint8Array
  #at = 0

  constructor(octets: Uint8Array) {
    this.#octets = octets
  }

  get left(): number {
    return this.#octets.length - this.#at
  }

  number(size: number): number {
    let value = 0
    for (let count = 0; count < size; count++) value = value * 256 + (this.#octets[this.#at++] ?? 0)
    return value
  }

  skip(size: number): this {
    this.#at += size
    return this
  }

  /** A vector whose length stands before it in so many octets. */
  vector(lengthSize: number): Fields {
    const length = this.number(lengthSize)
    const vector = new Fields(this.#octets.subarray(this.#at, this.#at + length))
    this.skip(length)
    return vector
  }

  text(): string {
    return String.fromCharCode(...this.#octets.subarray(this.#at))
  }

  numbers(size: number): number[] {
    const numbers: number[] = []
    while (this.left >= size) numbers.push(this.number(size))
    return numbers
  }
}

/** The message in these octets; undefined while it is not complete; null when it is something else. */
export function readClientHello(octets: Uint8Array): ClientHello | undefined | null {
  const [type = 0x16, major = 3] = octets
  if (type !== 0x16 || major !== 3) return null
  const record = new Fields(octets.subarray(3)).number(2)
  if (octets.length < recordHeader || octets.length < recordHeader + record) return undefined
  const hello = new Fields(octets.subarray(recordHeader, recordHeader + record)).skip(handshakeHeader)
  const version = hello.number(2)
  hello.skip(32).vector(1)
  const cipherSuites = hello.vector(2).numbers(2)
  hello.vector(1)
  const { sni, versions } = readExtensions(hello.vector(2))
  return { sni, versions: (versions.length > 0 ? versions : [version]).flatMap(nameOf), cipherSuites }
}

function readExtensions(extensions: Fields): { readonly sni: string; readonly versions: readonly number[] } {
  let [sni, versions]: [string, number[]] = ['', []]
  while (extensions.left >= 4) {
    const type = extensions.number(2)
    const body = extensions.vector(2)
    if (type === serverName) sni = body.vector(2).skip(1).vector(2).text()
    if (type === supportedVersions) versions = body.vector(1).numbers(2)
  }
  return { sni, versions }
}

/** Versions that nobody defined stand there to be ignored (RFC 8701). */
const nameOf = (version: number): readonly string[] =>
  version >= 0x0301 && version <= 0x0304 ? [`TLSv1.${version - 0x0301}`] : []
