import type { Observed } from '../../../harness/model/observation.ts'
import type { Delivery } from '../faults/delivery.ts'
import type { Effect } from '../faults/faults.ts'
import { octetsBeforeLiteral } from '../faults/literal-cut.ts'
import type { GmailWorld } from '../gmail-world.ts'
import type { Status } from '../state.ts'
import { type Piece, describeLine, encodeLine } from '../wire/encoder.ts'
import type { Passed } from './core-port.ts'
import type { SessionRecord } from './session-record.ts'
import { wordsOf } from './words.ts'

export type ByeReason = Observed['imap.bye']['reason']

const lineFeed = 10

/** What the server says on one connection: recorded as it is sent, and met by the faults that strike in a literal. */
export class Voice {
  readonly #gmail: GmailWorld
  readonly #record: SessionRecord
  readonly #delivery: Delivery
  readonly #strike: (effect: Effect) => void
  /** Simulated milliseconds by which answers are late. */
  #throttle: number | undefined
  /** What evidence will tell of the line that has begun. */
  readonly #begun: Piece[] = []

  constructor(gmail: GmailWorld, record: SessionRecord, delivery: Delivery, strike: (effect: Effect) => void) {
    this.#gmail = gmail
    this.#record = record
    this.#delivery = delivery
    this.#strike = strike
  }

  /** One response line; its CRLF is added. */
  say(...pieces: readonly Piece[]): void {
    const before = this.#gmail.faults.waitsAt('literal') ? octetsBeforeLiteral(pieces) : undefined
    if (before !== undefined && this.#meetsFault(pieces, before, () => encodeLine(pieces))) return
    this.#record.line(pieces)
    this.#delivery.write(encodeLine(pieces))
  }

  /** A response line of a mailbox server, as it stands. */
  pass(line: Passed): void {
    const { octets, ended, plain } = line
    const whole = ended && this.#begun.length === 0
    if (whole && !plain && this.#gmail.faults.waitsAt('literal')) {
      const { pieces } = line
      // The announcement is the first line end.
      if (this.#meetsFault(pieces, octets.indexOf(lineFeed) + 1, () => octets)) return
    }
    this.#delivery.write(octets)
    if (whole) return this.#record.passed(line)
    this.#begun.push(...line.pieces)
    if (ended) this.#record.line(this.#begun.splice(0))
  }

  /** Whether a line was begun whose end has not come. */
  get midLine(): boolean {
    return this.#begun.length > 0
  }

  tagged(tag: string, { condition, text }: Status): void {
    const suffix = this.#throttle !== undefined && condition !== 'BAD' ? wordsOf('throttled') : ''
    this.say(`${tag} ${condition} ${text}${suffix}`)
  }

  bye(reason: ByeReason, text: string): void {
    this.#record.write('imap.bye', { reason })
    this.say(`* BYE ${text}`)
  }

  /** Before each command: a throttled account's answers say so and come late, whatever a fault set before. */
  slowDown(address: string | undefined): void {
    const throttle = address === undefined ? undefined : this.#gmail.policy.throttled.get(address)
    if (throttle !== this.#throttle) this.#delivery.wait(throttle ?? 0)
    this.#throttle = throttle
  }

  /** Whether a fault cut this line short. */
  #meetsFault(pieces: readonly Piece[], before: number, encoded: () => Uint8Array): boolean {
    const line = describeLine(pieces)
    const effect = this.#gmail.faults.at('literal', { connection: this.#record.connection, text: line })
    if (effect === undefined) return false
    const cuts = effect.kind === 'end' || effect.kind === 'silence'
    if (cuts) {
      const octets = before + (effect.octets ?? 0)
      this.#record.line(pieces, ` ‹cut after ${octets} octets›`)
      this.#delivery.write(encoded().subarray(0, octets))
    }
    this.#strike(effect)
    return cuts
  }
}
