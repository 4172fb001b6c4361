import { alice, connect, goodToken, openTestMocks, openTestWorld, xoauth2Of } from '../gmail/gmail.fixture.ts'
import type { NewMessage } from '../gmail/core/message.ts'
import { CommandStream, type CommandLine, latin1, octetsOf } from '../gmail/wire/command-stream.ts'
import { serverCore } from './protocol-proxy.ts'
import type { Dial, ServerEvents } from './server-connection.ts'

export const serverPassword = 'fixed-password-of-the-mailbox-server'
const anyLength = { line: 1e9, literal: 1e9, nonSynchronizing: 1e9 }

/** Lines that answer a command, CRLF added; `{tag}` stands for its tag. Undefined: as a server without any mail does. */
export type Answers = (command: string, literals: readonly string[]) => readonly string[] | undefined

/** One connection to a server that says what a test wants. */
export class ScriptedConnection {
  readonly #events: ServerEvents
  #stream = new CommandStream(anyLength)
  readonly #server: ScriptedServer
  /** The client of ours took the words back that it may be sent more. */
  paused = false
  ended = false
  /** Octets that it has not read. */
  unsent = 0
  #awaiting: string | undefined

  constructor(server: ScriptedServer, events: ServerEvents) {
    this.#server = server
    this.#events = events
  }

  say(...lines: readonly string[]): void {
    this.send(lines.map((line) => `${line}\r\n`).join(''))
  }

  send(text: string): void {
    if (!this.ended) this.#events.receive(octetsOf(text))
  }

  close(problem = 'ended the connection'): void {
    this.#events.closed(problem)
  }

  /** Reads what it was sent. */
  drain(): void {
    this.unsent = 0
    this.#events.drained()
  }

  receive(octets: Uint8Array): void {
    if (!this.#server.reads) this.unsent += octets.length
    for (const framed of this.#stream.push(octets)) {
      if (framed.kind === 'literal-announced') this.#announced(framed.text)
      else if (framed.kind === 'line') this.#take(framed)
    }
  }

  #announced(head: string): void {
    const refusal = this.#server.refusesLiterals
    if (refusal === undefined) return this.#later(() => this.say('+ more'))
    this.#stream = new CommandStream(anyLength)
    this.#later(() => this.say(refusal.replace('{tag}', head.split(' ')[0]!)))
  }

  #later(work: () => void): void {
    queueMicrotask(() => {
      if (!this.ended) work()
    })
  }

  #take({ text, literals }: CommandLine): void {
    const line = text.replace(/\r$/, '').replaceAll('\r\n', '')
    const [, tag = '', command = ''] = /^(\S+) (.*)$/s.exec(line) ?? ['', this.#awaiting ?? '', line]
    const idleEnds = line === 'DONE'
    const own = idleEnds ? this.#awaiting! : tag
    this.#server.commands.push(idleEnds ? 'DONE' : command)
    const answer = this.#server.answer(idleEnds ? 'DONE' : command, literals.map(latin1))
    if (command === 'IDLE') this.#awaiting = tag
    this.#later(() => this.say(...answer.map((each) => each.replaceAll('{tag}', own))))
  }
}

/** A mailbox server without a network. */
export class ScriptedServer {
  readonly commands: string[] = []
  readonly connections: ScriptedConnection[] = []
  /** Nobody listens. */
  down = false
  /** Whether it takes what it is sent. */
  reads = true
  greeting = '* OK ready'
  capabilities = 'IMAP4rev1 IDLE UIDPLUS MOVE UNSELECT ENABLE CONDSTORE X-GM-EXT-1 SORT THREAD=REFS LITERAL+ QUOTA'
  answers: Answers = () => undefined
  /** What is said to a command in place of asking for its literal. */
  refusesLiterals: string | undefined

  /** The newest: a client’s, once one has logged in. */
  get last(): ScriptedConnection {
    return this.connections.at(-1)!
  }

  readonly dial = (): Dial => (events) => {
    const connection = new ScriptedConnection(this, events)
    this.connections.push(connection)
    queueMicrotask(() => {
      if (this.down) connection.close('connect ECONNREFUSED')
      else connection.say(this.greeting)
    })
    return {
      write: (octets) => connection.receive(octets),
      unsent: () => connection.unsent,
      pause: () => (connection.paused = true),
      resume: () => (connection.paused = false),
      expect: () => {},
      end: () => (connection.ended = true),
    }
  }

  answer(command: string, literals: readonly string[]): readonly string[] {
    const own = this.answers(command, literals)
    if (own !== undefined) return own
    if (command === 'CAPABILITY') return [`* CAPABILITY ${this.capabilities}`, '{tag} OK done']
    if (command === 'LIST "" ""') return ['* LIST (\\Noselect) "/" ""', '{tag} OK done']
    if (command === 'IDLE') return ['+ idling']
    if (command.startsWith('SELECT') || command.startsWith('EXAMINE'))
      return ['* 3 EXISTS', '* OK [UIDVALIDITY 7] valid', '{tag} OK [READ-WRITE] done']
    return ['{tag} OK done']
  }
}

/** Lets promises, and what they lead to, settle. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 60; turn++) await Promise.resolve()
}

/** A world whose mail lies with a scripted server, filled and forgotten. */
export async function openProxied(server = new ScriptedServer(), messages: readonly NewMessage[] = []) {
  const mocks = openTestMocks()
  const core = await serverCore(mocks, {
    server: { host: '', port: 0, openAccount: async () => ({ user: 'box1', password: serverPassword }) },
    mailboxes: { [alice]: messages },
    dial: server.dial,
  })
  const world = openTestWorld([], {}, { mocks, core })
  const filled = server.commands.splice(0)
  const client = connect(world.gmail)
  /** Sends lines and gives what was said until nothing more happens. */
  const say = async (...lines: readonly string[]): Promise<string[]> => {
    const answers: string[] = []
    for (const line of lines) {
      answers.push(...client.say(line))
      await settled()
      answers.push(...client.heard().split('\r\n').slice(0, -1))
    }
    return answers
  }
  return {
    world,
    server,
    client,
    /** What the server was told when the world opened. */
    filled,
    say,
    async login(): Promise<string[]> {
      const answer = await say(`login AUTHENTICATE XOAUTH2 ${xoauth2Of(alice, goodToken)}`)
      server.commands.splice(0)
      return answer
    },
  }
}

/** The same, with a client that is logged in, and answers from then on. */
export async function loggedIn(answers: Answers = () => undefined, server = new ScriptedServer()) {
  const proxied = await openProxied(server)
  await proxied.login()
  server.answers = answers
  return proxied
}
