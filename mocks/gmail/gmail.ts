import type { ImapSecurity } from '../../harness/model/gmail-setup.ts'
import type { MailSetup } from '../../harness/model/mail-setup.ts'
import type { ImapInlet, ImapOutlet } from '../../harness/model/imap-carrier.ts'
import type { WorldFeature } from '../../harness/model/world-feature.ts'
import type { MockWorld, TokenLookup } from '../mock-world.ts'
import { embeddedCore } from './core/embedded-core.ts'
import type { NewMessage } from './core/message.ts'
import { mailRules } from './core/switches.ts'
import { type Direction, directorOf } from './director.ts'
import { Faults } from './faults/faults.ts'
import type { Core } from './front/core-port.ts'
import { Session } from './front/session.ts'
import { defaults } from './front/switches.ts'
import { byeText } from './front/words.ts'
import type { FrontPolicy, GmailWorld } from './gmail-world.ts'

export interface GmailOptions {
  /** What the authorization server says of an access token. */
  readonly lookup: TokenLookup
  /** What lies in the accounts' mailboxes, by address, oldest message first. */
  readonly mailboxes: Readonly<Record<string, readonly NewMessage[]>>
  /** The owners' settings, and what the sources leave open about the mail store. */
  readonly mail?: MailSetup
  /** What serves clients that have logged in; unless told, a mail store of our own with the mailboxes’ messages. */
  readonly core?: Core
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
  /**
   * The octets of a message as any reader must get them; undefined when there is no such message, or when it lies with a
   * mailbox server, which has to be asked.
   */
  messageBytes(account: string, folder: string, uid: number): Uint8Array | undefined
  /** The SHA-256 of a message, wherever it lies, in lower-case hexadecimal. */
  messageSha256(account: string, folder: string, uid: number): Promise<string | undefined>
  /** What Gmail can do and this one cannot, and why. */
  readonly lacks: ReadonlyMap<WorldFeature, string>
  /** Answers are on their way that no client has got yet, or a client has yet to log in. */
  busy(): boolean
  /** A mailbox server, which lives in real time, has yet to answer. */
  owes(): boolean
  /** Ends every session. */
  close(): void
}

/** Opens the Gmail of one world. */
export function createGmail(world: MockWorld, options: GmailOptions): Gmail {
  const { lookup, mailboxes, mail: setup } = options
  const sessions = new Set<Session>()
  const mail = mailRules(setup)
  const embedded = options.core === undefined ? embeddedCore(world, mail, mailboxes) : undefined
  const core = options.core ?? embedded!
  const gmail: GmailWorld = {
    ...world,
    lookup,
    policy: newPolicy(),
    faults: new Faults(world),
    firstAccount: Object.keys(mailboxes)[0] ?? '',
    mail,
    core,
    connectionsOf: (address) => [...sessions].filter((session) => session.address === address.toLowerCase()).length,
  }
  let connections = 0

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
    messageBytes: (account, folder, uid) => embedded?.held(account, folder, uid),
    async messageSha256(account, folder, uid) {
      const bytes = await core.messageBytes(account, folder, uid)
      return bytes === undefined ? undefined : sha256(bytes)
    },
    lacks: core.lacks,
    ...directorOf(gmail, sessions),
    owes: () => core.owes(),
    busy: () => core.busy() || [...sessions].some((session) => session.busy),
    close() {
      for (const session of [...sessions]) session.bye('shutdown', byeText('shutdown'))
      core.close()
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
