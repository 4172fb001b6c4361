import { type Socket, connect } from 'node:net'
import { Duplex } from 'node:stream'
import { withPatience } from './patience.ts'
import { WireError } from './wire-error.ts'

/** Told of what a connection costs. */
export interface Meter {
  /** @throws what the connection shall end with */
  received(octets: number): void
  sent(octets: number): void
  /** Once, when the connection is gone. */
  closed(): void
}

/** What TLS can begin on: a connection, or one inside TLS that leads on to another. */
export type Carrier = Duplex & Partial<Pick<RawSocket, 'begun' | 'sent' | 'beginAnew'>>

const mostBegun = 512
/** Milliseconds that one of several addresses of a name may take: Node’s own quarter of a second gives slow networks up. */
const attempt = 2000

/**
 * A TCP connection whose octets are counted as they pass: what the runtimes themselves say of that differs, and none of
 * them says how many TLS sent.
 */
export class RawSocket extends Duplex {
  readonly #below: Socket
  readonly #meter: Meter
  #begun = new Uint8Array()
  #sent = 0

  constructor(below: Socket, meter: Meter) {
    super({ allowHalfOpen: true })
    this.#below = below
    this.#meter = meter
    let ended = false
    below.on('data', (octets: Uint8Array) => this.#receive(octets))
    below.on('end', () => {
      ended = true
      this.push(null)
    })
    below.on('error', (error) => this.destroy(error))
    below.on('close', () => {
      meter.closed()
      // After an end there may be octets that nobody has read yet.
      if (!ended) this.destroy()
    })
    // Whoever awaits something of this socket is told by what stands above it; none of its errors may end the process.
    this.on('error', () => {})
  }

  /** The first octets that came, as they came: they tell what speaks there. */
  get begun(): Uint8Array {
    return this.#begun
  }

  /** What comes from now on is somebody else’s, such as behind the answer of a proxy; `octets` of it were read already. */
  beginAnew(octets: Uint8Array): void {
    this.#begun = Uint8Array.from(octets.subarray(0, mostBegun))
  }

  /** Octets sent by now. */
  get sent(): number {
    return this.#sent
  }

  #receive(octets: Uint8Array): void {
    try {
      this.#meter.received(octets.length)
    } catch (error) {
      return void this.destroy(error as Error)
    }
    if (this.#begun.length < mostBegun)
      this.#begun = Uint8Array.from([...this.#begun, ...octets.subarray(0, mostBegun - this.#begun.length)])
    if (!this.push(octets)) this.#below.pause()
  }

  override _read(): void {
    this.#below.resume()
  }

  override _write(octets: Uint8Array, _: string, done: (error?: Error | null) => void): void {
    this.#sent += octets.length
    this.#meter.sent(octets.length)
    this.#below.write(octets, (error) => done(error))
  }

  override _final(done: () => void): void {
    this.#below.end()
    done()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#below.destroy()
    done(error)
  }
}

/**
 * Connects to an address. The socket is told of at once, so that it can be ended while it is still connecting.
 *
 * @param patience milliseconds for finding the name and connecting
 * @throws the system’s error; WireError `WIRE_SILENT`, `WIRE_CLOSED`
 */
export async function dial(
  { host, port }: { readonly host: string; readonly port: number },
  { meter, patience, begun }: { readonly meter: Meter; readonly patience: number; begun?(socket: RawSocket): void },
): Promise<RawSocket> {
  const below = connect({ host, port, autoSelectFamilyAttemptTimeout: attempt })
  below.setNoDelay(true)
  const socket = new RawSocket(below, meter)
  begun?.(socket)
  await withPatience(socket, patience, 'no connection', (resolve, reject) => {
    below.once('connect', () => resolve(undefined))
    socket.once('error', reject)
    socket.once('close', () => reject(new WireError('WIRE_CLOSED', 'the connection was given up')))
  })
  return socket
}
