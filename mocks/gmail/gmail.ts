import type { ImapSecurity } from '../../harness/model/gmail-setup.ts'
import type { MailSetup } from '../../harness/model/mail-setup.ts'
import type { ImapInlet, ImapOutlet } from '../../harness/model/imap-carrier.ts'
import type { MockWorld, TokenLookup } from '../mock-world.ts'
import type { NewMessage } from './core/message.ts'
import { mailRules } from './core/switches.ts'
import { type Direction, directorOf } from './director.ts'
import { Faults } from './faults/faults.ts'
import { Session } from './front/session.ts'
import { defaults } from './front/switches.ts'
import { wordsOf } from './front/words.ts'
import { type FrontPolicy, type GmailWorld, createStores } from './gmail-world.ts'

export interface GmailOptions {
  /** What the authorization server says of an access token. */
  readonly lookup: TokenLookup
  /** What lies in the accounts' mailboxes, by address, oldest message first. */
  readonly mailboxes: Readonly<Record<string, readonly NewMessage[]>>
  /** The owners' settings, and what the sources leave open about the mail store. */
  readonly mail?: MailSetup
}

/** A small Gmail: its IMAP front and its mail. Records what happens, answers as Gmail does, judges nothing. */
export interface Gmail extends Direction {
  /** Begins a session over any carrier of octets; TLS is the carrier's affair. */
  serve(outlet: ImapOutlet, security?: ImapSecurity): ImapInlet
  /** Where the carrier's own events are recorded. */
  readonly journal: MockWorld['journal']
  readonly secrets: MockWorld['secrets']
  /** What the carrier of the next connection has to be. */
  security(): ImapSecurity
  /** The octets of a message as any reader must get them; undefined when there is no such message. */
  messageBytes(account: string, folder: string, uid: number): Uint8Array | undefined
  /** Their SHA-256 in lower-case hexadecimal. */
  messageSha256(account: string, folder: string, uid: number): Promise<string | undefined>
  /** Answers are on their way that no client has got yet, or a client has yet to log in. */
  busy(): boolean
  /** Ends every session. */
  close(): void
}

/** Opens the Gmail of one world. */
export function createGmail(world: MockWorld, { lookup, mailboxes, mail: setup }: GmailOptions): Gmail {
  const sessions = new Set<Session>()
  const mail = mailRules(setup)
  const gmail: GmailWorld = {
    ...world,
    lookup,
    policy: newPolicy(),
    faults: new Faults(world),
    firstAccount: Object.keys(mailboxes)[0] ?? '',
    mail,
    storeOf: createStores(world, mail),
    connectionsOf: (address) => [...sessions].filter((session) => session.address === address.toLowerCase()).length,
  }
  for (const [address, messages] of Object.entries(mailboxes))
    for (const message of messages) gmail.storeOf(address).append(message)
  let connections = 0

  const messageBytes = (account: string, folder: string, uid: number): Uint8Array | undefined =>
    gmail
      .storeOf(account)
      .mailbox(folder)
      ?.entries()
      .find((entry) => entry.uid === uid)?.message.bytes

  return {
    journal: world.journal,
    secrets: world.secrets,
    security: () => gmail.policy.security,
    serve(outlet, security = 'tls') {
      const session: Session = new Session({ connection: ++connections, security, outlet }, gmail, () =>
        sessions.delete(session),
      )
      sessions.add(session)
      session.begin()
      return session
    },
    messageBytes,
    async messageSha256(account, folder, uid) {
      const bytes = messageBytes(account, folder, uid)
      return bytes === undefined ? undefined : sha256(bytes)
    },
    ...directorOf(gmail, sessions),
    busy: () => [...sessions].some((session) => session.busy),
    close() {
      for (const session of [...sessions]) session.bye('shutdown', wordsOf('shutdown').replace('BYE ', ''))
    },
  }
}

const newPolicy = (): FrontPolicy => ({
  mechanisms: ['XOAUTH2', 'OAUTHBEARER'],
  capabilities: {},
  sessionEnd: { beforeExpiry: 0, bye: true },
  security: 'tls',
  switches: defaults,
  refusals: new Map(),
  appPasswords: new Map(),
  throttled: new Map(),
})

async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)
  return Array.from(new Uint8Array(digest), (octet) => octet.toString(16).padStart(2, '0')).join('')
}
