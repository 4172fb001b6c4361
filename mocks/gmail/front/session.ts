import type { ImapSecurity } from '../../../harness/model/gmail-setup.ts'
import type { ImapInlet } from '../../../harness/model/imap-carrier.ts'
import type { Command, Exchange, Extension } from '../command.ts'
import { appendLimit } from '../core/append-limit.ts'
import { disturbedOf } from '../core/disturbed.ts'
import type { OpenMailbox } from '../core/open-mailbox.ts'
import type { Disturbed } from '../faults/strike.ts'
import type { GmailWorld } from '../gmail-world.ts'
import { type Outcome, type State, standingOf } from '../state.ts'
import type { CommandLine, Framed } from '../wire/command-stream.ts'
import { DeflateError, Deflater } from '../wire/deflate.ts'
import { Intake } from '../wire/intake.ts'
import { readCommand } from './command-reader.ts'
import { type Arrival, Connection, type Told } from './connection.ts'
import type { Relay, RelayClient } from './core-port.ts'
import { exchangeOf } from './exchange.ts'
import { relayClientOf } from './relay-client.ts'
import type { ByeReason } from './voice.ts'
import { byeText, statusNamed, statusOf, wordsOf } from './words.ts'

const strangersLimits = { line: 65_536, literal: 8_192, nonSynchronizing: 4_096 }
const usersLimits = { line: 65_536, literal: appendLimit, nonSynchronizing: 4_096 }

type Awaiting = Extract<Outcome, { kind: 'awaits' }>
type Paused = Extract<Outcome, { kind: 'pauses' }>
interface Running extends Told {
  readonly command: Command
}

/** One client of Gmail: reads commands, has them served one after the other, records what crosses the wire. */
export class Session implements ImapInlet {
  readonly #gmail: GmailWorld
  readonly #security: ImapSecurity
  readonly #connection: Connection
  readonly #enabled = new Set<Extension>()
  readonly #intake = new Intake(strangersLimits)
  readonly #client: RelayClient
  #state: State = { name: 'not-authenticated' }
  /** The client’s place at a mailbox server, where one serves it. */
  #relay: Relay | undefined
  #awaiting: (Running & { readonly outcome: Awaiting }) | undefined
  #paused: (Running & { readonly outcome: Paused }) | undefined
  /** Something that is elsewhere under way has to end before the client is heard again. */
  #waits = false
  #inTheClear: boolean
  /** What becomes of the connection behind the answer that is being given. */
  #next: (() => void) | undefined
  /** Of the account, in lower case, once the client has proved who it is. */
  address: string | undefined

