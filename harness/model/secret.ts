/** What a registered secret is; the kind decides only how it is named in evidence. */
export const secretKinds = [
  'access-token',
  'refresh-token',
  'authorization-code',
  'id-token',
  'assertion',
  'device-code',
  'client-secret',
  'code-verifier',
  'state',
  'nonce',
  'vault-key',
  'password',
  'cookie',
  'account-address',
  'planted-canary',
] as const
export type SecretKind = (typeof secretKinds)[number]

export type Alphabet = 'digits' | 'hex' | 'base64url' | 'unreserved' | 'printable' | 'any'

/** Stands in the journal for a value that must not; equal values share one `ref`, such as `access-token-2`. */
export interface SecretRef {
  readonly ref: string
  readonly kind: SecretKind
  /** UTF-16 code units. */
  readonly length: number
  readonly alphabet: Alphabet
  /** Upper estimate in bits: distinct-symbol entropy of the value times its length, rounded down. */
  readonly entropy: number
}

/** One place where a registered value was seen, and in which form; the value itself is never part of it. */
export interface Leak {
  readonly ref: string
  readonly kind: SecretKind
  /** Transformations from the outside in, such as `base64` or `gzip > percent-encoded`; `raw` when there is none. */
  readonly form: string
  /** Byte offset of the outermost form. */
  readonly offset: number
}

export const isSecretRef = (value: unknown): value is SecretRef =>
  typeof value === 'object' && value !== null && 'ref' in value && 'entropy' in value
