// The certificate library reads decorator metadata, so this must come first.
import 'reflect-metadata'
import * as x509 from '@peculiar/x509'
import type { CertificateFlaw } from '../../harness/model/tls-security.ts'
import { mockedHosts } from '../google/endpoints.ts'

/** What a TLS server is given. PEM, each with a final line end. */
export interface ServerCertificate {
  readonly key: string
  /** The leaf, then its authority where it has one. */
  readonly cert: string
}

/** What the TLS servers of the mocks need, and what their clients must trust. */
export interface Pki extends ServerCertificate {
  /** PEM of the authority. */
  readonly ca: string
  /** A certificate that a client of a host must refuse; made when it is first asked for, and kept. */
  flawed(flaw: CertificateFlaw, host: string): Promise<ServerCertificate>
}

interface Authority {
  readonly keys: Awaited<ReturnType<typeof newKeys>>
  readonly certificate: x509.X509Certificate
}

/** What differs from the good certificate. */
interface LeafOptions {
  readonly commonName?: string
  readonly names?: x509.JsonGeneralNames
  readonly years?: readonly [from: number, to: number]
  /** Signed by its own key. */
  readonly selfSigned?: boolean
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
/** Fixed and wide, so that a program that lives in another year still finds the certificate valid. */
const validYears = [2000, 2049] as const

const dns = (...values: readonly string[]): x509.JsonGeneralNames =>
  values.map((value) => ({ type: 'dns' as const, value }))

export const mailHost = 'imap.gmail.com'
/** Reserved (RFC 2606): no client has business there. */
const elsewhere = 'mail.example.test'
const goodNames = [...dns(...mockedHosts, mailHost, 'localhost'), { type: 'ip' as const, value: '127.0.0.1' }]

/** Why each must be refused: RFC 8314 §5.3, RFC 6125 §6.4.3 (wildcards) and §6.4.4 (common names). */
function flawedLeaf(flaw: Exclude<CertificateFlaw, 'unknown-authority'>, host: string): LeafOptions {
  switch (flaw) {
    case 'self-signed':
      return { selfSigned: true }
    case 'wrong-name':
      return { names: dns(elsewhere) }
    case 'name-in-common-name':
      return { commonName: host, names: dns(elsewhere) }
    case 'wildcard-misplaced': {
      const [first = '', ...rest] = host.split('.')
      const domain = rest.at(-1) ?? ''
      return { names: dns('*', `*.${domain}`, `${first}.*.${domain}`, `${first.slice(0, 1)}*.*.${domain}`) }
    }
    // Neither is near the present, nor near a time that a program may be made to live in.
    case 'expired':
      return { years: [2000, 2001] }
    case 'not-yet-valid':
      return { years: [2048, 2049] }
  }
}

// Without the line end two certificates cannot be joined.
const pem = (text: string): string => `${text.trimEnd()}\n`

const newKeys = () => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])

const validity = ([from, to]: readonly [number, number]) => ({
  notBefore: new Date(Date.UTC(from, 0, 1)),
  notAfter: new Date(Date.UTC(to, 11, 31)),
})

async function createAuthority(name: string): Promise<Authority> {
  const keys = await newKeys()
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: `CN=${name}`,
    ...validity(validYears),
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

async function createLeaf(
  authority: Authority,
  { commonName = 'oauth-imap mocks', names = goodNames, years = validYears, selfSigned = false }: LeafOptions = {},
): Promise<ServerCertificate> {
  const keys = await newKeys()
  const subject = `CN=${commonName}`
  const signer = selfSigned ? keys : authority.keys
  const leaf = await x509.X509CertificateGenerator.create({
    serialNumber: '02',
    subject,
    issuer: selfSigned ? subject : authority.certificate.subject,
    ...validity(years),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: signer.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(names),
      await x509.AuthorityKeyIdentifierExtension.create(signer.publicKey),
    ],
  })
  const privateKey = new Uint8Array(await crypto.subtle.exportKey('pkcs8', keys.privateKey))
  const above = selfSigned ? '' : pem(authority.certificate.toString('pem'))
  return { key: pem(x509.PemConverter.encode(privateKey, 'PRIVATE KEY')), cert: pem(leaf.toString('pem')) + above }
}

/** Makes an authority and one leaf for every mocked host: once per run, P-256, valid from 2000 to 2049. */
export async function createPki(): Promise<Pki> {
  const authority = await createAuthority('oauth-imap test authority')
  const made = new Map<string, Promise<ServerCertificate>>()
  const make = async (flaw: CertificateFlaw, host: string): Promise<ServerCertificate> =>
    flaw === 'unknown-authority'
      ? createLeaf(await createAuthority('an authority that nobody trusts'))
      : createLeaf(authority, flawedLeaf(flaw, host))
  return {
    ca: pem(authority.certificate.toString('pem')),
    ...(await createLeaf(authority)),
    flawed(flaw, host) {
      const key = `${flaw} ${host}`
      const certificate = made.get(key) ?? make(flaw, host)
      made.set(key, certificate)
      return certificate
    },
  }
}
