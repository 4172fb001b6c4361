import type { ImapInlet } from '../../../harness/model/imap-carrier.ts'
import type { Gmail } from '../../gmail/gmail.ts'
import { latin1, octetsOf } from '../../gmail/wire/command-stream.ts'
import { canonical } from './canonical.fixture.ts'

/** Milliseconds for an answer; on a crowded machine a command takes some tens of them. */
const patience = 20_000
/** Milliseconds in which a server is expected to tell of its own accord what happened. */
const attention = 3000
/** Milliseconds between looks whether they are still at it. */
const glance = 20
const connectionEnds = '(the connection ends)'

/** A client without a network that sends what a story says, and gives what the answers mean. */
export class StorySession {
  readonly #gmail: Gmail
  readonly #inlet: ImapInlet
  #received = ''
  #ended = false
  #commands = 0
  /** The server waits for a line of the command that is under way. */
  #asked = false
  #tag = 'greeting'
  /** What was last said of how many messages there are. */
  #count = ''
  #wake: () => void = () => {}

  constructor(gmail: Gmail) {
    this.#gmail = gmail
    this.#inlet = gmail.serve({
      write: (octets, sent) => {
        this.#received += latin1(octets)
        sent?.()
        this.#wake()
      },
      end: () => {
        this.#ended = true
        this.#wake()
      },
    })
  }

  greeting(): Promise<string[]> {
    return this.#answer((response) => response.startsWith('* '))
  }

  /** Sends a command, `{{…}}` in it as a literal and `{{+…}}` as one that asks for no leave, or a line that was asked for. */
  async say(line: string): Promise<string[]> {
    const tagged = this.#asked ? '' : `${(this.#tag = `t${++this.#commands}`)} `
    const pieces = (tagged + line).split(/(\{\{.*?\}\})/)
    this.#asked = false
    if (/^(?:SELECT|EXAMINE) /.test(line)) this.#count = ''
    for (const [index, piece] of pieces.entries()) {
      if (index % 2 === 0) {
        this.#send(piece)
        continue
      }
      const [, plus = '', written = ''] = /^\{\{(\+?)(.*)\}\}$/s.exec(piece)!
      const octets = JSON.parse(`"${written}"`) as string
      this.#send(`{${octets.length}${plus}}\r\n`)
      if (plus === '') {
        const leave = await this.#answer((response) => this.#ends(response))
        if (leave.at(-1) !== '+') return leave
      }
      this.#send(octets)
    }
    this.#send('\r\n')
    return this.#answer((response) => {
      this.#asked = response.startsWith('+')
      return this.#ends(response)
    })
  }

  /** What comes without being asked for: until all these lines have come and nobody has more to tell, or nothing does. */
  async listen(expected: readonly string[]): Promise<string[]> {
    const responses: string[] = []
    const limit = AbortSignal.timeout(attention)
    for (;;) {
      const heard = [...canonical(responses, this.#tag), ...(this.#ended ? [connectionEnds] : [])]
      if (expected.every((line) => heard.includes(line)) && !this.#gmail.busy()) return heard
      const response = await this.#response(AbortSignal.any([limit, AbortSignal.timeout(glance)]))
      if (response !== undefined) responses.push(response)
      else if (limit.aborted || heard.at(-1) === connectionEnds) return heard
    }
  }

  close(): void {
    this.#inlet.closed()
  }

  /** A count that is told again changes nothing (RFC 3501 §7.3.1); how often it is depends on how fast a server is. */
  #isToldAgain(response: string): boolean {
    const again = response === this.#count
    if (/^\* \d+ (?:EXISTS|EXPUNGE)$/.test(response)) this.#count = response
    return again && response.endsWith('EXISTS')
  }

  #ends = (response: string): boolean => response.startsWith('+') || response.startsWith(`${this.#tag} `)

  #send(text: string): void {
    this.#inlet.receive(octetsOf(text))
  }

  async #answer(isLast: (response: string) => boolean): Promise<string[]> {
    const responses: string[] = []
    const limit = AbortSignal.timeout(patience)
    for (;;) {
      const response = await this.#response(limit)
      if (response !== undefined) responses.push(response)
      else if (this.#ended) return [...canonical(responses, this.#tag), connectionEnds]
      else throw new Error(`no answer to ${this.#tag}; so far: ${responses.join(' | ')}`)
      if (isLast(response!)) return canonical(responses, this.#tag)
    }
  }

  /** The next one, without its CRLF; undefined when there is no more, or not in time. */
  async #response(limit: AbortSignal): Promise<string | undefined> {
    for (let end = 0; ;) {
      const lineEnd = this.#received.indexOf('\r\n', end)
      const literal = /\{(\d+)\}$/.exec(lineEnd < 0 ? '' : this.#received.slice(end, lineEnd))
      const needed = literal === null ? lineEnd : lineEnd + 2 + Number(literal[1])
      if (lineEnd >= 0 && literal === null) {
        const response = this.#received.slice(0, lineEnd)
        this.#received = this.#received.slice(lineEnd + 2)
        if (!this.#isToldAgain(response)) return response
        continue
      }
      if (lineEnd >= 0 && this.#received.length >= needed) {
        end = needed
        continue
      }
      if (this.#ended || limit.aborted) return undefined
      await new Promise<void>((resolve) => {
        this.#wake = resolve
        limit.addEventListener('abort', () => resolve(), { once: true })
      })
    }
  }
}
