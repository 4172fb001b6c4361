import type { ImapSecurity } from '../../../harness/model/gmail-setup.ts'
import type { ImapInlet, ImapOutlet } from '../../../harness/model/imap-carrier.ts'
import type { ImapPoint } from '../../../harness/model/imap-fault.ts'
import type { Command, Exchange, Extension } from '../command.ts'
import { appendLimit } from '../core/append-limit.ts'
import type { OpenMailbox } from '../core/open-mailbox.ts'
import { Delivery } from '../faults/delivery.ts'
import { type Aftermath, type Struck, strike } from '../faults/strike.ts'
import type { GmailWorld } from '../gmail-world.ts'
import type { Outcome, State, Status } from '../state.ts'
import type { CommandLine, Framed } from '../wire/command-stream.ts'
import { DeflateError, Deflater } from '../wire/deflate.ts'
import type { Piece } from '../wire/encoder.ts'
import { Intake } from '../wire/intake.ts'
import { readCommand } from './command-reader.ts'
import { SessionEnding } from './session-end.ts'
import { SessionRecord } from './session-record.ts'
import { type ByeReason, Voice } from './voice.ts'
import { refusalNamed, statusNamed, statusOf, wordsOf } from './words.ts'

const strangersLimits = { line: 65_536, literal: 8_192, nonSynchronizing: 4_096 }
const usersLimits = { line: 65_536, literal: appendLimit, nonSynchronizing: 4_096 }
const mostErrors = 10
/** With more octets than this on their way to a client, its commands wait until it has read. */
const mostUnsent = 1 << 20

type Awaiting = Extract<Outcome, { kind: 'awaits' }>
type Paused = Extract<Outcome, { kind: 'pauses' }>
interface Running {
  readonly tag: string
  readonly command: Command
  /** The arguments as evidence shows them. */
  readonly text: string
}

/** How a connection came about. */
export interface Arrival {
  readonly connection: number
  readonly security: ImapSecurity
  readonly outlet: ImapOutlet
}

/** One connection to Gmail: reads commands, runs them one after the other, records what crosses the wire. */
export class Session implements ImapInlet {
  readonly #gmail: GmailWorld
  readonly #security: ImapSecurity
  readonly #record: SessionRecord
  readonly #delivery: Delivery
  readonly #voice: Voice
  readonly #ending: SessionEnding
  readonly #onClose: () => void
  readonly #id: string
  readonly #enabled = new Set<Extension>()
  readonly #intake = new Intake(strangersLimits)
  #state: State = { name: 'not-authenticated' }
  #awaiting: (Running & { readonly outcome: Awaiting }) | undefined
  #paused: (Running & { readonly outcome: Paused }) | undefined
  #errors = 0
  #life: 'open' | 'silent' | 'closed' = 'open'
  #inTheClear: boolean
  /** What becomes of the connection behind the answer that is being given. */
  #next: (() => void) | undefined
  /** Of the account, in lower case, once the client has proved who it is. */
  address: string | undefined

  constructor({ connection, security, outlet }: Arrival, gmail: GmailWorld, onClose: () => void) {
    this.#gmail = gmail
    this.#security = security
    this.#record = new SessionRecord(gmail, connection)
    this.#delivery = new Delivery(outlet, gmail.clock)
    this.#voice = new Voice(gmail, this.#record, this.#delivery, (effect) => void strike(effect, this.#struck()))
    this.#ending = new SessionEnding(gmail, () => this.expire())
    this.#onClose = onClose
    this.#id = opaqueId(gmail)
    this.#inTheClear = security.startsWith('starttls')
    this.#record.write('imap.conn.open', { connection, security })
  }

  /** Says the first words; faults may end the session there. */
  begin(): void {
    this.#delivery.turn(() => this.#greet())
  }

  receive(octets: Uint8Array): boolean {
    if (this.#life !== 'open') return true
    const kept = this.#intake.add(octets)
    this.#work()
    if (!kept) this.bye('too-many-errors', byeText('too-many-in-flight'))
    return this.#roomy
  }

  drained(): void {
    this.#work()
  }

  closed(): void {
    this.#close('client')
  }

  /** Answers are on their way that the client has not got, or it has yet to log in. */
  get busy(): boolean {
    return this.#life === 'open' && (this.#delivery.unsent > 0 || this.address === undefined)
  }

  /** The policy about the end of sessions changed. */
  reconsiderEnd(): void {
    this.#ending.reconsider()
  }

  /** Says goodbye and ends the connection. */
  bye(reason: ByeReason, text: string): void {
    if (this.#life === 'open') this.#voice.bye(reason, text)
    this.#close('server')
  }

  #greet(): void {
    if (this.#meets('connection') === 'over') return
    const preauth = this.#security === 'preauth'
    this.#say(`* ${wordsOf(preauth ? 'preauth' : 'greeting', { address: '127.0.0.1', id: this.#id })}`)
    if (preauth) this.#belongTo(this.#gmail.firstAccount)
    this.#meets('greeting')
  }

  /** PREAUTH (RFC 3501 §7.1.4): nobody has to prove anything. */
  #belongTo(account: string): void {
    this.address = account.toLowerCase()
    this.#intake.limits = usersLimits
    this.#state = { name: 'authenticated', store: this.#gmail.storeOf(account) }
  }

  get #roomy(): boolean {
    return this.#delivery.unsent < mostUnsent
  }

