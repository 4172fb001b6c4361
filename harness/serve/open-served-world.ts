import { alteredHandlers } from '../../mocks/doors/alteration.ts'
import { createInterception } from '../../mocks/doors/interception.ts'
import { listenConnect } from '../../mocks/doors/connect-proxy.ts'
import { listenImap } from '../../mocks/doors/imap-listener.ts'
import type { ListenAddress } from '../../mocks/doors/listen.ts'
import { type Pki, mailHost } from '../../mocks/doors/pki.ts'
import { listenHttps } from '../../mocks/doors/tls-listener.ts'
import { createGmail } from '../../mocks/gmail/gmail.ts'
import { createGoogle } from '../../mocks/google/handlers.ts'
import type { MockWorld } from '../../mocks/mock-world.ts'
import { createConsents } from '../../mocks/user-agent/consent.ts'
import { openJournal } from '../journal.ts'
import type { Alterations } from '../model/alteration.ts'
import { createRandom } from '../random.ts'
import { openSecrets } from '../secrets.ts'
import { createRunningClock } from './running-clock.ts'
import type { ServedWorld } from './served-world.ts'
import { begin, follow, withUnticked } from './world-course.ts'
import type { WorldSetup } from './world-setup.ts'

/** Where the doors are. */
export interface Doors<Address> {
  /** Google over TLS. */
  readonly google: Address
  readonly imap: Address
  /** The CONNECT proxy that leads to both. */
  readonly proxy: Address
}

export interface ServedWorldOptions {
  readonly setup: WorldSetup
  /** Of everything that this world makes up, tokens among others. */
  readonly seed: number
  readonly pki: Pki
  readonly at: Doors<ListenAddress>
  /** Breaks the mocks on purpose. */
  readonly alterations?: Alterations
}

export interface OpenServedWorld extends ServedWorld, AsyncDisposable {
  readonly ports: Doors<number>
}

/**
 * Opens one world that is played by hand: Google, Gmail and the proxy, in real time.
 *
 * @throws Fault `ADDRESS_UNAVAILABLE`; no door stays open then
 */
export async function openServedWorld({
  setup,
  seed,
  pki,
  at,
  alterations = {},
}: ServedWorldOptions): Promise<OpenServedWorld> {
  const random = createRandom(seed)
  const secrets = openSecrets(random)
  await using open = new AsyncDisposableStack()
  const clock = open.use(createRunningClock())
  const journal = openJournal({ scenario: 'serve', door: 'tls', seed }, clock.elapsed)
  const epoch = new Date(clock.now()).toISOString()
  journal.record('scenario', 'scenario.start', { scenario: 'serve', seed, epoch })
  const { clients, accounts, serviceAccounts, mailboxes, mail, course } = setup
  const mocks: MockWorld = { journal: follow(journal, (address) => signedIn(address)), secrets, clock, random }
  const google = createGoogle(mocks, { clients, accounts, serviceAccounts, switches: setup.google, overTls: true })
  const gmail = createGmail(mocks, { lookup: google.lookup, mailboxes, mail })
  gmail.turn(setup.gmail)
  const signedIn = begin(course, { google, gmail, clock })
  const { respond } = createInterception(mocks, google.handlers)
  const consent = createConsents(mocks, { accounts, fetch: (request) => respond(request, 'user-agent') })

  const https = open.use(
    await listenHttps(mocks, alteredHandlers(google.handlers, alterations.google), {
      ...pki,
      security: google.security,
      at: at.google,
    }),
  )
  const imap = open.use(await listenImap(gmail, pki, { at: at.imap, alteration: alterations.imap }))
  open.defer(() => gmail.close())
  const routes = {
    ...Object.fromEntries(google.hosts.map((host) => [`${host}:443`, https.port])),
    [`${mailHost}:993`]: imap.port,
  }
  const behind = dialable(at.google.host)
  const proxy = open.use(await listenConnect(mocks, routes, { ...at.proxy, behind }))
  open.defer(() => void journal.seal())
  const opened = open.move()
  return {
    ports: { google: https.port, imap: imap.port, proxy: proxy.port },
    accounts: accounts.map(({ address }) => address),
    clients: clients.map(({ client_id }) => client_id),
    clock,
    google,
    gmail,
    consent: (asked) => consent(withUnticked(course, asked)),
    observations: () => journal.soFar(),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/** Where this machine reaches what listens at an address: at any of its own, so on loopback too. */
export function dialable(host = '127.0.0.1'): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  return host === '::' ? '::1' : host
}
