import type { ObservationType, Observed } from '../../../harness/model/observation.ts'
import type { Command, Exchange, Extension, Ready } from '../command.ts'
import { commands } from '../commands.ts'
import type { OpenMailbox } from '../core/open-mailbox.ts'
import type { GmailWorld } from '../gmail-world.ts'
import { type Outcome, type State, type Status, bad } from '../state.ts'
import { CommandStream, type CommandLine, type Framed } from '../wire/command-stream.ts'
import { Decoder, GrammarError } from '../wire/decoder.ts'
import { type Piece, describeLine, encodeLine } from '../wire/encoder.ts'
import { appendLimit } from '../core/append-limit.ts'
import { greeting } from './greeting.ts'

/** Where a session's octets go. */
export interface Outlet {
  write(octets: Uint8Array): void
  /** Nothing more will be written. */
  end(): void
  /** Octets that were written and have not left. */
  unsent?(): number
}

/** Where a client's octets come in. */
export interface Inlet {
  receive(octets: Uint8Array): void
  /** The client ended the connection, or it broke. */
  closed(): void
}

const strangersLimits = { line: 65_536, literal: 8_192, nonSynchronizing: 4_096 }
const usersLimits = { line: 65_536, literal: appendLimit, nonSynchronizing: 4_096 }
const mostErrors = 10
const literal = /~?\{(\d+)\+?\}\r\n/g

type Awaiting = Extract<Outcome, { kind: 'awaits' }>
interface Running {
  readonly tag: string
  readonly command: Command
}

/** One connection to Gmail: reads commands, runs them one after the other, records what crosses the wire. */
export class Session implements Inlet {
  readonly connection: number
  readonly #gmail: GmailWorld
  readonly #outlet: Outlet
  readonly #onClose: () => void
  readonly #stream = new CommandStream(strangersLimits)
  readonly #enabled = new Set<Extension>()
  #state: State = { name: 'not-authenticated' }
  #awaiting: (Running & { readonly outcome: Awaiting }) | undefined
  #errors = 0
  #open = true
  #cancelExpiry: () => void = () => {}
  /** Of the account, in lower case, once the client has proved who it is. */
  address: string | undefined

  constructor(connection: number, gmail: GmailWorld, outlet: Outlet, onClose: () => void) {
    this.connection = connection
    this.#gmail = gmail
    this.#outlet = outlet
    this.#onClose = onClose
    this.#record('imap.conn.open', { connection })
    this.#send(`* ${greeting(this.#opaqueId())}`)
  }

