import { readFileSync } from 'node:fs'
import { createClock } from '../../harness/clock.ts'
import { openJournal } from '../../harness/journal.ts'
import type { ImapSecurity } from '../../harness/model/gmail-setup.ts'
import type { ImapOutlet } from '../../harness/model/imap-carrier.ts'
import type { MailSetup } from '../../harness/model/mail-setup.ts'
import type { Journal, ObservationType, Observed } from '../../harness/model/observation.ts'
import { createRandom } from '../../harness/random.ts'
import { openSecrets } from '../../harness/secrets.ts'
import type { TokenStatus } from '../mock-world.ts'
import type { NewMessage } from './core/message.ts'
import type { Core } from './front/core-port.ts'
import { type Gmail, createGmail } from './gmail.ts'
import { latin1, octetsOf } from './wire/command-stream.ts'

export const alice = 'alice@example.com'
export const epoch = Date.UTC(2026, 0, 14, 9)
export const tokenLifetime = 3_599_000

const live = (address: string, scopes = ['https://mail.google.com/']): TokenStatus => ({
  status: 'live',
  address,
  scopes,
  expiresAt: epoch + tokenLifetime,
})

/** Tokens of every kind, each under a name that says what it is. */
export const tokens: Readonly<Record<string, TokenStatus>> = {
  'ya29.good-token-of-alice-0123456789': live(alice),
  'ya29.token-of-another-user-123456789': live('bob@example.com'),
  'ya29.token-with-a-wrong-scope-123456': live(alice, ['openid', 'https://www.googleapis.com/auth/gmail.readonly']),
  'ya29.token-that-is-expired-123456789': { status: 'expired', address: alice },
  'ya29.token-that-was-revoked-12345678': { status: 'revoked', address: alice },
}
export const goodToken = 'ya29.good-token-of-alice-0123456789'

/** The example account's messages, as a world begins with them. */
export function exampleMessages(): NewMessage[] {
  const directory = new URL('../../fixtures/mailboxes/', import.meta.url)
  const index = JSON.parse(readFileSync(new URL('index.json', directory), 'utf8')) as {
    messages: { file: string; labels: string[]; flags: string[]; internalDate: string }[]
  }
  return index.messages.map(({ file, labels, flags, internalDate }) => ({
    bytes: new Uint8Array(readFileSync(new URL(file, directory))),
    labels,
    flags,
    internalDate: Date.parse(internalDate),
  }))
}

export function openTestMocks() {
  const clock = createClock(epoch)
  const random = createRandom(1)
  const secrets = openSecrets(random)
  const journal = openJournal({ scenario: 'test', door: 'tls', seed: 1 }, clock.elapsed)
  return { clock, random, secrets, journal }
}

/** @param behind what serves clients in place of a mail store of our own, and the mocks that it was opened with */
export function openTestWorld(
  messages: readonly NewMessage[] = exampleMessages(),
  mail: MailSetup = {},
  behind?: { readonly mocks: ReturnType<typeof openTestMocks>; readonly core: Core },
) {
  const mocks = behind?.mocks ?? openTestMocks()
  const { clock, secrets, journal } = mocks
  const lookup = (token: string): TokenStatus => tokens[token] ?? { status: 'unknown' }
  const core = behind === undefined ? {} : { core: behind.core }
  const gmail = createGmail(mocks, { lookup, mailboxes: { [alice]: messages }, mail, ...core })
  return {
    clock,
    secrets,
    gmail,
    journalSize: (): number => journal.size,
    seal: (): Journal => journal.seal(),
    /** The fields of all observations of one type so far; ends the recording. */
    recorded: <T extends ObservationType>(type: T): Observed[T][] =>
      journal
        .seal()
        .observations.filter((observation) => observation.type === type)
        .map((observation) => observation.fields as Observed[T]),
  }
}

/** A client's end of a session without a network. */
export function connect(gmail: Gmail, security?: ImapSecurity) {
  let output = ''
  let writes: string[] = []
  let ended: 'end' | 'reset' | undefined
  let secured = false
  const outlet: ImapOutlet = {
    write(octets, sent) {
      output += latin1(octets)
      writes.push(latin1(octets))
      sent?.()
    },
    end: () => (ended ??= 'end'),
    reset: () => (ended ??= 'reset'),
    startTls: () => (secured = true),
  }
  const inlet = gmail.serve(outlet, security)
  const take = (): string => {
    const taken = output
    output = ''
    writes = []
    return taken
  }
  const greeting = take()
  return {
    inlet,
    greeting,
    /** What Gmail calls this connection. */
    id: /(\S+)\r\n$/.exec(greeting)?.[1] ?? '',
    get ended() {
      return ended !== undefined
    },
    get reset() {
      return ended === 'reset'
    },
    get secured() {
      return secured
    },
    /** Sends octets, if any, and gives what the server wrote since it was last heard, write by write. */
    writes(text = ''): string[] {
      inlet.receive(octetsOf(text))
      const taken = writes
      take()
      return taken
    },
    /** What the server said since the last call. */
    heard: take,
    /** Sends octets, one character each, and gives what the server answers. */
    send(text: string): string {
      inlet.receive(octetsOf(text))
      return take()
    },
    /** Sends one line and gives the lines of the answer. */
    say(line: string): string[] {
      inlet.receive(octetsOf(`${line}\r\n`))
      return take().split('\r\n').slice(0, -1)
    },
  }
}

export const xoauth2Of = (user: string, token: string): string => btoa(`user=${user}\x01auth=Bearer ${token}\x01\x01`)
export const oauthbearerOf = (user: string, token: string): string =>
  btoa(`n,a=${user},\x01host=imap.gmail.com\x01port=993\x01auth=Bearer ${token}\x01\x01`)

/** A session that is logged in as alice. */
export function loggedIn(gmail: Gmail) {
  const client = connect(gmail)
  client.say(`login AUTHENTICATE XOAUTH2 ${xoauth2Of(alice, goodToken)}`)
  return client
}
