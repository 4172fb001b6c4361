import type { Passed } from '../gmail/front/core-port.ts'
import { type Status, bad } from '../gmail/state.ts'
import { join, octetsOf } from '../gmail/wire/command-stream.ts'
import type { Piece } from '../gmail/wire/encoder.ts'
import { ResponseError, ResponseStream } from './response-stream.ts'

/** A connection to a mailbox server. */
export interface ServerCarrier {
  write(octets: Uint8Array): void
  /** Octets that were written and have not left. */
  unsent(): number
  /** The server is to send no more for now, or may again. */
  pause(): void
  resume(): void
  /** Whether an answer is due: a server that keeps everybody waiting for it is given up. */
  expect(answer: boolean): void
  end(): void
}

export interface ServerEvents {
  /** These must not change any more. */
  receive(octets: Uint8Array): void
  /** What was written has left. */
  drained(): void
  /** The connection is over, or never came about. */
  closed(problem: string): void
}

/** Opens a connection. */
export type Dial = (events: ServerEvents) => ServerCarrier

/** A command of ours, without tag and CRLF. Text has one character per octet. */
export interface ServerCommand {
  readonly pieces: readonly Piece[]
  /** It may take as long as it likes. */
  readonly patient?: boolean
  /** An untagged response; unless told, it goes where those go that nobody asked for. */
  heard?(line: Passed): void
  /** The server waits for more than the pieces. */
  continued?(): void
  ended(status: Status): void
}

export interface ServerConnectionOptions {
  readonly dial: Dial
  /** Octets of the largest literal that the server takes without being asked (RFC 7888). */
  nonSynchronizing(): number
  /** Octets of a response line that are kept until it has ended. */
  kept(): number
  /** An untagged response to no command of ours. */
  unasked(line: Passed): void
  /** Wraps what comes of octets that came together. */
  together?(work: () => void): void
  drained?(): void
  failed(problem: string): void
}

/** Untagged responses to no command: who says more without having been asked anything never stops. */
const mostUnasked = 1000

/** Octets of fewer come in a segment that a server may be holding the next one back for. */
const smallSegment = 1024
/** The beginning of the next command's tag, sent early. */
const nudge = 'p'
const longestTag = 64

/** Speaks IMAP with a mailbox server: one command after the other, each under a tag of its own. */
export class ServerConnection {
  readonly #options: ServerConnectionOptions
  readonly #carrier: ServerCarrier
  readonly #stream: ResponseStream
  readonly #queue: ServerCommand[] = []
  #current: { readonly tag: string; readonly command: ServerCommand; rest: readonly Piece[] } | undefined
  #life: 'dialling' | 'open' | 'over' = 'dialling'
  #tags = 0
  /** What was sent of the next command's tag. */
  #begun = ''
  #unasked = 0
  #midLine = false

