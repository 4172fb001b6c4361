import type { Party, Sent } from './parties.fixture.ts'

/** What an RFC decides about an answer: of the token endpoint its status and error, of the other where it leads. */
export interface Answer {
  /** Of the token endpoint. */
  readonly status?: number
  /** Of the authorization endpoint: a page that shows an error, a sign-in screen, or the application. */
  readonly end?: 'page' | 'screen' | 'application'
  readonly error?: string
  /** RFC 6749 §5.1: token answers carry `Cache-Control: no-store`. */
  readonly noStore?: false
  /** RFC 6749 §5.2: who tried HTTP Basic and failed is answered with `WWW-Authenticate`. */
  readonly challenge?: true
  /** RFC 6749 §4.1.2.1: `state` comes back. */
  readonly state?: 'lost'
}

/** Why ours answers otherwise. */
export type Reason =
  /** Google does: the row of `fixtures/google` that says so. */
  | { readonly google: string }
  /** The other server does more, or less, than the clause asks. */
  | { readonly theirs: string }
  /** What Google does is not established. */
  | { readonly open: string }

/** A request that both servers are sent, and what becomes of it. */
export interface Row {
  readonly asks: string
  /** Where it is decided. */
  readonly clause: string
  send(party: Party): Promise<Sent>
  readonly ours: Answer
  readonly theirs: Answer
  readonly reason?: Reason
}

type Send = Row['send']

export const same = (asks: string, clause: string, send: Send, answer: Answer): Row => ({
  asks,
  clause,
  send,
  ours: answer,
  theirs: answer,
})

export const differs = (
  asks: string,
  clause: string,
  send: Send,
  [ours, theirs]: readonly [Answer, Answer],
  reason: Reason,
): Row => ({ asks, clause, send, ours, theirs, reason })

/** Parameters by name; null leaves one out. */
export type Parameters = Readonly<Record<string, string | null>>

export const encoded = (parameters: Parameters): string =>
  String(new URLSearchParams(Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== null)))
