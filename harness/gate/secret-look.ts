import type { SecretKind } from '../model/secret.ts'

/** How Google’s secrets look, wherever they stand (google-facts 7.4; RFC 7468 for keys). */
const looks: readonly (readonly [RegExp, SecretKind])[] = [
  [/GOCSPX-/, 'client-secret'],
  [/\b1\/\/0[\w-]{10}/, 'refresh-token'],
  [/\bya29\.[\w-]{10}/, 'access-token'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'client-secret'],
]

/** The kind of secret that a text holds by its look, whatever it was given as. */
export const secretLook = (text: string): SecretKind | undefined => looks.find(([pattern]) => pattern.test(text))?.[1]
