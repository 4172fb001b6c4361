import type { Exchange } from '../gmail/command.ts'
import { ending } from '../gmail/core/words.ts'
import type { Disturbed } from '../gmail/faults/strike.ts'
import type { Read } from '../gmail/front/command-reader.ts'
import type { Passed, Relay, RelayClient } from '../gmail/front/core-port.ts'
import { type Outcome, type State, type Status, done } from '../gmail/state.ts'
import type { CommandLine } from '../gmail/wire/command-stream.ts'
import { Decoder } from '../gmail/wire/decoder.ts'
import type { Piece } from '../gmail/wire/encoder.ts'
import { login } from './account.ts'
import { commandOf } from './command-pieces.ts'
import { Diversion, messageAhead } from './diversion.ts'
import { enable } from './enable-command.ts'
import { watchFlags } from './flag-watch.ts'
import { idle } from './idle-command.ts'
import type { Idling } from './idling.ts'
import { passed } from './names.ts'
import type { RelayWorld } from './relay-world.ts'
import { Selected } from './selected.ts'
import { ServerConnection, withoutCapabilities } from './server-connection.ts'
import { withoutSpecialUse } from './special-folders.ts'
import { type Translation, translated } from './translation.ts'

/** Octets on their way to the server that no client may add to. */
const mostUnsent = 1 << 20
/** Octets of a response line that are kept until it has ended; with a fault in sight, those of any line that Gmail could send. */
const kept = 1 << 18
const keptForFaults = 1 << 26

/** Commands that the front answers whoever serves the others. */
const ofTheFront = new Set(['CAPABILITY', 'ID', 'LOGOUT', 'STARTTLS', 'COMPRESS', 'XYZZY', 'LOGIN', 'AUTHENTICATE'])
/** Commands after which other sessions see something else than before. */
const changing = /^(?:APPEND|CLOSE|(?:UID )?(?:STORE|EXPUNGE|COPY|MOVE|FETCH))$/

/** Responses that stand as they are, and say nothing of the mailbox; most of what is ever said. */
const ofAMessage = /^\* \d+ FETCH /i

/** One client's connection to the mailbox server, logged in with the fixed password of its account. */
export class ServerRelay implements Relay {
  readonly #world: RelayWorld
  readonly #client: RelayClient
  readonly #server: ServerConnection
  #selected: Selected | undefined
  #idling: Idling | undefined
  #diversion: Diversion | undefined
  #tag = ''
  #asked: Translation['asked'] = 'LIST'
  #midLine = false
  /** What happens from outside has happened. */
  #settled: Promise<void> | undefined

