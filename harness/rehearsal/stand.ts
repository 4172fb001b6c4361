import { createInterception } from '../../mocks/doors/interception.ts'
import { createGmail } from '../../mocks/gmail/gmail.ts'
import { createGoogle } from '../../mocks/google/handlers.ts'
import type { AccountRegistration } from '../../mocks/google/registration/accounts.ts'
import type { ServiceAccountRegistration } from '../../mocks/google/registration/service-accounts.ts'
import type { MockWorld } from '../../mocks/mock-world.ts'
import type { JourneyEnd } from '../../mocks/user-agent/browser.ts'
import { createConsents } from '../../mocks/user-agent/consent.ts'
import { createClock } from '../clock.ts'
import { openJournal } from '../journal.ts'
import type { ObservationType, Observed } from '../model/observation.ts'
import { createRandom } from '../random.ts'
import type { SecretRegistry } from '../secrets.ts'
import { type LoginAttempt, type LoginEnd, logIn } from './imap-login.ts'
import type { RegisteredAtGoogle } from './registered-client.ts'

export interface Registered extends RegisteredAtGoogle {
  readonly account: AccountRegistration
  readonly serviceAccounts: readonly ServiceAccountRegistration[]
}

/** One profile’s Google and Gmail, in this process and in simulated time. */
export interface Stand extends Disposable {
  readonly account: AccountRegistration
  /** Epoch milliseconds. */
  now(): number
  /** Seconds since the stand was opened. */
  elapsed(): number
  /** Lets time pass until so many milliseconds after the stand was opened. */
  waitUntil(elapsed: number): void
  /** Sends a form as the application. */
  post(url: string, form: Readonly<Record<string, string>>): Promise<Response>
  /** Plays the user, who agrees to everything, at an authorization URL. */
  consent(url: string): Promise<JourneyEnd>
  logIn(attempt: LoginAttempt): LoginEnd
  /** The newest observation of one type. */
  newest<T extends ObservationType>(type: T): Observed[T] | undefined
  /** What looks random to others: the same at every run. */
  text(length: number): string
}

const unreserved = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** @param start epoch milliseconds at which its time begins */
export function openStand(
  { clients, serviceAccounts, account, state, secretsDisabled }: Registered,
  secrets: SecretRegistry,
  { start, seed }: { readonly start: number; readonly seed: number },
): Stand {
  const clock = createClock(start)
  const random = createRandom(seed)
  const journal = openJournal({ scenario: 'rehearsal', door: 'interception', seed }, clock.elapsed)
  const world: MockWorld = { journal, secrets, clock, random }
  const google = createGoogle(world, { clients, accounts: [account], serviceAccounts })
  for (const { client_id, client_secret } of clients) {
    if (state !== 'active') google.setClient(client_id, state)
    if (secretsDisabled && client_secret !== '') google.setSecret(client_id, 0, false)
  }
  const gmail = createGmail(world, { lookup: google.lookup, mailboxes: { [account.address]: [] } })
  const { respond } = createInterception(world, google.handlers)
  const consents = createConsents(world, {
    accounts: [account],
    fetch: (request) => respond(request, 'user-agent'),
  })
  return {
    account,
    now: () => clock.now(),
    elapsed: () => Math.round(clock.elapsed() / 1000),
    waitUntil: (elapsed) => clock.set(start + elapsed),
    post: (url, form) => respond(formRequest(url, form), 'subject'),
    consent: (url) => consents({ url, account: account.address, decision: 'grant' }),
    logIn: (attempt) => logIn(gmail, attempt),
    newest: (type) => journal.soFar().findLast((observation) => observation.type === type)?.fields as never,
    text: (length) => random.text(length, unreserved),
    [Symbol.dispose]: () => gmail.close(),
  }
}

/** Bun sets no type beside other headers. */
const formRequest = (url: string, form: Readonly<Record<string, string>>): Request =>
  new Request(url, {
    method: 'POST',
    body: String(new URLSearchParams(form)),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
