/** Certificates that a client must refuse, each for one reason. */
export const certificateFlaws = [
  'unknown-authority',
  'self-signed',
  'wrong-name',
  'name-in-common-name',
  'wildcard-misplaced',
  'expired',
  'not-yet-valid',
] as const
export type CertificateFlaw = (typeof certificateFlaws)[number]

/** Versions that RFC 8996 forbids. */
export const oldVersions = ['tls-1.0', 'tls-1.1'] as const
export type OldVersion = (typeof oldVersions)[number]

/** What a connection to a port for TLS meets: `tls` is as it should be, the others are what a client must not put up with. */
export type TlsSecurity = 'tls' | CertificateFlaw | OldVersion | 'stalled-handshake'

/** Whose port it is. */
export type TlsServer = 'google' | 'gmail'
