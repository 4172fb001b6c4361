import type { GoogleEndpoint } from './observation.ts'

/** A JSON value (RFC 8259 §3). */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

/** What befalls an answer on its way to the client; only real TLS can show it. */
export type TransportFault =
  /** The body leaves so many octets at a time, with simulated milliseconds between them. */
  | { readonly kind: 'drip'; readonly octets: number; readonly every: number }
  /** The connection ends behind so many octets of the body, and `Content-Length` had promised more. */
  | { readonly kind: 'truncation'; readonly after: number }
  /** The connection is reset before anything of the answer was sent. */
  | { readonly kind: 'reset' }
  /** Blanks follow the body until it has so many octets; JSON stays valid. They are made as they are sent. */
  | { readonly kind: 'huge-body'; readonly octets: number }

/**
 * A scripted misbehaviour of an endpoint. A fault with a status or a body, and no members, stands in front of the rules:
 * nothing is decided and no state changes, as when a front end fails. Any other changes the answer that the rules gave.
 */
export interface ResponseFault {
  readonly name: string
  readonly endpoint: GoogleEndpoint
  /** Which of the endpoint's answers, counted from 1 when the fault is armed. */
  readonly occurrence: number | readonly number[] | 'every'
  readonly status?: number
  /** Header fields to set; `null` leaves one out. */
  readonly headers?: Readonly<Record<string, string | null>>
  /** `Retry-After` in one of its two forms (RFC 9110 §10.2.3), a date being one of the world's own clock. */
  readonly retryAfter?: { readonly seconds: number; readonly form: 'delay-seconds' | 'HTTP-date' }
  readonly body?: string
  /** Top-level members of a JSON answer to replace or add; `null` is JSON's own. */
  readonly members?: Readonly<Record<string, Json>>
  /** Top-level members of a JSON answer to leave out. */
  readonly without?: readonly string[]
  /** Simulated milliseconds before the answer leaves. */
  readonly delay?: number
  readonly transport?: TransportFault
}