  constructor(options: ServerConnectionOptions) {
    this.#options = options
    this.#stream = new ResponseStream(options.kept)
    this.#carrier = options.dial({
      receive: (octets) => {
        if (options.together === undefined) this.#receive(octets)
        else options.together(() => this.#receive(octets))
      },
      drained: () => options.drained?.(),
      closed: (problem) => this.#fail(problem),
    })
    this.#carrier.expect(true)
  }

  get unsent(): number {
    return this.#life === 'over' ? 0 : this.#carrier.unsent()
  }

  /** Has a command served, behind those before it. */
  start(command: ServerCommand): void {
    this.#queue.push(command)
    this.#advance()
  }

  /** Octets that belong to the command that runs. */
  write(octets: Uint8Array): void {
    if (this.#life !== 'over') this.#carrier.write(octets)
  }

  pause(): void {
    if (this.#life !== 'over') this.#carrier.pause()
  }

  resume(): void {
    if (this.#life !== 'over') this.#carrier.resume()
  }

  /** Says goodbye, and hears nothing any more. */
  end(): void {
    if (this.#life === 'over') return
    this.#life = 'over'
    if (this.#current === undefined) this.#carrier.write(octetsOf('bye LOGOUT\r\n'))
    this.#carrier.end()
  }

  #advance(): void {
    if (this.#life !== 'open' || this.#current !== undefined) return
    const command = this.#queue.shift()
    this.#carrier.expect(command !== undefined && command.patient !== true)
    if (command === undefined) return
    const rest = `p${++this.#tags}`
    const tag = this.#begun + rest
    this.#begun = ''
    this.#unasked = 0
    this.#current = { tag, command, rest: command.pieces }
    this.#send(`${rest} `)
  }

  /** Sends what can be sent before the server asks for more. */
  #send(lead: string): void {
    const current = this.#current!
    const chunks: Uint8Array[] = []
    let text = lead
    for (const [at, piece] of current.rest.entries()) {
      if (typeof piece === 'string') {
        text += piece
        continue
      }
      const { literal } = piece
      const waits = literal.length > this.#options.nonSynchronizing()
      chunks.push(octetsOf(`${text}{${literal.length}${waits ? '' : '+'}}\r\n`))
      text = ''
      if (waits) {
        current.rest = current.rest.slice(at)
        return this.#carrier.write(join(chunks))
      }
      chunks.push(literal)
    }
    current.rest = []
    this.#carrier.write(join([...chunks, octetsOf(`${text}\r\n`)]))
  }

  #receive(octets: Uint8Array): void {
    const before = this.#current
    const rest = before?.rest.length
    try {
      for (const line of this.#stream.push(octets)) {
        if (this.#life === 'over') return
        if (this.#midLine) this.#pass(line)
        else this.#hear(line)
        this.#midLine = !line.ended
      }
      // Whatever was sent meanwhile takes the acknowledgement along.
      if (this.#current === before && before?.rest.length === rest) this.#nudge(octets.length)
    } catch (error) {
      if (!(error instanceof ResponseError)) throw error
      this.#fail(`said ${error.message}`)
    }
  }

  /**
   * A server that sends a response in pieces and has Nagle's algorithm on waits with each for the acknowledgement of the
   * one before, which systems delay by 40 ms (RFC 1122 §4.2.3.2). An octet of ours takes it along. Only where the server
   * can ask for nothing: then it is the beginning of the next command.
   */
  #nudge(received: number): void {
    const current = this.#current
    if (this.#life !== 'open' || received > smallSegment || current === undefined) return
    if (current.rest.length > 0 || current.command.continued !== undefined || this.#begun.length >= longestTag) return
    this.#begun += nudge
    this.#carrier.write(octetsOf(nudge))
  }

  #hear(line: Passed): void {
    const { head } = line
    if (this.#life === 'dialling') return this.#greeted(head)
    if (head.startsWith('* ')) {
      if (/^\* BYE(?: |$)/i.test(head)) return this.#fail(`said BYE: ${textOf(line).slice('* BYE '.length, 200)}`)
      return this.#untagged(line)
    }
    const text = textOf(line)
    if (text.startsWith('+')) return this.#continue()
    const [, tag, condition, rest = ''] = /^(\S+) (OK|NO|BAD)(?: (.*))?$/i.exec(text) ?? []
    if (tag === undefined) return this.#fail('said a line that is no response')
    const current = this.#current
    if (tag !== current?.tag) return this.#fail('answered a command that it was not given')
    this.#current = undefined
    current.command.ended({ condition: condition!.toUpperCase() as Status['condition'], text: rest })
    this.#advance()
  }

  #greeted(text: string): void {
    if (!/^\* OK(?: |$)/i.test(text)) return this.#fail('greeted with something else than OK')
    this.#life = 'open'
    this.#advance()
  }

  #untagged(line: Passed): void {
    if (this.#current === undefined && ++this.#unasked > mostUnasked)
      return this.#fail(`said more than ${mostUnasked} lines without having been asked`)
    this.#pass(line)
  }

  #pass(line: Passed): void {
    const command = this.#current?.command
    if (command?.heard === undefined) this.#options.unasked(line)
    else command.heard(line)
  }

  #continue(): void {
    const current = this.#current
    const [first, ...behind] = current?.rest ?? []
    if (current !== undefined && first !== undefined && typeof first !== 'string') {
      this.#carrier.write(first.literal)
      current.rest = behind
      return this.#send('')
    }
    if (current?.command.continued === undefined) return this.#fail('asked for more than there was')
    current.command.continued()
  }

  #fail(problem: string): void {
    if (this.#life === 'over') return
    this.#life = 'over'
    this.#carrier.end()
    this.#options.failed(problem)
  }
}

/** The text before any literal. */
const textOf = ({ pieces: [first] }: Passed): string => (typeof first === 'string' ? first : '')

/** A status without the capabilities that servers tell in it: the front has its own. */
export const withoutCapabilities = ({ condition, text }: Status): Status =>
  condition === 'BAD' ? bad(text) : { condition, text: text.replace(/^\[CAPABILITY [^\]]*\] ?/i, '') }