  receive(octets: Uint8Array): void {
    for (const framed of this.#stream.push(octets)) {
      if (!this.#open) return
      this.#take(framed)
    }
  }

  closed(): void {
    this.#close('client')
  }

  get unsent(): number {
    return this.#outlet.unsent?.() ?? 0
  }

  /** Says goodbye and ends the connection. */
  bye(reason: Observed['imap.bye']['reason'], text: string): void {
    if (!this.#open) return
    this.#sayBye(reason, text)
    this.#close('server')
  }

  #take(framed: Framed): void {
    if (framed.kind === 'literal-announced') this.#send('+ go ahead')
    else if (framed.kind === 'refused') this.#refuse(framed)
    else if (this.#awaiting !== undefined) this.#continue(this.#awaiting, framed)
    else this.#command(framed)
  }

  #refuse({ text, problem, fatal }: Extract<Framed, { kind: 'refused' }>): void {
    const [, first = '*', verb = ''] = /^([^\s(){%*"\\+]{1,32}) (\w{1,20})/.exec(text) ?? []
    const tag = this.#awaiting?.tag ?? first
    this.#awaiting?.outcome.closed()
    this.#awaiting = undefined
    this.#recordCommand(tag, verb.toUpperCase(), '‹withheld›', problem)
    if (fatal) this.bye('too-many-errors', 'Literal too large.')
    else this.#finish(tag, bad(`Command too large. ${this.#opaqueId()}`))
  }

  #command(line: CommandLine): void {
    const read = this.#read(line)
    if ('problem' in read) return this.#finish(read.tag, bad(read.problem))
    const { tag, command, ready } = read
    this.#settle({ tag, command }, ready.run(this.#exchange(tag)))
  }

  /** Reads the whole command before anything is done, and records it. */
  #read(line: CommandLine): { tag: string; command: Command; ready: Ready } | { tag: string; problem: string } {
    const wire = new Decoder(line, this.#enabled.has('UTF8=ACCEPT'))
    let [tag, verb, text, secret] = ['*', '', '', true]
    try {
      tag = wire.tag()
      verb = wire.sp().keyword()
      if (verb === 'UID') verb += ` ${wire.sp().keyword()}`
      const command = commands.get(verb)
      secret = command?.secret ?? this.#state.name === 'not-authenticated'
      text = wire.rest.trimStart().replace(literal, '‹literal of $1 octets›')
      if (command === undefined) {
        this.#recordCommand(tag, verb, secret ? '‹withheld›' : text, 'unknown command')
        return { tag, problem: `Unknown command ${this.#opaqueId()}` }
      }
      const ready = command.read(wire, { state: this.#state, gmail: this.#gmail })
      const misplaced = command.allowedIn(this.#state.name) ? undefined : `not allowed in state ${this.#state.name}`
      this.#recordCommand(tag, verb, ready.shown ?? text, misplaced)
      return { tag, command, ready }
    } catch (error) {
      if (!(error instanceof GrammarError)) throw error
      this.#recordCommand(tag, verb, secret ? '‹withheld›' : text, error.message)
      return { tag, problem: `Could not parse command ${this.#opaqueId()}` }
    }
  }

  #continue({ tag, command, outcome }: Running & { outcome: Awaiting }, { text }: CommandLine): void {
    this.#awaiting = undefined
    this.#settle({ tag, command }, outcome.receive(text.replace(/\r$/, '')))
  }

  #settle(running: Running, outcome: Outcome): void {
    if (!this.#open) return
    if (outcome.kind === 'awaits') {
      this.#awaiting = { ...running, outcome }
      this.#send(`+ ${outcome.continuation}`)
      return
    }
    this.#state = outcome.next
    if (outcome.next.name === 'selected') this.#announce(outcome.next.mailbox, !running.command.holdsExpunge)
    this.#finish(running.tag, outcome.status)
    if (outcome.next.name === 'logout') this.#close('server')
  }

  #finish(tag: string, { condition, text }: Status): void {
    this.#send(`${tag} ${condition} ${text}`)
    this.#errors = condition === 'BAD' ? this.#errors + 1 : 0
    if (this.#errors >= mostErrors) this.bye('too-many-errors', 'Too many invalid commands.')
  }

  #exchange(tag: string): Exchange {
    return {
      tag,
      gmail: this.#gmail,
      enabled: this.#enabled,
      untagged: (...pieces) => this.#send('* ', ...pieces),
      record: (type, fields) => this.#record(type, fields),
      announce: (mailbox, expungeAllowed) => this.#announce(mailbox, expungeAllowed),
      authenticated: (address, expiresAt) => this.#authenticated(address, expiresAt),
      bye: (reason, text) => this.#sayBye(reason, text),
      opaqueId: () => this.#opaqueId(),
    }
  }

  #announce(mailbox: OpenMailbox, expungeAllowed: boolean): void {
    for (const line of mailbox.updates(expungeAllowed, this.#enabled.has('CONDSTORE'))) this.#send(`* ${line}`)
  }

  #authenticated(address: string, expiresAt: number): void {
    this.address = address.toLowerCase()
    this.#stream.limits = usersLimits
    this.#cancelExpiry = this.#gmail.clock.schedule(expiresAt, () => {
      if (this.#gmail.policy.sessionEnd === 'token-expiry')
        this.bye('session-expired', 'Session expired, please login again.')
    })
  }

  #sayBye(reason: Observed['imap.bye']['reason'], text: string): void {
    this.#record('imap.bye', { reason })
    this.#send(`* BYE ${text}`)
  }

  #close(by: 'client' | 'server'): void {
    if (!this.#open) return
    this.#open = false
    this.#cancelExpiry()
    this.#awaiting?.outcome.closed()
    this.#awaiting = undefined
    this.#record('imap.conn.close', { connection: this.connection, by, unterminated: this.#stream.unterminated })
    this.#outlet.end()
    this.#onClose()
  }

  #send(...pieces: readonly Piece[]): void {
    this.#record('imap.line.out', { line: this.#gmail.secrets.mask(describeLine(pieces)) })
    this.#outlet.write(encodeLine(pieces))
  }

  #recordCommand(tag: string, verb: string, text: string, problem?: string): void {
    const { mask } = this.#gmail.secrets
    this.#record('imap.cmd', {
      tag: shorten(mask(tag), 32),
      verb: shorten(verb, 20),
      arguments: mask(text),
      state: this.#state.name,
      ...(problem === undefined ? {} : { problem }),
    })
  }

  #record<T extends ObservationType>(type: T, fields: Observed[T]): void {
    this.#gmail.journal.record(`imap:${this.connection}`, type, fields)
  }

  #opaqueId(): string {
    return this.#gmail.random.text(17, 'abcdefghijklmnopqrstuvwxyz0123456789')
  }
}

/** What is longer is no tag and no verb: a client that sent its credentials out of turn, perhaps. */
const shorten = (word: string, longest: number): string => (word.length > longest ? `‹${word.length} octets›` : word)
