import { getCACertificates } from 'node:tls'

const block = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** The certificates in a text, each as PEM with a final line end. */
export const certificatesIn = (text: string): readonly string[] =>
  Array.from(text.matchAll(block), ([certificate]) => `${certificate}\n`)

let last: { readonly besides: string; readonly trusted: readonly string[] } | undefined

/**
 * Those that this runtime trusts, what `NODE_EXTRA_CA_CERTS` named when it was started, and the certificates in a text. The
 * same array for the same text, for all accounts of a run: making a context of it takes longer than a handshake.
 */
export function authoritiesBesides(besides: string): readonly string[] {
  if (last?.besides !== besides)
    last = { besides, trusted: [...getCACertificates('default'), ...certificatesIn(besides)] }
  return last.trusted
}
