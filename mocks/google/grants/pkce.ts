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

export const sha256 = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))

/** A verifier under both methods, computed beforehand so that the comparison itself needs no waiting. */
export interface Verifier {
  readonly plain: string
  readonly S256: string
}

export const verifierOf = async (plain: string): Promise<Verifier> => ({ plain, S256: base64url(await sha256(plain)) })

/** RFC 7636 §4.1; Google, native-app guide. */
const syntax = /^[A-Za-z0-9._~-]{43,128}$/

/** RFC 7636 §4.6. What is no verifier matches nothing. */
export const matches = (challenge: Challenge, verifier: Verifier): boolean =>
  syntax.test(verifier.plain) && verifier[challenge.method] === challenge.value