  constructor(world: RelayWorld, client: RelayClient, opened: (state: State | undefined) => void) {
    this.#world = world
    this.#client = client
    let waiting: typeof opened | undefined = opened
    const open = (state: State | undefined): void => {
      const told = waiting
      waiting = undefined
      told?.(state)
    }
    this.#server = new ServerConnection({
      dial: world.dial,
      nonSynchronizing: world.nonSynchronizing,
      kept: () => (client.waitsAt('literal') ? keptForFaults : kept),
      unasked: (line) => this.#hear(line),
      together: (work) => {
        client.together(work)
        if (!client.roomy()) this.#server.pause()
      },
      drained: () => client.resume(),
      failed: (problem) => {
        world.left(this)
        if (waiting === undefined) return client.failed(`the mailbox server ${problem}`)
        client.unreachable(`the mailbox server ${problem}`)
        open(undefined)
      },
    })
    this.#server.start({
      pieces: login(world.login),
      heard: () => {},
      ended: ({ condition }) => {
        if (condition === 'OK') return open({ name: 'relayed', relay: this })
        this.closed()
        client.unreachable('the mailbox server refused the login')
        open(undefined)
      },
    })
  }

  get stands(): 'authenticated' | 'selected' {
    return this.#selected === undefined ? 'authenticated' : 'selected'
  }

  get disturbed(): Disturbed | undefined {
    return this.#selected === undefined ? undefined : this.#world.disturbed(this.#selected.folder, this)
  }

  roomy(): boolean {
    return this.#server.unsent < mostUnsent
  }

  drained(): void {
    this.#server.resume()
  }

  closed(): void {
    this.#world.left(this)
    this.#server.end()
  }

  /** Has the server tell at once what changed, if the client idles. */
  look(looked: () => void): void {
    if (this.#idling === undefined) looked()
    else this.#idling.look(looked)
  }

  /** The next command waits for this. */
  after(work: Promise<void>): void {
    const settled = Promise.all([this.#settled, work]).then(() => {
      if (this.#settled === settled) this.#settled = undefined
    })
    this.#settled = settled
  }

  /** Tells the client something of its mailbox that the server did not say by itself. */
  tell(text: string): void {
    this.#client.pass(passed(text))
  }

  divert(head: string): Diversion | undefined {
    const command = messageAhead(head)
    const watched = this.#client.waitsAt('command APPEND') || this.#client.waitsAt('command *')
    if (command === undefined || watched) return undefined
    this.#diversion = new Diversion(this.#server, command, (line) => this.#hear(line))
    return this.#diversion
  }

  abandon(): void {
    const diversion = this.#diversion
    this.#diversion = undefined
    // A server that reads this as the end of APPEND has none to carry out.
    diversion?.end(' (\r\n', () => {})
  }

  serve(read: Read, line: CommandLine, exchange: Exchange): Outcome | undefined {
    const { verb } = read.command
    if (ofTheFront.has(verb)) return undefined
    const settled = this.#settled
    if (settled === undefined) return this.#serve(read, line, exchange)
    return { kind: 'waits', begin: (told) => void settled.then(() => told(this.#serve(read, line, exchange))) }
  }

  #serve(read: Read, line: CommandLine, exchange: Exchange): Outcome {
    const { verb } = read.command
    this.#tag = read.tag
    if (verb === 'NAMESPACE') return this.#namespace(exchange)
    if (verb === 'IDLE') return this.#idle(exchange)
    if (verb === 'ENABLE')
      return this.#waits((ended) =>
        enable(read.text, exchange, { has: this.#world.enables, run: (text, told) => this.#run([text], told), ended }),
      )
    if (verb === 'LIST') return this.#waits((ended) => this.#list(commandOf(line), ended))
    if (verb === 'XLIST') return this.#waits((ended) => this.#xlist(commandOf(line), ended))
    if (verb === 'SELECT' || verb === 'EXAMINE') return this.#waits((ended) => this.#select(verb, line, ended))
    if (verb === 'CLOSE' || verb === 'UNSELECT') return this.#waits((ended) => this.#close(line, ended))
    const run = (ended: (status: Status) => void): void => this.#run(commandOf(line), ended)
    return this.#waits((ended) => {
      const told = (status: Status): void => {
        if (changing.test(verb)) this.#world.changed(this)
        ended(status)
      }
      const diversion = this.#diversion
      this.#diversion = undefined
      if (diversion !== undefined) return diversion.end('\r\n', told)
      const selected = this.#selected
      const watch = selected === undefined ? undefined : watchFlags(read, selected, this.#world.account, this.#client)
      if (watch === undefined) return run(told)
      const uids = (set: string): Promise<string> => this.#uidsOf(set)
      watch(uids, () => new Promise(run)).then(told, (error: Error) => this.#client.failed(error.message))
    })
  }

  /** A command whose end is told when it is there. */
  #waits(begin: (ended: (status: Status) => void) => void): Outcome {
    const next: State = { name: 'relayed', relay: this }
    return { kind: 'waits', begin: (told) => begin((status) => told(done(next, withoutCapabilities(status)))) }
  }

  #run(pieces: readonly Piece[], ended: (status: Status) => void, heard = (line: Passed) => this.#hear(line)): void {
    this.#server.start({ pieces, heard, ended })
  }

  #hear(line: Passed): void {
    const begins = !this.#midLine
    this.#midLine = !line.ended
    if (!begins) return this.#client.pass(line)
    if (ofAMessage.test(line.head)) return this.#client.pass(line)
    this.#selected?.hear(line)
    const told = translated(line, { ...this.#world.translation, tag: this.#tag, asked: this.#asked })
    if (told !== undefined) this.#client.pass(told)
  }

  #namespace({ untagged }: Exchange): Outcome {
    untagged(`NAMESPACE (("" ${this.#world.delimiter})) NIL NIL`)
    return done({ name: 'relayed', relay: this }, ending('success'))
  }

  #list([first, ...more]: readonly Piece[], ended: (status: Status) => void): void {
    const { text, only } = more.length === 0 ? withoutSpecialUse(first as string) : { text: first!, only: false }
    if (only) this.#asked = 'SPECIAL-USE'
    this.#run([text, ...more], (status) => {
      this.#asked = 'LIST'
      ended(status)
    })
  }

  #xlist([first, ...more]: readonly Piece[], ended: (status: Status) => void): void {
    this.#asked = 'XLIST'
    this.#run([(first as string).replace(/^XLIST/i, 'LIST'), ...more], (status) => {
      this.#asked = 'LIST'
      ended(status)
    })
  }

  #select(verb: 'SELECT' | 'EXAMINE', line: CommandLine, ended: (status: Status) => void): void {
    // The mailbox that was selected is left even when the new one cannot be opened.
    this.#leave()
    const wire = new Decoder(line)
    wire.tag()
    wire.sp().keyword()
    const selected = new Selected(wire.sp().mailbox())
    this.#selected = selected
    this.#run(commandOf(line), (status) => {
      if (status.condition === 'OK') {
        selected.readOnly = /^\[READ-ONLY\]/i.test(status.text)
        const event = verb === 'SELECT' ? 'selected' : 'examined'
        this.#client.record('imap.mailbox', { event, ...selected.seen })
      } else this.#selected = undefined
      ended(status)
    })
  }

  #close(line: CommandLine, ended: (status: Status) => void): void {
    this.#run(commandOf(line), (status) => {
      if (status.condition === 'OK') this.#leave()
      this.#world.changed(this)
      ended(status)
    })
  }

  #leave(): void {
    if (this.#selected !== undefined) this.#client.record('imap.mailbox', { event: 'closed', ...this.#selected.seen })
    this.#selected = undefined
  }

  #idle(exchange: Exchange): Outcome {
    return idle(this.#server, exchange, {
      next: { name: 'relayed', relay: this },
      heard: (line) => this.#hear(line),
      idles: (idling) => (this.#idling = idling),
      failed: (problem) => this.#client.failed(problem),
    })
  }

  /** The UIDs of messages that the client names by number. What else the server says meanwhile is passed on. */
  async #uidsOf(set: string): Promise<string> {
    const uids: string[] = []
    return new Promise((resolve) => {
      this.#run(
        [`FETCH ${set} (UID)`],
        () => resolve(uids.join(',')),
        (line) => {
          const uid =
            line.pieces.length === 1
              ? /^\* \d+ FETCH \(UID (\d+)\)$/i.exec(`${line.pieces[0] as string}`)?.[1]
              : undefined
          if (uid === undefined) this.#hear(line)
          else uids.push(uid)
        },
      )
    })
  }
}
