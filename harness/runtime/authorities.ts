import { getCACertificates } from 'node:tls'

const block = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** The certificates in a text, each as PEM with a final line end. */
export const certificatesIn = (text: string): readonly string[] =>
  Array.from(text.matchAll(block), ([certificate]) => `${certificate}\n`)

/** Those that this runtime trusts, and what `NODE_EXTRA_CA_CERTS` named when it was started. */
export const usualAuthorities = (): readonly string[] => getCACertificates('default')
