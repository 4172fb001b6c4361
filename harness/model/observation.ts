import type { Act, Delivered, OutcomeName } from './act.ts'
import type { ObservedConfiguration } from './configuration.ts'
import type { GmailRefusal, ImapSecurity } from './gmail-setup.ts'
import type { ObservedLive } from './live.ts'
import type { Position, Stream } from './position.ts'
import type { Leak, SecretRef } from './secret.ts'
import type { OldVersion, TlsServer } from './tls-security.ts'

/** A parameter or header value: itself where it is public, a reference where it is secret. */
export type Value = string | SecretRef
/** In the order of the wire, repeated names kept. */
export type Parameters = readonly (readonly [name: string, value: Value])[]

/** Google's. */
export const googleEndpoints = [
  'discovery',
  'jwks',
  'authorization-endpoint',
  'token-endpoint',
  'device-authorization-endpoint',
  'revocation-endpoint',
  'tokeninfo',
  'userinfo',
] as const
export type GoogleEndpoint = (typeof googleEndpoints)[number]
export type Endpoint = GoogleEndpoint | 'elsewhere'

/** What the standards ask of the authorization server itself. */
export const asRules = [
  'redirect-uri-exact',
  'loopback-port-free',
  'verifier-required',
  'verifier-matches',
  'verifier-unasked',
  'code-once',
] as const
export type AsRule = (typeof asRules)[number]

/** What the standards ask of the IMAP server itself. */
export const rsRules = [
  'initial-response-optional',
  'base64-strict',
  'uids-ascending',
  'no-expunge-during-fetch',
  'no-expunge-during-store',
  'no-expunge-during-search',
  'starttls-refused-inside-tls',
] as const
export type RsRule = (typeof rsRules)[number]

export type GrantState = 'live' | 'revoked' | 'expired'
export type CallbackVariant = 'true' | 'forged-state' | 'without-state' | 'stray'
/** Why Gmail refused a token. The client never learns it; the judges may. */
export type AuthRefusal =
  | 'unknown-token'
  | 'expired'
  | 'revoked'
  | 'wrong-user'
  | 'wrong-scope'
  | 'malformed'
  | 'password'
  | 'not-offered'
  | GmailRefusal
/**
 * What a client sent after the error challenge. `x01` is the octet 1 in base64, `raw-x01` the octet itself; `resend` is the
 * same message once more; at `closed` the client ended the connection instead, at `silence` the server did.
 */
export type ChallengeReply = 'empty' | 'x01' | 'raw-x01' | 'cancel' | 'resend' | 'other' | 'closed' | 'silence'

/**
 * What can be observed, by type. Text fields hold secrets only as `‹ref›` marks. Times are simulated milliseconds since
 * the world began; ports, process ids and paths of this machine never occur.
 */
export interface Observed extends ObservedConfiguration, ObservedLive {
  'scenario.start': { scenario: string; seed: number; epoch: string }
  'scenario.phase': { phase: string }
  /** `cause`: why it was cut short, where that is no fault of ours. */
  'scenario.end': { completed: boolean; reason?: string; cause?: 'subject' | 'interruption' }
  'fault.armed': { fault: string; at: string }
  'fault.fired': { fault: string; at: string }
  'clock.set': { from: number; to: number }

  'http.request': {
    endpoint: Endpoint
    method: string
    origin: string
    path: string
    query: Parameters
    headers: Parameters
    contentType: string | null
    /** Form parameters in order; null when the body is not a form. */
    form: Parameters | null
    /** Octets of the body. */
    bodyLength: number
    /** The user's browser and the subject knock at the same door. */
    actor: 'subject' | 'user-agent' | 'probe'
  }
  'http.response': {
    endpoint: Endpoint
    to: Position
    status: number
    contentType: string | null
    error?: string
    description?: string
    /** The transport fault that spoiled it on its way; status 0 says that nothing of it was sent. */
    transport?: 'drip' | 'truncation' | 'reset' | 'huge-body'
  }
  /** A request that HTTP itself refuses: no endpoint sees it, and nothing of it is shown. */
  'http.refused': { problem: string; status: number }
  /** A program that sees our hosts alone asked for the address of another; each name once. */
  'dns.refused': { name: string }
  /** How often such a program sent to an address that is none of ours; which address, nobody knows. */
  'ip.refused': { attempts: number }

  'ua.opened': { url: string; parameters: Parameters }
  'ua.navigated': { url: string; status: number; title: string }
  'ua.decision': { decision: 'allow' | 'deny'; account: string; scopes: readonly string[] }
  'ua.callback.sent': { variant: CallbackVariant; to: string; parameters: Parameters; status: number | null }

