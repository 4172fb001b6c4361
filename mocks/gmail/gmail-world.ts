import type {
  BearerMechanismName,
  CapabilityChange,
  GmailRefusal,
  GmailSwitches,
  ImapSecurity,
  SessionEnd,
} from '../../harness/model/gmail-setup.ts'
import type { MockWorld, TokenLookup } from '../mock-world.ts'
import type { MailRules } from './core/switches.ts'
import type { Faults } from './faults/faults.ts'
import type { Core } from './front/core-port.ts'

/** What the scenario may turn. Accounts stand under their addresses in lower case. */
export interface FrontPolicy {
  mechanisms: readonly BearerMechanismName[]
  capabilities: CapabilityChange
  sessionEnd: SessionEnd
  security: ImapSecurity
  switches: GmailSwitches
  readonly refusals: Map<string, GmailRefusal>
  /** Passwords that open IMAP. */
  readonly appPasswords: Map<string, Set<string>>
  /** Simulated milliseconds by which each answer is late. */
  readonly throttled: Map<string, number>
}

/** Everything that the sessions of one Gmail share. */
export interface GmailWorld extends MockWorld {
  readonly lookup: TokenLookup
  readonly policy: FrontPolicy
  readonly faults: Faults
  readonly mail: MailRules
  readonly core: Core
  /** The one that a connection which needs no login belongs to. */
  readonly firstAccount: string
  /** Connections that are logged in to the account now. */
  connectionsOf(address: string): number
}
