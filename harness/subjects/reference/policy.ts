import { ImapFlow, type ImapFlowOptions } from 'imapflow'
import { AccountProblem } from './account-problem.ts'

/**
 * The decisions in which clients of Gmail go wrong, each in one place and by name, so that they can be read, tested and
 * replaced one at a time. The values here are the right ones.
 */
export interface ReferencePolicy {
  /** Parameters of the authorization request beside client, redirect, scope, state, nonce and challenge. */
  readonly responseType: string
  readonly codeChallengeMethod: 'S256' | 'plain'
  /** The state to accept from a request at the redirection endpoint; undefined turns it away (RFC 6749 §10.12). */
  acceptedState(callback: URL, sent: string): string | undefined
  /** Whether an access token is too old to begin anything with. */
  isStale(expiresAt: number, now: number): boolean
  /** One refresh for everybody who waits for it. */
  readonly sharesRefresh: boolean
  /** Whether an error of the token endpoint ends the grant for good (RFC 6749 §5.2). */
  isDeadGrant(error: string): boolean
  /** What Gmail's refusal of a token that looked good means. */
  afterRefusal(refusal: {
    readonly responseCode: string | undefined
    readonly text: string
  }): 'refresh' | AccountProblem
  /** Whether a session that Gmail ended is opened again without asking the user. */
  readonly resumesSession: boolean
  /** Whether reading a message changes it for everybody else. */
  readonly marksRead: boolean
  readonly revokesOnSignOut: boolean
  /** What an event says in the log; `detail` may hold anything and never belongs there as it is. */
  logLine(event: string, account: string, detail: unknown): string
  mailClient(options: ImapFlowOptions): ImapFlow
}

/** Refresh this long before expiry: longer than any request takes, shorter than a token is worth. */
const lead = 5 * 60_000

export const referencePolicy: ReferencePolicy = {
  responseType: 'code',
  codeChallengeMethod: 'S256',
  acceptedState: (callback, sent) => (callback.searchParams.get('state') === sent ? sent : undefined),
  isStale: (expiresAt, now) => now >= expiresAt - lead,
  sharesRefresh: true,
  isDeadGrant: (error) => error === 'invalid_grant',
  afterRefusal: ({ responseCode, text }) =>
    responseCode === 'ALERT' ? new AccountProblem('configuration', text) : 'refresh',
  resumesSession: true,
  marksRead: false,
  revokesOnSignOut: true,
  logLine: (event, account) => `${event} account=${account}`,
  mailClient: (options) => new ImapFlow(options),
}
