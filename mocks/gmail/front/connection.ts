import type { ImapSecurity } from '../../../harness/model/gmail-setup.ts'
import type { ImapOutlet } from '../../../harness/model/imap-carrier.ts'
import type { ImapPoint } from '../../../harness/model/imap-fault.ts'
import { Delivery } from '../faults/delivery.ts'
import { type Aftermath, type Disturbed, type Struck, strike } from '../faults/strike.ts'
import type { GmailWorld } from '../gmail-world.ts'
import type { Status } from '../state.ts'
import type { Piece } from '../wire/encoder.ts'
import { SessionEnding } from './session-end.ts'
import { SessionRecord } from './session-record.ts'
import { type ByeReason, Voice } from './voice.ts'
import { byeText, refusalNamed, statusOf } from './words.ts'

const mostErrors = 10
/** With more octets than this on their way to a client, its commands wait until it has read. */
const mostUnsent = 1 << 20

/** How a connection came about. */
export interface Arrival {
  readonly connection: number
  readonly security: ImapSecurity
  readonly outlet: ImapOutlet
}

/** What a connection has to know of the session on it. */
export interface Inside {
  /** The mailbox that is selected. */
  disturbed(): Disturbed | undefined
  /** Octets of a command whose end has not come. */
  unterminated(): number
  /** Whatever waits for the client waits no more. */
  closed(by: 'client' | 'server'): void
}

/** A command, as faults and the record name it. */
export interface Told {
  readonly tag: string
  /** The arguments as evidence shows them. */
  readonly text: string
}

/** What Gmail says on one connection, the faults that it meets there, and how it ends. */
export class Connection {
  readonly gmail: GmailWorld
  /** In the shape of Gmail's own, such as `cf29mb85450632edb`; one for the whole of a connection. */
  readonly id: string
  readonly record: SessionRecord
  readonly delivery: Delivery
  readonly voice: Voice
  readonly ending: SessionEnding
  readonly #inside: Inside
  readonly #outlet: ImapOutlet
  #errors = 0
  #life: 'open' | 'silent' | 'closed' = 'open'

  constructor({ connection, security, outlet }: Arrival, gmail: GmailWorld, inside: Inside) {
    this.gmail = gmail
    this.#inside = inside
    this.#outlet = outlet
    this.record = new SessionRecord(gmail, connection)
    this.delivery = new Delivery(outlet, gmail.clock)
    this.voice = new Voice(gmail, this.record, this.delivery, (effect) => void strike(effect, this.#struck('*')))
    this.ending = new SessionEnding(gmail, () => this.expire())
    this.id = opaqueId(gmail)
    this.record.write('imap.conn.open', { connection, security })
  }

  get open(): boolean {
    return this.#life === 'open'
  }

  /** Whether the client reads what it is told. */
  get roomy(): boolean {
    return this.delivery.unsent < mostUnsent
  }

  say(...pieces: readonly Piece[]): void {
    if (this.open) this.voice.say(...pieces)
  }

  /** Ends a command; who sends nothing but nonsense is given up. */
  finish(tag: string, status: Status): void {
    if (!this.open) return
    this.voice.tagged(tag, status)
    this.#errors = status.condition === 'BAD' ? this.#errors + 1 : 0
    if (this.#errors >= mostErrors) this.bye('too-many-errors', byeText('too-many-errors'))
  }

  /** Says goodbye and ends the connection. */
  bye(reason: ByeReason, text: string): void {
    if (this.open) this.voice.bye(reason, text)
    this.close('server')
  }

  /** Its time is over: says so, where the policy wants that, and ends the connection. */
  expire(): void {
    this.delivery.turn(() => {
      if (this.meets('expiry') === 'over') return
      // In the middle of a response a BYE would be read as a part of it.
      const says = this.gmail.policy.sessionEnd.bye && !this.delivery.late && !this.voice.midLine
      if (says) return this.bye('session-expired', byeText('session-expired'))
      this.delivery.cut()
      this.close('server', 'session-expired')
    })
  }

  /** The mailbox server behind the front left, or was none: the client is told what Gmail tells then. */
  abandon(problem: string): void {
    if (!this.open) return
    this.tellFailure(problem)
    if (!this.voice.midLine) return this.bye('refused', byeText('server-gone'))
    this.delivery.cut()
    this.close('server')
  }

  tellFailure(problem: string): void {
    this.record.write('imap.server.failed', { problem: this.gmail.secrets.mask(problem) })
  }

  close(by: 'client' | 'server', cause?: 'session-expired' | 'fault'): void {
    if (this.#life === 'closed') return
    this.#life = 'closed'
    this.ending.cancel()
    this.#inside.closed(by)
    const unterminated = this.#inside.unterminated()
    const { connection } = this.record
    this.record.write('imap.conn.close', { connection, by, unterminated, ...(cause === undefined ? {} : { cause }) })
    if (by === 'client') this.delivery.cut()
    else this.delivery.end()
  }

  /** The carrier may bring more. */
  resume(): void {
    if (this.open) this.#outlet.resume?.()
  }

  /** Whether a fault strikes here, and what it leaves to do. */
  meets(point: ImapPoint | 'continuation', command?: Told): Aftermath {
    const place = { connection: this.record.connection, text: command?.text ?? '' }
    const effect = this.gmail.faults.at(point, place)
    return effect === undefined ? 'on' : strike(effect, this.#struck(command?.tag ?? '*'))
  }

  #struck(tag: string): Struck {
    return {
      delivery: this.delivery,
      tag,
      mailbox: this.#inside.disturbed(),
      say: (line) => this.say(line),
      finish: (words) => this.finish(tag, statusOf(words)),
      bye: (reason, text) => this.bye(reason, text),
      end: (reset) => {
        if (reset) this.delivery.cut(true)
        this.close('server', 'fault')
      },
      silence: () => {
        this.delivery.silence()
        this.#life = 'silent'
      },
      refusal: (name) => refusalNamed(name, { id: this.id }),
    }
  }
}

function opaqueId({ random }: GmailWorld): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz'
  const digits = '0123456789'
  return `${random.text(2, letters)}${random.text(2, digits)}mb${random.text(8, digits)}${random.text(3, letters)}`
}