  /** Commands run one after the other, as long as the client reads what it is told. */
  #work(): void {
    this.#delivery.turn(() => {
      while (this.#life === 'open' && this.#roomy) if (!this.#resume() && !this.#hear()) break
    })
  }

  #hear(): boolean {
    try {
      const framed = this.#intake.next()
      if (framed !== undefined) this.#take(framed)
      return framed !== undefined
    } catch (error) {
      if (!(error instanceof DeflateError)) throw error
      this.bye('too-many-errors', byeText('undeflatable'))
      return false
    }
  }

  /** Goes on with a command that waited until its client had read. */
  #resume(): boolean {
    const paused = this.#paused
    if (paused === undefined) return false
    this.#paused = undefined
    this.#settle(paused, paused.outcome.resume())
    return true
  }

  #take(framed: Framed): void {
    if (framed.kind === 'literal-announced') this.#askForLiteral()
    else if (framed.kind === 'refused') this.#refuse(framed)
    else if (this.#awaiting !== undefined) this.#continue(this.#awaiting, framed)
    else this.#command(framed)
  }

  #askForLiteral(): void {
    if (this.#meets('continuation') !== 'over') this.#say('+ go ahead')
  }

  #refuse({ text, problem, fatal }: Extract<Framed, { kind: 'refused' }>): void {
    const [, first = '*', verb = ''] = /^([^\s(){%*"\\+]{1,32}) (\w{1,20})/.exec(text) ?? []
    const tag = this.#awaiting?.tag ?? first
    this.#giveUp()
    this.#record.command(this.#state.name, tag, verb.toUpperCase(), '‹withheld›', problem)
    if (fatal) this.bye('too-many-errors', byeText('literal-too-large'))
    else this.#finish(tag, statusNamed('too-large', { id: this.#id }))
  }

  #command(line: CommandLine): void {
    const read = readCommand(line, {
      gmail: this.#gmail,
      record: this.#record,
      state: this.#state,
      enabled: this.#enabled,
      filling: { id: this.#id },
    })
    if ('words' in read) return this.#finish(read.tag, statusOf(read.words))
    this.#voice.slowDown(this.address)
    if (this.#meets(`command ${read.command.verb}`, read) === 'over') return
    this.#settle(read, read.ready.run(this.#exchange(read.tag)))
  }

  #continue({ outcome, ...running }: Running & { outcome: Awaiting }, { text }: CommandLine): void {
    this.#awaiting = undefined
    this.#settle(running, outcome.receive(text.replace(/\r$/, '')))
  }

  #settle(running: Running, outcome: Outcome): void {
    if (this.#life !== 'open') return
    if (outcome.kind === 'bye') return this.bye('refused', outcome.text)
    if (outcome.kind === 'awaits') return this.#await(running, outcome)
    if (outcome.kind === 'pauses') {
      const { tag, command, text } = running
      this.#paused = { tag, command, text, outcome }
      return
    }
    const { verb, holdsExpunge } = running.command
    this.#state = outcome.next
    if (this.#meets(`answer ${verb}`, running) !== 'over') {
      if (outcome.next.name === 'selected') this.#announce(outcome.next.mailbox, !holdsExpunge)
      this.#finish(running.tag, outcome.status)
      if (this.#meets(`after ${verb}`, running) !== 'over') this.#next?.()
    }
    this.#next = undefined
    if (outcome.next.name === 'logout') this.#close('server')
  }

  #await(running: Running, outcome: Awaiting): void {
    const { continuation, point } = outcome
    const aftermath = point === 'challenge' ? this.#meets(point, running) : 'on'
    this.#awaiting = { ...running, outcome }
    if (aftermath === 'over') return this.#giveUp()
    if (aftermath === 'on') this.#say(continuation === null ? '+' : `+ ${continuation}`)
    outcome.asked?.(aftermath === 'on' ? 'rules' : 'fault')
    if (point === 'idle' && this.#meets(point, running) === 'over') this.#giveUp()
  }

  /** Nothing that the client sends will be for the command that waited for it. */
  #giveUp(): void {
    this.#awaiting?.outcome.closed('server')
    this.#awaiting = undefined
  }

  #finish(tag: string, status: Status): void {
    if (this.#life !== 'open') return
    this.#voice.tagged(tag, status)
    this.#errors = status.condition === 'BAD' ? this.#errors + 1 : 0
    if (this.#errors >= mostErrors) this.bye('too-many-errors', byeText('too-many-errors'))
  }

  #exchange(tag: string): Exchange {
    const loggedIn = this.#state.name !== 'not-authenticated'
    return {
      tag,
      gmail: this.#gmail,
      enabled: this.#enabled,
      stage: loggedIn ? 'after-login' : this.#inTheClear ? 'in-the-clear' : 'before-login',
      security: this.#security,
      untagged: (...pieces) => this.#say('* ', ...pieces),
      record: (type, fields) => this.#record.write(type, fields),
      announce: (mailbox, expungeAllowed) => this.#announce(mailbox, expungeAllowed),
      authenticated: (address, expiresAt) => {
        this.address = address.toLowerCase()
        this.#intake.limits = usersLimits
        this.#ending.begin(expiresAt)
      },
      startTls: () => (this.#next = () => this.#startTls(tag)),
      compress: () => (this.#next = () => this.#compress()),
      compressed: this.#intake.inflates,
      roomy: () => this.#roomy,
      bye: (reason, text) => this.#voice.bye(reason, text),
      opaqueId: () => this.#id,
    }
  }

  #announce(mailbox: OpenMailbox, expungeAllowed: boolean): void {
    this.#delivery.turn(() => {
      for (const line of mailbox.updates(expungeAllowed, this.#enabled.has('CONDSTORE'))) this.#say(`* ${line}`)
    })
  }

  /** Its time is over: says so, where the policy wants that, and ends the connection. */
  expire(): void {
    this.#delivery.turn(() => {
      if (this.#meets('expiry') === 'over') return
      // In the middle of a response a BYE would be read as a part of it.
      const says = this.#gmail.policy.sessionEnd.bye && !this.#delivery.late
      if (says) return this.bye('session-expired', byeText('session-expired'))
      this.#delivery.cut()
      this.#close('server', 'session-expired')
    })
  }

  /** What the client sent behind the command came in the clear, from whomever (RFC 9051 §11.3): it is dropped. */
  #startTls(tag: string): void {
    this.#inTheClear = false
    this.#record.write('imap.starttls', { tag, discarded: this.#intake.discard() })
    this.#delivery.startTls()
  }

  /** RFC 4978 §3: from here on both ways are compressed. */
  #compress(): void {
    const deflater = new Deflater()
    this.#delivery.through((octets) => deflater.push(octets))
    this.#intake.inflate()
  }

  #close(by: 'client' | 'server', cause?: 'session-expired' | 'fault'): void {
    if (this.#life === 'closed') return
    this.#life = 'closed'
    this.#ending.cancel()
    this.#awaiting?.outcome.closed(by)
    this.#awaiting = undefined
    const { connection } = this.#record
    const { unterminated } = this.#intake
    this.#paused = undefined
    this.#record.write('imap.conn.close', { connection, by, unterminated, ...(cause === undefined ? {} : { cause }) })
    if (by === 'client') this.#delivery.cut()
    else this.#delivery.end()
    this.#onClose()
  }

  #say(...pieces: readonly Piece[]): void {
    if (this.#life === 'open') this.#voice.say(...pieces)
  }

  /** Whether a fault strikes here, and what it leaves to do. */
  #meets(point: ImapPoint | 'continuation', running?: Running): Aftermath {
    const place = { connection: this.#record.connection, text: running?.text ?? '' }
    const effect = this.#gmail.faults.at(point, place)
    return effect === undefined ? 'on' : strike(effect, this.#struck(running?.tag))
  }

  #struck(tag = '*'): Struck {
    return {
      gmail: this.#gmail,
      delivery: this.#delivery,
      tag,
      mailbox: this.#state.name === 'selected' ? this.#state.mailbox : undefined,
      say: (line) => this.#say(line),
      finish: (words) => this.#finish(tag, statusOf(words)),
      bye: (reason, text) => this.bye(reason, text),
      end: (reset) => {
        if (reset) this.#delivery.cut(true)
        this.#close('server', 'fault')
      },
      silence: () => {
        this.#delivery.silence()
        this.#life = 'silent'
      },
      refusal: (name) => refusalNamed(name, { id: this.#id }),
    }
  }
}

const byeText = (name: Parameters<typeof wordsOf>[0]): string => wordsOf(name).replace(/^BYE /, '')

/** In the shape of Gmail's own, such as `cf29mb85450632edb`; one for the whole of a connection. */
function opaqueId({ random }: GmailWorld): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz'
  const digits = '0123456789'
  return `${random.text(2, letters)}${random.text(2, digits)}mb${random.text(8, digits)}${random.text(3, letters)}`
}
