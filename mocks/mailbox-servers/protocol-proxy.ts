import { Fault } from '../../harness/model/fault.ts'
import type { MailSetup } from '../../harness/model/mail-setup.ts'
import type { WorldFeature } from '../../harness/model/world-feature.ts'
import type { NewMessage } from '../gmail/core/message.ts'
import { mailRules } from '../gmail/core/switches.ts'
import type { Disturbed } from '../gmail/faults/strike.ts'
import type { Core, RelayClient } from '../gmail/front/core-port.ts'
import type { State } from '../gmail/state.ts'
import type { MockWorld } from '../mock-world.ts'
import { Account, ServerFailure } from './account.ts'
import { Capabilities } from './capabilities.ts'
import { dial } from './dial.ts'
import { disturbedAt } from './disturbance.ts'
import { examine, textOf } from './flags.ts'
import type { BackendLogin, MailboxServer } from './mailbox-server.ts'
import { ServerRelay } from './relay.ts'
import { append, fill, folders } from './seeding.ts'
import type { Dial } from './server-connection.ts'
import { specialFolders } from './special-folders.ts'

export interface ProxyOptions {
  readonly server: Pick<MailboxServer, 'host' | 'port' | 'openAccount'>
  /** What is put into the accounts, by address, oldest message first. */
  readonly mailboxes: Readonly<Record<string, readonly NewMessage[]>>
  readonly mail?: MailSetup
  /** How the server is reached; over TCP unless told. */
  readonly dial?: typeof dial
}

const lacks: ReadonlyMap<WorldFeature, string> = new Map([
  ['labels', 'a mailbox server knows folders and no labels'],
  ['gmail-identifiers', 'a mailbox server has no X-GM-MSGID and no X-GM-THRID'],
  ['gmail-search', 'a mailbox server does not know Gmail’s search language'],
  ['shared-flags', 'a message in several folders is several messages on a mailbox server'],
  ['mail-settings', 'a mailbox server has no settings of its mailboxes’ owners'],
  ['renumber', 'IMAP has no way to give a mailbox another UIDVALIDITY'],
])

/**
 * Puts a mailbox server that speaks plain IMAP behind the front of one world's Gmail: fills it with the world's mail, and
 * serves clients from it that the front has let in.
 *
 * @throws Fault `MAILBOX_SERVER_UNAVAILABLE` when it cannot be reached, refuses the login, or takes no mail
 */
export async function serverCore(world: MockWorld, { mailboxes, ...options }: ProxyOptions): Promise<Core> {
  const core = new ServerCore(world, options)
  try {
    for (const [address, messages] of Object.entries(mailboxes)) await core.openAccount(address, messages)
    return core
  } catch (error) {
    core.close()
    if (!(error instanceof ServerFailure)) throw error
    const { host, port } = options.server
    const hint = 'see whether the server runs, and whether its account takes mail'
    throw new Fault('MAILBOX_SERVER_UNAVAILABLE', `${error.message}, at ${host}:${port}`, hint, { cause: error })
  }
}

interface Clients {
  readonly login: BackendLogin
  readonly account: Account
  readonly relays: Set<ServerRelay>
  /** Mail that arrived before is there. */
  delivered: Promise<void>
}

class ServerCore implements Core {
  readonly lacks = lacks
  readonly #world: MockWorld
  readonly #server: ProxyOptions['server']
  readonly #dial: Dial
  readonly #rules: ReturnType<typeof mailRules>
  /** By address in lower case. */
  readonly #accounts = new Map<string, Promise<Clients>>()
  /** Those of them that are there. */
  readonly #opened = new Map<string, Clients>()
  #capabilities = new Capabilities([])
  #delimiter = '"/"'
  /** Work that clients would see the end of. */
  #underWay = 0
  /** Clients whose account the server has yet to open. */
  #opening = 0

  constructor(world: MockWorld, { server, mail, dial: reach = dial }: Omit<ProxyOptions, 'mailboxes'>) {
    this.#world = world
    this.#server = server
    this.#dial = reach(server.host, server.port)
    this.#rules = mailRules(mail)
  }

  /** An account of the world; every one has Gmail's folders. */
  async openAccount(address: string, messages: readonly NewMessage[] = []): Promise<Clients> {
    const key = address.toLowerCase()
    const opening = this.#accounts.get(key) ?? this.#openAccount(key, messages)
    this.#accounts.set(key, opening)
    return opening
  }

