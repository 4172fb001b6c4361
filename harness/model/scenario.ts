import type { Act, ActOutcome } from './act.ts'
import type { AccountPolicy, AccountState, ClientState, GoogleSetup } from './google-setup.ts'
import type { GoogleSwitches } from './google-switches.ts'
import type { CallbackVariant, Door, Endpoint } from './observation.ts'

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

/** A scripted misbehaviour of an endpoint: its `occurrence`-th answer (from 1), or every one. */
export interface ResponseFault {
  readonly name: string
  readonly endpoint: Endpoint
  readonly occurrence: number | 'every'
  /** Answer with this instead of what the rules say. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Top-level members of a JSON answer to replace; `null` removes one. */
  readonly json?: Readonly<Record<string, unknown>>
  /** Simulated milliseconds before the answer leaves. */
  readonly delay?: number
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

/** What befalls one world's Google. Accounts are named by address, clients by `client_id`. */
export interface GoogleDirector {
  fault(fault: ResponseFault): void
  clearFaults(): void
  idTokenDefect(defect: IdTokenDefect | null): void
  /** Turns switches from now on. */
  turn(switches: Partial<GoogleSwitches>): void
  /** The user takes the application's access away on the account's own page. */
  removeAccess(account: string): void
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
}

export interface GmailDirector {
  /** The SASL mechanisms that the next connections are offered. */
  offer(mechanisms: readonly ('XOAUTH2' | 'OAUTHBEARER')[]): void
  /** An administrator switches IMAP off or on for the account's domain. */
  imapEnabled(account: string, enabled: boolean): void
  /** Whether and when a session ends by itself; the default is the token's expiry. */
  sessionEnd(policy: 'token-expiry' | 'never'): void
  /** New mail arrives in the inbox. */
  deliver(account: string, fixture: string): void
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
  play(script: Script): Promise<void>
}

export const scenario = (statement: Scenario): Scenario => statement
