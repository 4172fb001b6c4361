import type { Act, ActOutcome } from './act.ts'
import type { AccountPolicy, AccountState, ClientState, GoogleSetup } from './google-setup.ts'
import type {
  BearerMechanismName,
  CapabilityChange,
  GmailRefusal,
  GmailSwitches,
  ImapSecurity,
  SessionEnd,
} from './gmail-setup.ts'
import type { GoogleSwitches } from './google-switches.ts'
import type { ImapFault } from './imap-fault.ts'
import type { MailSetup } from './mail-setup.ts'
import type { CallbackVariant, Door } from './observation.ts'
import type { ResponseFault } from './response-fault.ts'
import type { TlsSecurity } from './tls-security.ts'

/** How a scripted user behaves in the browser. */
export interface UserScript {
  /** Whether access is granted on the consent screen; `leave` closes the window there. */
  readonly decision: 'allow' | 'deny' | 'leave'
  /** Which of the scopes that may be unticked stay ticked. */
  readonly ticks: 'all' | readonly string[]
  /** What the user does at the warning that Google has not verified the application. */
  readonly warning: 'continue' | 'back'
  /** Seconds for which access is granted, where the consent screen offers a limit; null: without limit. */
  readonly accessFor: number | null
  /** What reaches the redirection endpoint, in order; `['true']` unless told. */
  readonly callbacks: readonly CallbackVariant[]
}

/** A named flaw in the id_token that is issued next. */
export type IdTokenDefect =
  | 'wrong-issuer'
  | 'wrong-audience'
  | 'wrong-authorized-party'
  | 'expired'
  | 'wrong-nonce'
  | 'no-nonce'
  | 'wrong-signature'
  | 'alg-none'
  | 'alg-hs256'
  | 'unknown-key'

/**
 * What time ends at Google. `access-tokens`: their hour is over. `refresh-tokens`: nobody used them for six months.
 * `consents`: those that time ends at all, after seven days of Testing or when access was granted for a time; their refresh
 * tokens end with them (Google, OAuth 2.0 overview).
 */
export type Perishable = 'access-tokens' | 'refresh-tokens' | 'consents'

/** What befalls one world's Google. Accounts are named by address, clients by `client_id`. */
export interface GoogleDirector {
  /** @throws for a transport fault in a world whose door shows none */
  fault(fault: ResponseFault): void
  clearFaults(): void
  /**
   * What connections to Google's hosts meet from now on; those that stand go on.
   *
   * @throws in a world whose door is not TLS
   */
  secure(security: TlsSecurity): void
  idTokenDefect(defect: IdTokenDefect | null): void
  /** Turns switches from now on. */
  turn(switches: Partial<GoogleSwitches>): void
  /** The user takes the application's access away on the account's own page. */
  removeAccess(account: string): void
  /** Ends at once what time would end, of one account; returns how many that were. */
  expire(account: string, what: Perishable): number
  changePassword(account: string): void
  /** Google or an administrator disables or deletes the account, or makes it active again. */
  setAccount(account: string, state: AccountState): void
  /** How the administrator treats the application from now on. */
  setPolicy(account: string, policy: AccountPolicy): void
  /** The developer presses "Publish app" in the client's project. */
  publish(clientId: string): void
  /** The developer disables, deletes or restores a client; Google deletes inactive ones. */
  setClient(clientId: string, state: ClientState): void
  /** The developer disables or enables one of the client's secrets, told by its place. */
  setSecret(clientId: string, index: number, enabled: boolean): void
  /**
   * An administrator enters a service account for domain-wide delegation: the numeric client ID counts, an e-mail address
   * does nothing.
   */
  delegate(delegation: {
    readonly clientId: string
    /** Workspace domain. */
    readonly organisation: string
    readonly scopes: readonly string[]
  }): void
  setServiceAccount(email: string, state: ClientState): void
  /** The developer enables, disables or removes a key, named by its ID. */
  setServiceAccountKey(email: string, keyId: string, state: 'enabled' | 'disabled' | 'removed'): void
}

/** What befalls one world's Gmail. Accounts are named by address. */
export interface GmailDirector {
  /** The SASL mechanisms for tokens that clients are offered from now on. */
  offer(mechanisms: readonly BearerMechanismName[]): void
  /** What else the capability lists hold or lack from now on. What is withdrawn is refused as well. */
  advertise(change: CapabilityChange): void
  /** An administrator switches IMAP off or on for the account's domain. */
  imapEnabled(account: string, enabled: boolean): void
  /** How every login of the account ends from now on, its credentials being good; null: as they deserve. */
  refuse(account: string, refusal: GmailRefusal | null): void
  /** Makes a password of sixteen letters that opens IMAP (Google, "Sign in with app passwords"). */
  createAppPassword(account: string): string
  /** Gmail slows the account down: each answer says so and comes so many simulated milliseconds late; null: no more. */
  throttle(account: string, delay: number | null): void
  /** Whether, when and how sessions end by themselves; open ones too. */
  sessionEnd(policy: Partial<SessionEnd>): void
  /** Ends the account's sessions now, as at the end of their time; returns how many that were. */
  expireSessions(account: string): number
  /** What connections to the IMAP port meet from now on. */
  secure(security: ImapSecurity): void
  /** Turns switches from now on. */
  turn(switches: Partial<GmailSwitches>): void
  fault(fault: ImapFault): void
  clearFaults(): void
  /** New mail arrives in the inbox. */
  deliver(account: string, fixture: string): void
  /** The mailbox gets another UIDVALIDITY, its messages other UIDs. */
  renumber(account: string, folder: string): void
}

export interface StageDirector {
  /** Ends the process or thread and starts the subject anew over the same home directory. */
  restart(): Promise<void>
  /** Records mode and content scan of every file under the subject's home, and of what it printed. */
  inspect(): Promise<void>
}

/** What a scenario may do. It acts; it never asserts. */
export interface Script {
  /** The account that the user owns. */
  readonly account: string
  readonly google: GoogleDirector
  readonly gmail: GmailDirector
  readonly stage: StageDirector
  readonly clock: {
    /** Advances simulated time, stopping at every timer that falls due on the way. */
    advance(milliseconds: number): Promise<void>
  }
  user(script: Partial<UserScript>): void
  /** Reads the project's client files, settings and attestation as they lie there, without any network. */
  readConfiguration(): Promise<void>
  /** Asks an authorization server of the world's own making to keep and to break each rule that standards set for it. */
  probeGoogle(): Promise<void>
  /** Asks an IMAP server of the world's own making the same. */
  probeGmail(): Promise<void>
  /** Names what follows, so that checks can tell control from fault. */
  phase(name: string): void
  perform(act: Act): Promise<ActOutcome>
  /** Starts all acts before waiting for any. */
  together(acts: readonly Act[], meanwhile?: () => Promise<void>): Promise<readonly ActOutcome[]>
}

export type StageKind = 'worker' | 'child' | 'none'

export interface Scenario {
  readonly id: string
  readonly title: string
  readonly stage: StageKind
  readonly doors: readonly Door[]
  /** What the world's Google is like; a verified External application in production unless told. */
  readonly google?: GoogleSetup
  /** What the owner of the mail set in Gmail, and what the sources leave open about the mail store. */
  readonly mail?: MailSetup
  play(script: Script): Promise<void>
}

export const scenario = (statement: Scenario): Scenario => statement