  async #openAccount(key: string, messages: readonly NewMessage[]): Promise<Clients> {
    const login = await this.#server.openAccount()
    this.#world.secrets.learn('password', login.password)
    const account = new Account(this.#dial, login, () => this.#capabilities.nonSynchronizing)
    await this.#learn(account)
    await fill(account, folders(this.#world, this.#rules, messages))
    const clients: Clients = { login, account, relays: new Set(), delivered: Promise.resolve() }
    this.#opened.set(key, clients)
    return clients
  }

  offers(capability: string): boolean {
    return this.#capabilities.offers(capability)
  }

  open(address: string, client: RelayClient, tell: (state: State | undefined) => void): void {
    this.#opening += 1
    const opened = (state: State | undefined): void => {
      this.#opening -= 1
      tell(state)
    }
    this.openAccount(address).then(
      (clients) => void clients.delivered.then(() => this.#open(clients, client, opened)),
      (error: Error) => {
        this.#accounts.delete(address.toLowerCase())
        client.unreachable(error.message)
        opened(undefined)
      },
    )
  }

  #open({ login, account, relays }: Clients, client: RelayClient, opened: (state: State | undefined) => void): void {
    const world = {
      dial: this.#dial,
      login,
      account,
      nonSynchronizing: () => this.#capabilities.nonSynchronizing,
      delimiter: this.#delimiter,
      enables: this.#capabilities.enables,
      translation: { special: specialFolders(this.#rules) },
      disturbed: (folder: string, relay: ServerRelay): Disturbed => disturbedAt(this.#world, account, folder, relay),
      changed: (by: ServerRelay) => this.#look([...relays].filter((relay) => relay !== by)),
      left: (relay: ServerRelay) => void relays.delete(relay),
    }
    const relay: ServerRelay = new ServerRelay(world, client, (state) => {
      if (state !== undefined) relays.add(relay)
      opened(state)
    })
  }

  deliver(address: string, message: NewMessage): void {
    const placed = folders(this.#world, this.#rules, [message]).flatMap(({ messages }) => messages)
    const arrive = async (clients: Clients): Promise<void> => {
      const work = clients.account.alone(async (ask) => {
        for (const each of placed) await append(ask, each)
      })
      // Whoever asks from now on finds it there.
      const delivered = work.catch(() => {})
      clients.delivered = delivered
      for (const relay of clients.relays) relay.after(delivered)
      await work
      this.#look([...clients.relays])
    }
    // Whoever asks in the same moment asks behind it.
    const clients = this.#opened.get(address.toLowerCase())
    this.#count(clients === undefined ? this.openAccount(address).then(arrive) : arrive(clients))
  }

  renumber(): void {
    this.#failed(lacks.get('renumber')!)
  }

  async messageBytes(address: string, folder: string, uid: number): Promise<Uint8Array | undefined> {
    try {
      const { account } = await this.openAccount(address)
      return await examine(account, folder, async (ask) => {
        const { lines } = await ask(`UID FETCH ${uid} (UID BODY.PEEK[])`)
        const line = lines.find((each) => new RegExp(`^\\* \\d+ FETCH .*\\bUID ${uid}\\b`, 'i').test(textOf(each)))
        const body = line?.pieces.find((piece) => typeof piece !== 'string')
        return typeof body === 'string' ? undefined : body?.literal
      })
    } catch (error) {
      if (error instanceof ServerFailure) return undefined
      throw error
    }
  }

  busy(): boolean {
    return this.#underWay > 0
  }

  owes(): boolean {
    return this.#underWay > 0 || this.#opening > 0
  }

  close(): void {
    for (const opening of this.#accounts.values())
      opening.then(
        ({ account, relays }) => {
          for (const relay of [...relays]) relay.closed()
          account.close()
        },
        () => {},
      )
  }

  /** What the server can do, once somebody has logged in. */
  async #learn(account: Account): Promise<void> {
    await account.alone(async (ask) => {
      const { lines } = await ask('CAPABILITY')
      this.#capabilities = new Capabilities(lines.map(textOf))
      const listed = (await ask('LIST "" ""')).lines.map(textOf)
      const delimiter = listed.map((line) => /^\* LIST \([^)]*\) ("(?:[^"\\]|\\.)"|NIL) /i.exec(line)?.[1])
      this.#delimiter = delimiter.find((each) => each !== undefined) ?? this.#delimiter
    })
  }

  /** Has idle sessions told at once. */
  #look(relays: readonly ServerRelay[]): void {
    for (const relay of relays) this.#count(new Promise<void>((looked) => relay.look(looked)))
  }

  #count(work: Promise<void>): void {
    this.#underWay += 1
    void work
      .catch((error: Error) => this.#failed(error.message))
      .finally(() => {
        this.#underWay -= 1
      })
  }

  #failed(problem: string): void {
    this.#world.journal.record('mailbox', 'imap.server.failed', { problem: this.#world.secrets.mask(problem) })
  }
}
