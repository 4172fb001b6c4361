import type { DriftArea, DriftState } from './drift.ts'

/** What keeps a live run from going on, each with a next step of its own (`harness/live/causes.ts`). A closed list. */
export const liveCauses = [
  'nobody-answered',
  'consent-denied',
  'consent-refused',
  'wrong-account',
  'scope-unticked',
  'no-refresh-token',
  'no-grant',
  'grant-dead',
  'client-refused',
  'redirect-refused',
  'clock-wrong',
  'name-not-found',
  'unreachable',
  'timed-out',
  'cut-off',
  'proxy-refused',
  'captive-portal',
  'tls-intercepted',
  'tls-refused',
  'not-the-issuer',
  'not-understood',
  'throttled',
  'server-error',
  'not-imap',
  'imap-off',
  'login-refused',
  'mechanism-missing',
  'label-not-ours',
  'too-much',
  'vault-unusable',
  'interrupted',
] as const
export type LiveCause = (typeof liveCauses)[number]

/** Why nothing is told of what an interruption cut off. */
export const interruptedReason = 'the run was interrupted'

/** The parts of the live profile, in the order in which they are played. */
export const liveParts = [
  'metadata',
  'keys',
  'token-errors',
  'tls',
  'greeting',
  'bad-token',
  'sign-in',
  'storage',
  'refresh',
  'xoauth2',
  'oauthbearer',
  'mailbox',
  'write',
  'revoke',
] as const
export type LivePart = (typeof liveParts)[number]

export type TokenGrant = 'authorization_code' | 'refresh_token'
export type LiveMechanism = 'XOAUTH2' | 'OAUTHBEARER'
export type AskedVersion = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'

/** What a message of the header pass said; recorded only where a person asked for it (`--include-mail`). */
export interface SeenMail {
  readonly uid: number
  readonly from: string
  readonly subject: string
  readonly date: string
}

/**
 * What a live run observes, by type. Real time, real hosts; an account stands nowhere but in `Journal.account`, and a
 * secret never. `said` is what the other side or the system said, masked and cut to a line.
 */
export interface ObservedLive {
  /** What the run was asked for. `also`: parts that are played only where they are asked for. */
  'live.asked': {
    issuer: string
    /** The scope that opens the mailbox; null where none does by itself. */
    mailScope: string | null
    also: readonly ('storage' | 'write' | 'revoke')[]
  }
  /** A part could not be played to its end. */
  'live.trouble': { part: LivePart; cause: LiveCause; said: string }

  /**
   * The issuer’s metadata. `missing`: members without which nobody can sign in; `insecure`: endpoints that are not https
   * and not on this machine.
   */
  'live.metadata': {
    url: string
    status: number
    issuer: string | null
    missing: readonly string[]
    insecure: readonly string[]
  }
  /** `usable`: keys with which an id_token can be verified. */
  'live.keys': { url: string; status: number; keys: number; usable: number }
  /** Our time less the server’s, in seconds, as its Date field has it. */
  'live.clock': { host: string; seconds: number }
  /** `accepted` null: this machine cannot ask for that version any more. */
  'live.tls': { server: 'issuer' | 'imap'; asked: AskedVersion; accepted: boolean | null }

  'live.greeting': {
    host: string
    port: number
    version: string
    condition: 'OK' | 'PREAUTH' | 'BYE' | 'none'
    said: string
  }
  /** Names in capital letters, in the order of the server. */
  'live.capabilities': { when: 'before-login' | 'after-login'; names: readonly string[] }
  /** ID (RFC 2971): the names of its fields, and what the server calls itself. */
  'live.id': { name: string | null; fields: readonly string[] }

  /** How access was asked for. `error`: the parameter of the authorization response (RFC 6749 §4.1.2.1). */
  'live.consent': { answer: 'granted' | 'refused'; error: string | null }
  /** Where the grant came from that is used; `days` since it was given, where that is known. */
  'live.grant': { from: 'consent' | 'vault' | 'environment'; days: number | null }
  /** An answer of the token endpoint. Times in seconds. `identity`: whom the id_token names. */
  'live.tokens': {
    by: TokenGrant
    status: number
    error: string | null
    description: string | null
    members: readonly string[]
    tokenType: string | null
    expiresIn: number | null
    refreshTokenExpiresIn: number | null
    scope: readonly string[] | null
    refreshToken: boolean
    identity: 'the account' | 'another account' | 'not told'
  }
  /** Modes in four octal digits, empty where the system has none; `leaks`: registered secrets found in the file as they are. */
  'live.storage': { directoryMode: string; fileMode: string; leaks: number; planted: boolean }

  /** One AUTHENTICATE. `challenge`: the decoded error challenge; `answer`: the tagged answer without its tag. */
  'live.login': {
    mechanism: LiveMechanism
    token: 'issued' | 'refreshed' | 'bogus' | 'revoked'
    offered: boolean
    result: 'accepted' | 'refused' | 'not-tried'
    challenge: string | null
    answer: string
  }
  /** `specialUse`: attributes such as `\All` (RFC 6154). */
  'live.folders': { folders: number; specialUse: readonly string[] }
  /** The read-only pass. `unseen`: messages that nobody had read before it; `changed`: those of them that are read after it. */
  'live.headers': {
    folder: string
    exists: number
    read: number
    unseen: number
    changed: number
    mail?: readonly SeenMail[]
  }
  /** What was written, each in our own label: `same` whether the message came back octet by octet. */
  'live.label': { created: boolean; appended: boolean; same: boolean; flagged: boolean; removed: boolean; left: number }
  /** `after`: how the next refresh with the same token ended. */
  'live.revocation': { status: number; after: 'refused' | 'granted' | 'not-asked'; error: string | null }
  /** What the run cost: octets on the wire, TLS included. */
  'live.spent': { received: number; sent: number; connections: number; mostAtOnce: number }

  /** One fact of the world beside what our fixtures say of it; null: it is not there. */
  'drift.compared': {
    area: DriftArea
    /** What was looked at, such as `before-login`. */
    look: string
    fact: string
    state: DriftState
    expected: string | null
    observed: string | null
    /** Of a known difference: the day since which it is known, and why it is none to act on. */
    since: string | null
    note: string | null
  }
}
