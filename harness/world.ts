import { createClock, type DrivenClock } from './clock.ts'
import { type OpenJournal, openJournal } from './journal.ts'
import type { Alterations } from './model/alteration.ts'
import type { Door } from './model/observation.ts'
import type { GmailDirector, GoogleDirector, Scenario, UserScript } from './model/scenario.ts'
import type { WorldFeature } from './model/world-feature.ts'
import type { ClientCredentials, WorldAccess } from './model/world.ts'
import { alteredHandlers } from '../mocks/doors/alteration.ts'
import { listenConnect } from '../mocks/doors/connect-proxy.ts'
import { createInterception } from '../mocks/doors/interception.ts'
import { listenImap } from '../mocks/doors/imap-listener.ts'
import { loopbackCallback } from '../mocks/doors/loopback-callback.ts'
import type { Pki } from '../mocks/doors/pki.ts'
import { listenHttps } from '../mocks/doors/tls-listener.ts'
import type { Core } from '../mocks/gmail/front/core-port.ts'
import { type GmailOptions, createGmail } from '../mocks/gmail/gmail.ts'
import { probeImapRules } from '../mocks/gmail/rules/probe-rules.ts'
import { createGoogle } from '../mocks/google/handlers.ts'
import { probeRules } from '../mocks/google/rules/probe-rules.ts'
import { createProject } from '../mocks/google/registration/projects.ts'
import type { MailboxServer } from '../mocks/mailbox-servers/mailbox-server.ts'
import type { Account, MockWorld } from '../mocks/mock-world.ts'
import { createUserAgent } from '../mocks/user-agent/user-agent.ts'
import { createRandom, seedOf } from './random.ts'
import { type SecretRegistry, openSecrets } from './secrets.ts'
import type { StageWorld } from './stages/stage.ts'

/** When every world begins: a plain working day, so that nothing hangs on a month's end or a change of clocks. */
const epoch = Date.UTC(2026, 0, 14, 9)

/** The one account of a world. example.com is reserved for documentation (RFC 2606). */
export const account: Account = { address: 'alice@example.com', sub: '110169484474386276334', name: 'Alice Example' }

export interface StoredMessage {
  readonly file: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly labels: readonly string[]
  readonly flags: readonly string[]
  readonly internalDate: number
}

export interface WorldOptions {
  readonly scenario: Scenario
  readonly door: Door
  /** The run's seed; the world's own derives from it and the scenario. */
  readonly seed: number
  readonly client: ClientCredentials
  readonly mailbox: readonly StoredMessage[]
  readonly pki: Pki
  /** What holds the mail behind Gmail's front; a store of our own unless told. */
  readonly server?: MailboxServer | undefined
  /** A proxy leads to the mocks and nowhere else, for subjects whose requests nobody can catch. */
  readonly proxied?: boolean
  /** Breaks the world's mocks on purpose. */
  readonly alterations?: Alterations
}

export interface World extends AsyncDisposable {
  readonly journal: OpenJournal
  readonly secrets: SecretRegistry
  readonly clock: DrivenClock
  /** What the stage is told. */
  access(): WorldAccess
  readonly stage: StageWorld
  readonly google: GoogleDirector
  readonly gmail: GmailDirector
  probeGoogle(): Promise<void>
  probeGmail(): Promise<void>
  user(script: Partial<UserScript>): void
  /** What its mailboxes cannot do that Gmail's can, and why. */
  readonly lacks: ReadonlyMap<WorldFeature, string>
  /** Where the proxy listens on loopback, if there is one. */
  readonly proxy: number | undefined
  /** Work of the mocks that has begun and not ended: a quiet journal alone does not show it. */
  busy(): boolean
  /** A mailbox server, which lives in real time, has yet to answer. */
  owes(): boolean
  /** Lower-case hexadecimal SHA-256 of a stored message's bytes. */
  messageSha256(address: string, folder: string, uid: number): Promise<string | undefined>
}

