import type { Door } from './observation.ts'

/** The OAuth client as Google registered it, in Google's own member names. */
export interface ClientCredentials {
  readonly kind: 'installed' | 'web'
  readonly client_id: string
  readonly client_secret: string
  readonly redirect_uris: readonly string[]
}

/** Everything a stage needs to know of a world before its subject may act in it. Plain data. */
export interface WorldAccess {
  readonly scenario: string
  readonly seed: number
  /** Simulated time, milliseconds since the Unix epoch. */
  readonly now: number
  readonly door: Door
  readonly issuer: string
  readonly client: ClientCredentials
  /** Loopback ports that stand in for well-known hosts when the door is `tls`. */
  readonly hosts: Readonly<Record<string, number>>
  readonly imap: { readonly host: string; readonly port: number; readonly servername: string }
  /** PEM of the authority that signed every mocked host. */
  readonly ca: string
  /** 32 bytes in base64: the key of the subject's token store. */
  readonly vaultKey: string
}
