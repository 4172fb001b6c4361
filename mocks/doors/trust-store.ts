import { type AsnType, BmpString, Constructed, Integer, ObjectIdentifier, OctetString, Sequence, Set } from 'asn1js'

/** RFC 5652 §4, RFC 7292 §4.2.3, RFC 2985 §5.5.1, RFC 5280 §4.2.1.12; `trustedKeyUsage` is Oracle’s own. */
const oids = {
  data: '1.2.840.113549.1.7.1',
  certBag: '1.2.840.113549.1.12.10.1.3',
  x509Certificate: '1.2.840.113549.1.9.22.1',
  friendlyName: '1.2.840.113549.1.9.20',
  trustedKeyUsage: '2.16.840.1.113894.746875.1.1',
  anyExtendedKeyUsage: '2.5.29.37.0',
} as const

/** The name under which `keytool -list` shows the authority. */
const alias = 'oauth-imap'

/**
 * An authority as a trust store for Java: a PKCS #12 file (RFC 7292) of one certificate, which Java trusts because of
 * Oracle's attribute alone (JDK 8, keytool). Nothing in it is secret, so it is neither encrypted nor authenticated, and
 * Java opens it with any password and with none.
 *
 * @param ca one certificate as PEM
 */
export function trustStoreOf(ca: string): Uint8Array {
  const certificate = Buffer.from(ca.replaceAll(/-----[A-Z ]+-----/g, ''), 'base64')
  const bag = sequence(
    oid(oids.certBag),
    explicit(sequence(oid(oids.x509Certificate), explicit(octets(certificate)))),
    set(
      sequence(oid(oids.trustedKeyUsage), set(oid(oids.anyExtendedKeyUsage))),
      sequence(oid(oids.friendlyName), set(new BmpString({ value: alias }))),
    ),
  )
  const safe = sequence(inTheClear(sequence(bag)))
  return new Uint8Array(sequence(new Integer({ value: 3 }), inTheClear(safe)).toBER())
}

const oid = (value: string): AsnType => new ObjectIdentifier({ value })
const octets = (valueHex: ArrayBuffer | Uint8Array): AsnType => new OctetString({ valueHex })
const sequence = (...value: AsnType[]): AsnType => new Sequence({ value })
const set = (...value: AsnType[]): AsnType => new Set({ value })
/** `[0] EXPLICIT` (X.680 §31.2). */
const explicit = (inner: AsnType): AsnType =>
  new Constructed({ idBlock: { tagClass: 3, tagNumber: 0 }, value: [inner] })
/** ContentInfo of the type data (RFC 5652 §3). */
const inTheClear = (content: AsnType): AsnType => sequence(oid(oids.data), explicit(octets(content.toBER())))