  'as.code.issued': {
    code: SecretRef
    account: string
    clientId: string
    scope: string
    redirectUri: string
    accessType: string
    challengeMethod: string | null
  }
  'as.code.redeemed': { code: SecretRef; verifier: 'matches' | 'not-needed'; redirectUri: string }
  'as.token.issued': {
    accessToken: SecretRef
    refreshToken: SecretRef | null
    by: 'authorization_code' | 'refresh_token' | 'jwt-bearer'
    grant: string
    account: string
    scope: string
    /** Seconds, as sent in `expires_in`. */
    lifetime: number
  }
  'as.idtoken.issued': { kid: string; alg: string; defect: string | null; claims: Readonly<Record<string, unknown>> }
  'as.jwks.served': { kids: readonly string[] }
  'as.grant.state': { grant: string; account: string; state: GrantState; reason: string }
  'as.error.sent': { endpoint: Endpoint; status: number; error: string; description: string; reason: string }

  /** What the authorization server answered to a story that keeps or breaks a rule; `status` is null when no code came. */
  'as.probe': {
    rule: AsRule
    story: 'keeps' | 'breaks'
    answer: 'granted' | 'refused'
    status: number | null
    cacheControl: string | null
  }

  /**
   * What the IMAP server answered where a rule binds it, and in a story beside that shows that the rule was at stake.
   * `untagged` without the leading `* `.
   */
  'rs.probe': {
    rule: RsRule
    story: 'rule' | 'control'
    tagged: 'OK' | 'NO' | 'BAD' | null
    untagged: readonly string[]
  }

  /** What connections to the port meet from now on. */
  'tls.security': { server: TlsServer; security: ImapSecurity }
  /**
   * What a client asks for first: the name in server_name or the empty string, versions best first (`TLSv1.3`), cipher
   * suites and application protocols in the client's order.
   */
  'tls.hello': {
    server: TlsServer
    sni: string
    versions: readonly string[]
    cipherSuites: readonly number[]
    protocols: readonly string[]
  }
  /** `hello`: where the ClientHello stands; null where there was none that could be read. */
  'tls.done': { server: TlsServer; hello: Position; sni: string; version: string }
  /** `alert`: the client's reason (RFC 8446 §6), where it gave one that could be read. */
  'tls.failed': { server: TlsServer; hello: Position | null; sni: string; alert: number | null }
  /** The server chose a version from before TLS 1.2; a client that refuses it fails next. */
  'tls.old': { server: TlsServer; hello: Position; sni: string; chosen: OldVersion }
  /** What the record of a request leaves out: names of its fields as they were sent, in order and repeated. */
  'tls.request': { to: Position; version: string; fields: readonly string[] }

  'imap.conn.open': { connection: number; security: ImapSecurity }
  /** `unterminated`: octets that the client had sent without a line end; `cause`: why the server ended it without BYE. */
  'imap.conn.close': {
    connection: number
    by: 'client' | 'server'
    unterminated: number
    cause?: 'session-expired' | 'fault'
  }
  /** TLS may begin; `discarded`: octets that the client had sent behind the command, in the clear. */
  'imap.starttls': { tag: string; discarded: number }
  /** One response line as sent, secrets and literals replaced by marks. */
  'imap.line.out': { line: string }
  'imap.cmd': { tag: string; verb: string; arguments: string; state: string; problem?: string }
  'imap.auth': {
    tag: string
    mechanism: string
    /** The client sent an initial response on the AUTHENTICATE line (RFC 4959). */
    initialResponse: boolean
    /** The server had announced SASL-IR. */
    saslIr: boolean
    user: string
    token: SecretRef | null
    /** The decoded message, control characters as `^A` … and the token as a mark. */
    message: string
    base64: 'canonical' | 'url-alphabet' | 'unpadded' | 'invalid'
    result: 'accepted' | 'refused'
    refusal?: AuthRefusal
  }
  'imap.challenge': { tag: string; mechanism: string; json: string }
  /** `after`: simulated milliseconds since the challenge. */
  'imap.challenge.reply': { tag: string; mechanism: string; reply: ChallengeReply; text: string; after: number }
  'imap.idle': { tag: string; event: 'started' | 'ended' }
  'imap.mailbox': { event: 'selected' | 'examined' | 'closed'; folder: string; uidValidity: number; exists: number }
  'imap.flags': {
    folder: string
    uid: number
    added: readonly string[]
    removed: readonly string[]
    cause: 'STORE' | 'FETCH'
  }
  /** The mailbox server behind the front was not there, left, or said what IMAP does not allow: no client’s fault. */
  'imap.server.failed': { problem: string }
  'imap.bye': { reason: 'logout' | 'session-expired' | 'shutdown' | 'too-many-errors' | 'refused' | 'fault' }

