import type { TlsSecurity } from './tls-security.ts'

/** What Gmail was seen to refuse. `fixtures/gmail/refusals.json` has the words and the source of each. */
export const gmailRefusals = [
  'invalid-credentials',
  'application-password-required',
  'web-login-required',
  'imap-disabled',
  'imap-not-enabled',
  'too-many-connections',
  'lookup-failed',
  'temporary-problem',
  'unavailable',
  'system-error',
  'system-error-bye',
  'bandwidth-exceeded',
  'bandwidth-exceeded-bye',
  'overquota',
  'overquota-bye',
  'sent-too-fast',
] as const
export type GmailRefusal = (typeof gmailRefusals)[number]

export type BearerMechanismName = 'XOAUTH2' | 'OAUTHBEARER'

/** When Gmail ends a session by itself. */
export interface SessionEnd {
  /**
   * Milliseconds before the token's expiry, 0 unless told; a session that begins later than that ends with its token, and
   * one of a password has a length of its own. Null: never.
   */
  readonly beforeExpiry: number | null
  /** Whether BYE comes first; without it the connection just closes. */
  readonly bye: boolean
}

/** Changes to the capability lists, before and after login alike. */
export interface CapabilityChange {
  readonly without?: readonly string[]
  readonly extra?: readonly string[]
}

/**
 * What a connection to the IMAP port meets. Gmail is `tls` and nothing else (port 993, no STARTTLS); the others are there
 * for what a client must not put up with. `clear` is a plaintext greeting: on a port for TLS no handshake, on a port for
 * STARTTLS a stripped one, with the mechanisms offered all the same.
 */
export type ImapSecurity = TlsSecurity | 'clear' | 'starttls' | 'starttls-no' | 'starttls-bad' | 'preauth'

/**
 * What the sources do not establish about Gmail, and what a scenario may turn. `mocks/gmail/front/switches.ts` holds the
 * defaults and says why each stands.
 */
export interface GmailSwitches {
  /** The status in XOAUTH2's error challenge. */
  readonly xoauth2ErrorStatus: '400' | '401'
  /** What follows a SASL message that is none: BAD at once, or NO after the error challenge. */
  readonly malformedSasl: 'bad' | 'no-after-challenge'
  /** Which refusals of a token that is good come after the error challenge. */
  readonly refusalsAfterChallenge: 'as-captured' | 'all'
  /** Text behind the `+ ` that asks for a SASL message which did not come with the command; null for a bare `+`. */
  readonly saslContinuation: string | null
  /** How a client learns what it can do after its login: in an untagged response, in the tagged OK, or only if it asks. */
  readonly capabilitiesAfterLogin: 'untagged' | 'code' | 'silent'
  /** Sessions of one account that are logged in at a time. */
  readonly connectionsPerAccount: number
  /** Milliseconds that a session of a password lasts. */
  readonly passwordSessionLength: number
}
