import { type Socket, connect } from 'node:net'
import { type Fetched, ResponseReader } from './response.fixture.ts'

/** How a command was answered. */
export interface Answer {
  readonly condition: 'OK' | 'NO' | 'BAD'
  /** What stands in brackets at the beginning of the text; '' when nothing does. */
  readonly code: string
  readonly text: string
  /** Untagged responses without `* `, in their order. */
  readonly untagged: readonly string[]
}

/** Milliseconds; on a crowded machine a command takes some tens of them. */
const patience = 20_000

/** Speaks IMAP and understands nothing of it but where a response ends. */
export class RawClient {
  readonly #socket: Socket
  #received = ''
  #ended = false
  #commands = 0
  #said = 'its greeting'
  #wake: () => void = () => {}

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay(true)
    socket.on('data', (octets: Buffer) => {
      this.#received += octets.toString('latin1')
      this.#wake()
    })
    socket.on('error', () => {})
    socket.once('close', () => {
      this.#ended = true
      this.#wake()
    })
  }

  /** Connects to a server on this machine and reads its greeting. */
  static async connect(port: number): Promise<RawClient> {
    const client = new RawClient(connect(port, '127.0.0.1'))
    await client.#response()
    return client
  }

  end(): void {
    this.#socket.destroy()
  }

  /** Sends a command of one line; octets in it go as literals. Reads on to its tagged response. */
  async say(...pieces: readonly (string | Uint8Array)[]): Promise<Answer> {
    const tag = `c${++this.#commands}`
    this.#said = String(pieces[0])
    this.#socket.write(`${tag} `)
    const untagged: string[] = []
    for (const piece of pieces) {
      if (typeof piece === 'string') this.#socket.write(piece, 'latin1')
      else {
        this.#socket.write(`{${piece.length}}\r\n`)
        for (let line = await this.#response(); !line.startsWith('+'); line = await this.#response()) {
          if (line.startsWith(`${tag} `)) return answer(line, untagged)
          untagged.push(line.slice(2))
        }
        this.#socket.write(piece)
      }
    }
    this.#socket.write('\r\n')
    for (;;) {
      const line = await this.#response()
      if (line.startsWith(`${tag} `)) return answer(line, untagged)
      untagged.push(line.slice(2))
    }
  }

  /** One response without its CRLF. */
  async #response(): Promise<string> {
    for (let end = 0, scanned = 0; ;) {
      const lineEnd = this.#received.indexOf('\r\n', Math.max(end, scanned - 1))
      if (lineEnd < 0) {
        scanned = this.#received.length
        await this.#more()
        continue
      }
      const literal = /\{(\d+)\}$/.exec(this.#received.slice(Math.max(end, lineEnd - 20), lineEnd))
      if (literal === null) {
        const response = this.#received.slice(0, lineEnd)
        this.#received = this.#received.slice(lineEnd + 2)
        return response
      }
      end = lineEnd + 2 + Number(literal[1])
      while (this.#received.length < end) await this.#more()
    }
  }

  #more(): Promise<void> {
    if (this.#ended) throw new Error(`the server ended the connection after ${JSON.stringify(this.#received)}`)
    const signal = AbortSignal.timeout(patience)
    return new Promise((resolve, reject) => {
      this.#wake = resolve
      signal.addEventListener('abort', () => reject(new Error(`no answer to ${this.#said}`)))
    })
  }
}

function answer(line: string, untagged: readonly string[]): Answer {
  const [, condition, code, text] = /^\S+ (OK|NO|BAD) ?(?:\[([^\]]*)\])? ?([^]*)$/.exec(line) ?? []
  if (condition === undefined) throw new Error(`not a tagged response: ${line}`)
  return { condition: condition as Answer['condition'], code: code ?? '', text: text ?? '', untagged }
}

/** The FETCH responses among the untagged ones. */
export const fetchedIn = ({ untagged }: Answer): Fetched[] =>
  untagged.flatMap((line) => new ResponseReader(line).fetched() ?? [])
