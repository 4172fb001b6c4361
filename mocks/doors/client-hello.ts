/** What a client asks for in the first message of its handshake (RFC 8446 §4.1.2, RFC 5246 §7.4.1.2). */
export interface ClientHello {
  /** The name in the server_name extension, or the empty string. */
  readonly sni: string
  /** Versions as `TLSv1.2`, best first: of the supported_versions extension, or the one in the message itself. */
  readonly versions: readonly string[]
  readonly cipherSuites: readonly number[]
  /** Of the application_layer_protocol_negotiation extension (RFC 7301 §3.1). */
  readonly protocols: readonly string[]
  /** The client knows secure renegotiation (RFC 5746 §3.4), and may insist on it. */
  readonly renegotiation: boolean
}

const handshakeRecord = 0x16
const recordHeader = 5
const handshakeHeader = 4
const serverName = 0
const applicationProtocols = 16
const supportedVersions = 43
const renegotiationInfo = 0xff01
/** Stands among the cipher suites for an empty renegotiation_info (RFC 5746 §3.3). */
const renegotiationSuite = 0x00ff
/** Octets of a message; an honest one has some two thousand, with keys that withstand quantum computers. */
const longest = 16 * 1024

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

  texts(lengthSize: number): string[] {
    const texts: string[] = []
    while (this.left > 0) texts.push(this.vector(lengthSize).text())
    return texts
  }
}

/** The message in these octets; undefined while it is not complete; null when it is something else, or has no end. */
export function readClientHello(octets: Uint8Array): ClientHello | undefined | null {
  const message = messageIn(octets)
  if (!message) return message
  const hello = new Fields(message).skip(handshakeHeader)
  const version = hello.number(2)
  hello.skip(32).vector(1)
  const cipherSuites = hello.vector(2).numbers(2)
  hello.vector(1)
  const { sni, versions, protocols, renegotiation } = readExtensions(hello.vector(2))
  return {
    sni,
    versions: (versions.length > 0 ? versions : [version]).flatMap(nameOf),
    cipherSuites,
    protocols,
    renegotiation: renegotiation || cipherSuites.includes(renegotiationSuite),
  }
}

/** A handshake message may be spread over several records (RFC 8446 §5.1). */
function messageIn(octets: Uint8Array): Uint8Array | undefined | null {
  const message: number[] = []
  for (let at = 0; ;) {
    const [type = handshakeRecord, major = 3] = octets.subarray(at)
    if (type !== handshakeRecord || major !== 3) return null
    const length = new Fields(octets.subarray(at + 3)).number(2)
    const next = at + recordHeader + length
    if (octets.length < at + recordHeader) return undefined
    if (length === 0 || message.length + length > longest) return null
    message.push(...octets.subarray(at + recordHeader, next))
    const [kind = 1] = message
    if (kind !== 1) return null
    const whole = handshakeHeader + new Fields(Uint8Array.from(message).subarray(1)).number(3)
    if (whole > longest) return null
    if (octets.length < next) return undefined
    if (message.length >= handshakeHeader && message.length >= whole) return Uint8Array.from(message.slice(0, whole))
    at = next
  }
}

function readExtensions(extensions: Fields) {
  let [sni, versions, protocols, renegotiation]: [string, number[], string[], boolean] = ['', [], [], false]
  while (extensions.left >= 4) {
    const type = extensions.number(2)
    const body = extensions.vector(2)
    if (type === serverName) sni = body.vector(2).skip(1).vector(2).text()
    if (type === supportedVersions) versions = body.vector(1).numbers(2)
    if (type === applicationProtocols) protocols = body.vector(2).texts(1)
    if (type === renegotiationInfo) renegotiation = true
  }
  return { sni, versions, protocols, renegotiation }
}

/** Versions that nobody defined stand there to be ignored (RFC 8701). */
const nameOf = (version: number): readonly string[] =>
  version >= 0x0301 && version <= 0x0304 ? [`TLSv1.${version - 0x0301}`] : []