  'subject.op.start': { act: Act }
  /** What the subject says of its own state; never enough alone for a pass. */
  'subject.op.end': { act: Act; outcome: OutcomeName | 'timeout' | 'crashed'; reason?: string }
  'subject.delivered': Delivered & { account: string; expected: 'same-bytes' | 'different-bytes' | 'not-read' }

  /** `mode` in four octal digits; paths start at the subject's home. */
  'fs.stat': { path: string; kind: 'file' | 'directory' | 'other'; mode: string; size: number }
  'fs.scan': { path: string; leaks: readonly Leak[]; planted: boolean }
  'proc.exit': { code: number | null; signal: string | null }
  /**
   * A program that ran, told once however often it did. `first`: we started it ourselves. `environment`: names of variables.
   * `planted`: it is our own, and the canary was found in its arguments and its environment.
   */
  'proc.program': {
    program: string
    first: boolean
    arguments: readonly string[]
    environment: readonly string[]
    inArguments: readonly Leak[]
    inEnvironment: readonly (Leak & { variable: string })[]
    planted: boolean
  }
  /** Where a process connected to, by whatever protocol; `port` where it is the same in every run. */
  'proc.dialled': {
    program: string
    first: boolean
    protocol: 'tcp' | 'udp'
    to: 'google' | 'gmail' | 'itself' | 'elsewhere'
    address?: string
    port?: number
  }
  'proc.listened': { program: string; first: boolean; on: 'loopback' | 'one-address' | 'every-address' }
  /** A file below the subject’s home that was open, or one elsewhere that was open for writing. */
  'proc.file': { program: string; first: boolean; path: string; written: boolean }
  /** Real milliseconds between two looks at the processes, as planned and at worst: shorter lives may go unseen. */
  'proc.watched': { interval: number; longestGap: number }
  'output.scan': { channel: 'stdout' | 'stderr'; bytes: number; leaks: readonly Leak[]; planted: boolean }
}

export type ObservationType = keyof Observed

export interface Observation<T extends ObservationType = ObservationType> {
  readonly type: T
  readonly stream: Stream
  /** From 1 within its stream. */
  readonly position: number
  /** Simulated milliseconds since the world began. */
  readonly at: number
  readonly phase: string
  readonly fields: Readonly<Observed[T]>
}

export const positionOf = (observation: Observation): Position => `${observation.stream}#${observation.position}`

/** The sealed record of one scenario: plain JSON, never changed. */
export interface Journal {
  readonly scenario: string
  readonly door: Door
  readonly seed: number
  /** Which of several configurations it is about; a folder or a file, as it was named. */
  readonly configuration?: string
  /** Whose account a live run is about: its key, see `AccountRow`. */
  readonly account?: string
  readonly observations: readonly Observation[]
}

/** How the subject's HTTP requests reach the mocks. */
export type Door = 'interception' | 'tls'

/** The observations of one type, in journal order. */
export const all = <T extends ObservationType>({ observations }: Journal, type: T): readonly Observation<T>[] =>
  (byType(observations).get(type) ?? []) as readonly Observation[] as readonly Observation<T>[]

const known = new WeakMap<readonly Observation[], ReadonlyMap<ObservationType, readonly Observation[]>>()

/** Checks ask thousands of times of hundreds of files; what is sealed is sorted once. */
function byType(observations: readonly Observation[]): ReadonlyMap<ObservationType, readonly Observation[]> {
  const before = known.get(observations)
  // Whether a list is frozen, some runtimes find out by looking at each member.
  if (before !== undefined) return before
  const sorted = Map.groupBy(observations, ({ type }) => type)
  if (Object.isFrozen(observations)) known.set(observations, sorted)
  return sorted
}

/** The observations at these positions, in the order of the journal. */
export function observationsAt({ observations }: Journal, positions: readonly Position[]): readonly Observation[] {
  const places = byPosition(observations)
  const found = [...new Set(positions)].map((position) => places.get(position)).filter((index) => index !== undefined)
  return found.toSorted((a, b) => a - b).map((index) => observations[index]!)
}

const knownPlaces = new WeakMap<readonly Observation[], ReadonlyMap<Position, number>>()

/** Findings can be many, and each asks. */
function byPosition(observations: readonly Observation[]): ReadonlyMap<Position, number> {
  const before = knownPlaces.get(observations)
  if (before !== undefined) return before
  const places = new Map(observations.map((observation, index) => [positionOf(observation), index]))
  if (Object.isFrozen(observations)) knownPlaces.set(observations, places)
  return places
}
