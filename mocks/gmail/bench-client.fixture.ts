import { once } from 'node:events'
import { type Socket, connect } from 'node:net'

/** Speaks IMAP as fast as can be: it looks for the end of an answer and at nothing else. */
export class BenchClient {
  readonly #socket: Socket
  #chunks: Buffer[] = []
  #commands = 0
  #waiting: ((received: Buffer) => boolean) | undefined
  #resolve: (answer: Buffer) => void = () => {}

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay(true)
    socket.on('error', () => {})
    socket.on('data', (octets: Buffer) => {
      this.#chunks.push(octets)
      if (this.#waiting?.(octets) === true) this.#answered()
    })
  }

  static async connect(port: number): Promise<BenchClient> {
    const socket = connect(port, '127.0.0.1')
    const client = new BenchClient(socket)
    await client.until((chunk) => chunk.includes('\r\n'))
    return client
  }

  /** Sends a command and resolves with all that was said up to its tagged OK. */
  async say(text: string): Promise<Buffer> {
    const tag = `b${++this.#commands}`
    this.#socket.write(`${tag} ${text}\r\n`)
    return this.#ended(tag)
  }

  /** A command that ends in a synchronizing literal. */
  async sayLiteral(text: string, literal: Uint8Array): Promise<Buffer> {
    const tag = `b${++this.#commands}`
    this.#socket.write(`${tag} ${text} {${literal.length}}\r\n`)
    await this.until((chunk) => chunk[0] === 0x2b)
    this.#socket.write(literal)
    this.#socket.write('\r\n')
    return this.#ended(tag)
  }

  send(text: string): void {
    this.#socket.write(text)
  }

  async until(seen: (chunk: Buffer) => boolean): Promise<Buffer> {
    return new Promise((resolve) => {
      this.#waiting = seen
      this.#resolve = resolve
    })
  }

  async end(): Promise<void> {
    this.#socket.destroy()
    await once(this.#socket, 'close')
  }

  async #ended(tag: string): Promise<Buffer> {
    const ending = new RegExp(`(^|\\n)${tag} (OK|NO|BAD) [^\\n]*\\r\\n$`)
    // The last line may come in two pieces.
    let tail = ''
    const answer = await this.until((chunk) => {
      tail = (tail + chunk.subarray(-2000).toString('latin1')).slice(-4000)
      return ending.test(tail)
    })
    if (!ending.exec(tail)![2]!.startsWith('OK')) throw new Error(tail)
    return answer
  }

  #answered(): void {
    const answer = Buffer.concat(this.#chunks)
    this.#chunks = []
    this.#waiting = undefined
    this.#resolve(answer)
  }
}
