import type { MockWorld, TokenLookup } from '../mock-world.ts'
import type { NewMessage } from './core/message.ts'
import { type Inlet, type Outlet, Session } from './front/session.ts'
import { type FrontPolicy, type GmailWorld, createStores } from './gmail-world.ts'

export type { Inlet, Outlet } from './front/session.ts'

export interface GmailOptions {
  /** What the authorization server says of an access token. */
  readonly lookup: TokenLookup
  /** What lies in the accounts' mailboxes, by address, oldest message first. */
  readonly mailboxes: Readonly<Record<string, readonly NewMessage[]>>
}

/** A small Gmail: its IMAP front and its mail. Records what happens, answers as Gmail does, judges nothing. */
export interface Gmail {
  /** Begins a session over any carrier of octets; TLS is the carrier's affair. */
  serve(outlet: Outlet): Inlet
  /** Where the carrier's own events are recorded. */
  readonly journal: MockWorld['journal']
  /** The SASL mechanisms that clients are offered from now on. */
  offer(mechanisms: FrontPolicy['mechanisms']): void
  imapEnabled(account: string, enabled: boolean): void
  sessionEnd(policy: FrontPolicy['sessionEnd']): void
  /** New mail arrives in the account, in the inbox unless other labels are named. */
  deliver(account: string, bytes: Uint8Array, labels?: readonly string[]): void
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
export function createGmail(world: MockWorld, { lookup, mailboxes }: GmailOptions): Gmail {
  const sessions = new Set<Session>()
  const gmail: GmailWorld = {
    ...world,
    lookup,
    policy: { mechanisms: ['XOAUTH2', 'OAUTHBEARER'], sessionEnd: 'token-expiry', imapDisabled: new Set() },
    storeOf: createStores(world),
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
    serve(outlet) {
      const session: Session = new Session(++connections, gmail, outlet, () => sessions.delete(session))
      sessions.add(session)
      return session
    },
    messageBytes,
    async messageSha256(account, folder, uid) {
      const bytes = messageBytes(account, folder, uid)
      return bytes === undefined ? undefined : sha256(bytes)
    },
    ...director(gmail),
    busy: () => [...sessions].some((session) => session.unsent > 0 || session.address === undefined),
    close() {
      for (const session of [...sessions]) session.bye('shutdown', 'System shutdown.')
    },
  }
}

function director(gmail: GmailWorld): Pick<Gmail, 'offer' | 'imapEnabled' | 'sessionEnd' | 'deliver'> {
  const { policy } = gmail
  return {
    offer(mechanisms) {
      policy.mechanisms = [...mechanisms]
    },
    imapEnabled(account, enabled) {
      if (enabled) policy.imapDisabled.delete(account.toLowerCase())
      else policy.imapDisabled.add(account.toLowerCase())
    },
    sessionEnd(end) {
      policy.sessionEnd = end
    },
    deliver(account, bytes, labels = ['\\Inbox']) {
      gmail.storeOf(account).append({ bytes, labels, flags: [], internalDate: gmail.clock.now() })
    },
  }
}

async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)
  return Array.from(new Uint8Array(digest), (octet) => octet.toString(16).padStart(2, '0')).join('')
}
