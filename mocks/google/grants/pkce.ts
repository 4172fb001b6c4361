import { sha256 as hash } from '@noble/hashes/sha2.js'

export type ChallengeMethod = 'S256' | 'plain'

export interface Challenge {
  readonly method: ChallengeMethod
  readonly value: string
}

/** base64url without padding (RFC 4648 §5). */
export const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

/** Hashes at once: the platform's own way waits for another thread twice, for a text of some hundred octets. */
export const sha256 = (text: string): Uint8Array => hash(new TextEncoder().encode(text))

/** RFC 7636 §4.1; Google, native-app guide. */
const syntax = /^[A-Za-z0-9._~-]{43,128}$/

/** RFC 7636 §4.6. What is no verifier matches nothing. */
export const matches = ({ method, value }: Challenge, verifier: string): boolean =>
  syntax.test(verifier) && (method === 'plain' ? verifier : base64url(sha256(verifier))) === value