/** Opens one isolated world: authorization server, Gmail, user agent, clock, mailbox, faults and journal of its own. */
export async function openWorld(options: WorldOptions): Promise<World> {
  const { scenario, door, seed, client, mailbox, pki, server, proxied = false, alterations = {} } = options
  const own = seedOf(seed, scenario.id)
  const random = createRandom(own)
  const clock = createClock(epoch)
  const secrets = openSecrets(random)
  const journal = openJournal({ scenario: scenario.id, door, seed }, clock.elapsed)
  const mocks: MockWorld = { journal, secrets, clock, random }
  journal.record('scenario', 'scenario.start', { scenario: scenario.id, seed, epoch: new Date(epoch).toISOString() })
  secrets.learn('client-secret', client.client_secret)

  const setup = scenario.google ?? {}
  const google = createGoogle(mocks, {
    clients: [{ ...client, project: createProject(client.client_id.split('-')[0]!, setup.project) }],
    accounts: [{ ...account, ...setup.account }],
    overTls: door === 'tls',
    ...(setup.switches === undefined ? {} : { switches: setup.switches }),
  })
  const handlers = alteredHandlers(google.handlers, alterations.google)
  const mail = {
    mailboxes: { [account.address]: mailbox },
    ...(scenario.mail === undefined ? {} : { mail: scenario.mail }),
  }
  const gmail = createGmail(mocks, {
    lookup: google.lookup,
    ...mail,
    ...(server === undefined ? {} : { core: await coreOf(mocks, server, mail) }),
  })
  const interception = createInterception(mocks, handlers)
  const userAgent = createUserAgent(mocks, {
    fetch: (request) => interception.respond(request, 'user-agent'),
    callback: loopbackCallback,
    account,
  })
  const https = door === 'tls' ? await listenHttps(mocks, handlers, { ...pki, security: google.security }) : undefined
  const imap = await listenImap(gmail, pki, { alteration: alterations.imap })
  const hosts = https === undefined ? {} : Object.fromEntries(google.hosts.map((host) => [host, https.port]))
  const proxy = proxied ? await listenConnect(mocks, routesTo(hosts, imap.port)) : undefined
  const vaultKey = btoa(String.fromCharCode(...random.bytes(32)))
  secrets.learn('vault-key', vaultKey)

  let underWay = 0
  const counted = async <T>(work: Promise<T>): Promise<T> => {
    underWay += 1
    return work.finally(() => (underWay -= 1))
  }
  return {
    journal,
    secrets,
    clock,
    google,
    gmail: {
      ...gmail,
      deliver(address, fixture) {
        const message = mailbox.find(({ file }) => file === fixture)
        if (message === undefined) throw new Error(`no message is named ${fixture}`)
        gmail.deliver(address, message.bytes)
      },
    },
    access: () => ({
      scenario: scenario.id,
      seed: own,
      now: clock.now(),
      door,
      issuer: 'https://accounts.google.com',
      client,
      hosts,
      imap: { host: '127.0.0.1', port: imap.port, servername: 'imap.gmail.com' },
      ca: pki.ca,
      vaultKey,
    }),
    stage: {
      respond: (request) => counted(interception.respond(request, 'subject')),
      browse: (url) => counted(userAgent.open(url)),
    },
    probeGoogle: () => probeRules(mocks, account, alterations.google),
    probeGmail: () => probeImapRules(mocks, alterations.imap),
    user: (script) => userAgent.script(script),
    lacks: gmail.lacks,
    proxy: proxy?.port,
    owes: () => gmail.owes(),
    busy: () => underWay > 0 || imap.unsettled() || https?.unsettled() === true || gmail.busy(),
    messageSha256: (address, folder, uid) => gmail.messageSha256(address, folder, uid),
    async [Symbol.asyncDispose]() {
      journal.seal()
      gmail.close()
      await proxy?.[Symbol.asyncDispose]()
      await imap[Symbol.asyncDispose]()
      await https?.[Symbol.asyncDispose]()
    },
  }
}

const routesTo = (hosts: Readonly<Record<string, number>>, imap: number): Readonly<Record<string, number>> => ({
  ...Object.fromEntries(Object.entries(hosts).map(([host, port]) => [`${host}:443`, port])),
  'imap.gmail.com:993': imap,
})

/** Loaded where it is asked for: most runs need no server but their own. */
async function coreOf(mocks: MockWorld, server: MailboxServer, mail: Omit<GmailOptions, 'lookup'>): Promise<Core> {
  const { serverCore } = await import('../mocks/mailbox-servers/protocol-proxy.ts')
  return serverCore(mocks, { server, ...mail })
}
