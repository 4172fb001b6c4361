import { type Socket, connect } from 'node:net'
import type { Answer, Probing } from '../gmail/rules/probing-session.ts'

/** Milliseconds for an answer. */
const patience = 10_000

/** A client's end of a session with a server on a port in the clear. A server that hangs up has answered nothing. */
export class ProbingSocket implements Probing {
  readonly #socket: Socket
  #output = ''
  #commands = 0
  #wake: () => void = () => {}

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay(true)
    socket.on('error', () => {})
    socket.on('data', (octets: Buffer) => {
      this.#output += octets.toString('latin1')
      this.#wake()
    })
    socket.once('end', () => this.#wake())
  }

  /** Connects and reads the greeting. */
  static async connect(host: string, port: number): Promise<ProbingSocket> {
    const session = new ProbingSocket(connect(port, host))
    await session.#until(/\r\n$/)
    return session
  }

  async say(command: string, ...more: readonly string[]): Promise<Answer> {
    const tag = `p${++this.#commands}`
    const answered = new RegExp(`^(?:${tag} |\\+).*\\r\\n`, 'm')
    let heard = ''
    for (const line of [`${tag} ${command}`, ...more]) {
      this.#output = ''
      this.#socket.write(`${line}\r\n`, 'latin1')
      await this.#until(answered)
      heard += this.#output
      if (!/^\+/m.test(this.#output)) break
    }
    const lines = heard.split('\r\n')
    const [, tagged = null] = lines.map((line) => line.split(' ')).find(([first]) => first === tag) ?? []
    return {
      tagged: tagged as Answer['tagged'],
      untagged: lines.filter((line) => line.startsWith('* ')).map((line) => line.slice(2)),
    }
  }

  end(): void {
    this.#socket.destroy()
  }

  async #until(heard: RegExp): Promise<void> {
    const limit = AbortSignal.timeout(patience)
    while (!heard.test(this.#output) && !this.#socket.readableEnded)
      await new Promise<void>((resolve, reject) => {
        this.#wake = resolve
        limit.onabort = () => reject(new Error(`no answer: ${this.#output}`))
      })
  }
}