  constructor(arrival: Arrival, gmail: GmailWorld, onClose: () => void) {
    this.#gmail = gmail
    this.#security = arrival.security
    this.#inTheClear = arrival.security.startsWith('starttls')
    this.#connection = new Connection(arrival, gmail, {
      disturbed: () => this.#disturbed(),
      unterminated: () => this.#intake.unterminated,
      closed: (by) => {
        this.#giveUp(by)
        this.#paused = undefined
        this.#relay?.closed()
        onClose()
      },
    })
    this.#client = relayClientOf(this.#connection, () => this.#work())
  }

  /** Says the first words; faults may end the session there. */
  begin(): void {
    this.#connection.delivery.turn(() => this.#greet())
  }

  receive(octets: Uint8Array): boolean {
    if (!this.#connection.open) return true
    const kept = this.#intake.add(octets)
    this.#work()
    if (!kept) this.bye('too-many-errors', byeText('too-many-in-flight'))
    return this.#roomy && !(this.#waits && this.#intake.full)
  }

  drained(): void {
    this.#relay?.drained()
    this.#work()
  }

  closed(): void {
    this.#connection.close('client')
  }

  /** Answers are on their way that the client has not got, it has yet to log in, or a server has yet to answer. */
  get busy(): boolean {
    const { open, delivery } = this.#connection
    return open && (delivery.unsent > 0 || this.address === undefined || this.#waits)
  }

  /** The policy about the end of sessions changed. */
  reconsiderEnd(): void {
    this.#connection.ending.reconsider()
  }

  /** Its time is over. */
  expire(): void {
    this.#connection.expire()
  }

  /** Says goodbye and ends the connection. */
  bye(reason: ByeReason, text: string): void {
    this.#connection.bye(reason, text)
  }

  #greet(): void {
    if (this.#connection.meets('connection') === 'over') return
    const preauth = this.#security === 'preauth'
    const filling = { address: '127.0.0.1', id: this.#connection.id }
    this.#connection.say(`* ${wordsOf(preauth ? 'preauth' : 'greeting', filling)}`)
    if (preauth) this.#belongTo(this.#gmail.firstAccount)
    this.#connection.meets('greeting')
  }

  /** PREAUTH (RFC 3501 §7.1.4): nobody has to prove anything. */
  #belongTo(account: string): void {
    this.#waits = true
    this.#open(account, (state) => {
      this.#waits = false
      if (state === undefined) return this.bye('refused', byeText('server-gone'))
      this.address = account.toLowerCase()
      this.#intake.limits = usersLimits
      this.#state = state
      this.#work()
    })
  }

  #open(account: string, opened: (state: State | undefined) => void): void {
    this.#gmail.core.open(account, this.#client, (state) => {
      // Who has gone meanwhile needs no place any more.
      if (state?.name === 'relayed') this.#relay = state.relay
      if (this.#connection.open) opened(state)
      else this.#relay?.closed()
    })
  }

  get #roomy(): boolean {
    return this.#connection.roomy && (this.#relay?.roomy() ?? true)
  }

  /** Commands run one after the other, as long as the client reads what it is told. */
  #work(): void {
    const { delivery } = this.#connection
    delivery.turn(() => {
      while (this.#connection.open && !this.#waits && this.#roomy) if (!this.#resume() && !this.#hear()) break
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
    if (framed.kind === 'literal-announced') this.#askForLiteral(framed.text)
    else if (framed.kind === 'refused') this.#refuse(framed)
    else if (this.#awaiting !== undefined) this.#continue(this.#awaiting, framed)
    else this.#command(framed)
  }

  #askForLiteral(head: string): void {
    if (this.#connection.meets('continuation') === 'over') return
    const ask = (): void => this.#connection.say('+ go ahead')
    const diverted = this.#awaiting === undefined ? this.#relay?.divert(head) : undefined
    if (diverted === undefined) return ask()
    // The server is asked first.
    this.#waits = true
    this.#intake.divert((octets) => diverted.write(octets))
    diverted.begin(() => this.#proceed(ask))
  }

  #refuse({ text, problem, fatal }: Extract<Framed, { kind: 'refused' }>): void {
    const [, first = '*', verb = ''] = /^([^\s(){%*"\\+]{1,32}) (\w{1,20})/.exec(text) ?? []
    const tag = this.#awaiting?.tag ?? first
    this.#giveUp('server')
    this.#relay?.abandon()
    this.#connection.record.command(standingOf(this.#state), tag, verb.toUpperCase(), '‹withheld›', problem)
    if (fatal) this.bye('too-many-errors', byeText('literal-too-large'))
    else this.#connection.finish(tag, statusNamed('too-large', { id: this.#connection.id }))
  }

  #command(line: CommandLine): void {
    const { record, id } = this.#connection
    const reader = { gmail: this.#gmail, record, state: this.#state, enabled: this.#enabled, filling: { id } }
    const read = readCommand(line, reader)
    if ('words' in read) {
      this.#relay?.abandon()
      return this.#connection.finish(read.tag, statusOf(read.words))
    }
    this.#connection.voice.slowDown(this.address)
    if (this.#connection.meets(`command ${read.command.verb}`, read) === 'over') return this.#relay?.abandon()
    const exchange = this.#exchange(read.tag)
    this.#settle(read, this.#relay?.serve(read, line, exchange) ?? read.ready.run(exchange))
  }

  #continue({ outcome, ...running }: Running & { outcome: Awaiting }, { text }: CommandLine): void {
    this.#awaiting = undefined
    this.#settle(running, outcome.receive(text.replace(/\r$/, '')))
  }

  #settle(running: Running, outcome: Outcome): void {
    if (!this.#connection.open) return
    if (outcome.kind === 'waits') return this.#wait(running, outcome)
    if (outcome.kind === 'bye') return this.bye('refused', outcome.text)
    if (outcome.kind === 'awaits') return this.#await(running, outcome)
    if (outcome.kind === 'pauses') {
      const { tag, command, text } = running
      this.#paused = { tag, command, text, outcome }
      return
    }
    const { verb, holdsExpunge } = running.command
    this.#state = outcome.next
    if (this.#connection.meets(`answer ${verb}`, running) !== 'over') {
      if (outcome.next.name === 'selected') this.#announce(outcome.next.mailbox, !holdsExpunge)
      this.#connection.finish(running.tag, outcome.status)
      if (this.#connection.meets(`after ${verb}`, running) !== 'over') this.#next?.()
    }
    this.#next = undefined
    if (outcome.next.name === 'logout') this.#connection.close('server')
  }

  #wait(running: Running, outcome: Extract<Outcome, { kind: 'waits' }>): void {
    this.#waits = true
    outcome.begin((next) => this.#proceed(() => this.#settle(running, next)))
  }

  /** What was waited for is there. */
  #proceed(work: () => void): void {
    const full = this.#intake.full
    this.#waits = false
    this.#connection.delivery.turn(() => {
      work()
      this.#work()
    })
    if (full) this.#connection.resume()
  }

  #await(running: Running, outcome: Awaiting): void {
    const { continuation, point } = outcome
    const { tag, command, text } = running
    const aftermath = point === 'challenge' ? this.#connection.meets(point, running) : 'on'
    this.#awaiting = { tag, command, text, outcome }
    if (aftermath === 'over') return this.#giveUp('server')
    if (aftermath === 'on') this.#connection.say(continuation === null ? '+' : `+ ${continuation}`)
    outcome.asked?.(aftermath === 'on' ? 'rules' : 'fault')
    if (point === 'idle' && this.#connection.meets(point, running) === 'over') this.#giveUp('server')
  }

  /** Nothing that the client sends will be for the command that waited for it. */
  #giveUp(by: 'client' | 'server'): void {
    this.#awaiting?.outcome.closed(by)
    this.#awaiting = undefined
  }

  #exchange(tag: string): Exchange {
    const loggedIn = this.#state.name !== 'not-authenticated'
    return exchangeOf(this.#connection, {
      tag,
      enabled: this.#enabled,
      stage: loggedIn ? 'after-login' : this.#inTheClear ? 'in-the-clear' : 'before-login',
      security: this.#security,
      announce: (mailbox, expungeAllowed) => this.#announce(mailbox, expungeAllowed),
      open: (address, opened) => this.#open(address, opened),
      authenticated: (address, expiresAt) => {
        this.address = address.toLowerCase()
        this.#intake.limits = usersLimits
        this.#connection.ending.begin(expiresAt)
      },
      startTls: () => (this.#next = () => this.#startTls(tag)),
      compress: () => (this.#next = () => this.#compress()),
      compressed: this.#intake.inflates,
      roomy: () => this.#roomy,
    })
  }

  #announce(mailbox: OpenMailbox, expungeAllowed: boolean): void {
    this.#connection.delivery.turn(() => {
      for (const line of mailbox.updates(expungeAllowed, this.#enabled.has('CONDSTORE')))
        this.#connection.say(`* ${line}`)
    })
  }

  #disturbed(): Disturbed | undefined {
    if (this.#state.name === 'selected') return disturbedOf(this.#state.mailbox, (line) => this.#connection.say(line))
    return this.#relay?.disturbed
  }

  /** What the client sent behind the command came in the clear, from whomever (RFC 9051 §11.3): it is dropped. */
  #startTls(tag: string): void {
    this.#inTheClear = false
    this.#connection.record.write('imap.starttls', { tag, discarded: this.#intake.discard() })
    this.#connection.delivery.startTls()
  }

  /** RFC 4978 §3: from here on both ways are compressed. */
  #compress(): void {
    const deflater = new Deflater()
    this.#connection.delivery.through((octets) => deflater.push(octets))
    this.#intake.inflate()
  }
}
