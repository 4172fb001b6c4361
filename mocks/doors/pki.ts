// The certificate library reads decorator metadata, so this must come first.
import 'reflect-metadata'
import * as x509 from '@peculiar/x509'
import { mockedHosts } from '../google/endpoints.ts'

/** What a TLS server of the mocks needs, and what its clients must trust. PEM, each with a final line end. */
export interface Pki {
  readonly ca: string
  readonly key: string
  /** The leaf, then its authority. */
  readonly cert: string
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
/** Fixed and wide, so that a program that lives in another year still finds the certificate valid. */
const validity = { notBefore: new Date(Date.UTC(2000, 0, 1)), notAfter: new Date(Date.UTC(2049, 11, 31)) }

const names: x509.JsonGeneralNames = [
  ...[...mockedHosts, 'imap.gmail.com', 'localhost'].map((value) => ({ type: 'dns' as const, value })),
  { type: 'ip', value: '127.0.0.1' },
]

// Without the line end two certificates cannot be joined.
const pem = (text: string): string => `${text.trimEnd()}\n`

const newKeys = () => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])

async function createAuthority(name: string) {
  const keys = await newKeys()
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: `CN=${name}`,
    ...validity,
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { keys, certificate }
}

/** Makes an authority and one leaf for every mocked host: once per run, P-256, valid from 2000 to 2049. */
export async function createPki(authorityName = 'oauth-imap test authority'): Promise<Pki> {
  const authority = await createAuthority(authorityName)
  const keys = await newKeys()
  const leaf = await x509.X509CertificateGenerator.create({
    serialNumber: '02',
    subject: 'CN=oauth-imap mocks',
    issuer: authority.certificate.subject,
    ...validity,
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: authority.keys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(names),
      await x509.AuthorityKeyIdentifierExtension.create(authority.keys.publicKey),
    ],
  })
  const ca = pem(authority.certificate.toString('pem'))
  const privateKey = new Uint8Array(await crypto.subtle.exportKey('pkcs8', keys.privateKey))
  const key = pem(x509.PemConverter.encode(privateKey, 'PRIVATE KEY'))
  return { ca, key, cert: pem(leaf.toString('pem')) + ca }
}

/** A server certificate for the right names from an authority that nobody trusts. */
export const createUntrusted = (): Promise<Pki> => createPki('an authority that nobody trusts')
