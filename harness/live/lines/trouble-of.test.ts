import { expect, test } from 'vitest'
import { Fault } from '../../model/fault.ts'
import type { LiveCause } from '../../model/live.ts'
import { WireError } from '../../runtime/wire-error.ts'
import { LiveTrouble } from '../trouble.ts'
import { isOfCertificate, troubleOf } from './trouble-of.ts'

const where = 'imap.gmail.com:993'
const coded = (code: string, message: string): Error => Object.assign(new Error(message), { code })

/** As Node 24.21, Bun 1.4.5 and Deno 2.9.5 were seen to throw them. */
const seen: readonly (readonly [cause: LiveCause, code: string, message: string, said: string])[] = [
  ['name-not-found', 'ENOTFOUND', 'getaddrinfo ENOTFOUND imap.invalid', 'getaddrinfo ENOTFOUND imap.invalid'],
  ['name-not-found', 'EAI_AGAIN', 'getaddrinfo EAI_AGAIN imap.invalid', 'getaddrinfo EAI_AGAIN imap.invalid'],
  ['unreachable', 'ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1', 'connect ECONNREFUSED 127.0.0.1:1'],
  ['unreachable', 'ENETUNREACH', 'connect ENETUNREACH 2001:db8::1:443', 'connect ENETUNREACH 2001:db8::1:443'],
  ['timed-out', 'ETIMEDOUT', 'connect ETIMEDOUT 192.0.2.1:443', 'connect ETIMEDOUT 192.0.2.1:443'],
  ['cut-off', 'ECONNRESET', 'read ECONNRESET', 'read ECONNRESET'],
  ['cut-off', 'EPIPE', 'broken pipe', 'broken pipe (EPIPE)'],
  // Node
  [
    'tls-refused',
    'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
    '405D30A66A7F0000:error:0A00042E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version:../rec_layer_s3.c:918:',
    'tlsv1 alert protocol version (ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION)',
  ],
  // Bun
  [
    'tls-refused',
    'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
    'error:1000042e:SSL routines:OPENSSL_internal:TLSV1_ALERT_PROTOCOL_VERSION',
    'tlsv1 alert protocol version (ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION)',
  ],
  // Deno
  [
    'tls-refused',
    'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
    'received fatal alert: ProtocolVersion',
    'tlsv1 alert protocol version (ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION)',
  ],
  [
    'tls-intercepted',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'self-signed certificate',
    'self-signed certificate (DEPTH_ZERO_SELF_SIGNED_CERT)',
  ],
  ['tls-intercepted', 'SELF_SIGNED_CERT_IN_CHAIN', 'self signed', 'self signed (SELF_SIGNED_CERT_IN_CHAIN)'],
  ['tls-intercepted', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable', 'unable (UNABLE_TO_VERIFY_LEAF_SIGNATURE)'],
  ['tls-intercepted', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'unable', 'unable (UNABLE_TO_GET_ISSUER_CERT_LOCALLY)'],
  ['tls-intercepted', 'ERR_TLS_CERT_ALTNAME_INVALID', 'no', 'no (ERR_TLS_CERT_ALTNAME_INVALID)'],
  ['tls-intercepted', 'CERT_REVOKED', 'revoked', 'revoked (CERT_REVOKED)'],
  [
    'tls-intercepted',
    'EE_KEY_TOO_SMALL',
    'EE certificate key too weak',
    'EE certificate key too weak (EE_KEY_TOO_SMALL)',
  ],
  ['clock-wrong', 'CERT_HAS_EXPIRED', 'certificate has expired', 'certificate has expired (CERT_HAS_EXPIRED)'],
  ['clock-wrong', 'CERT_NOT_YET_VALID', 'not yet', 'not yet (CERT_NOT_YET_VALID)'],
  ['cut-off', 'E_NEVER_SEEN', 'what is this', 'what is this (E_NEVER_SEEN)'],
]

test.for(seen)('%s: %s', ([cause, code, message, said]) => {
  const error = coded(code, message)
  const trouble = troubleOf(error, where)
  expect(trouble).toBeInstanceOf(LiveTrouble)
  expect([trouble.trouble, trouble.message]).toEqual([cause, `${where}: ${said}`])
  expect(trouble.cause).toBe(error)
})

test('what our own connections end with is told without its code', () => {
  const causes = (
    [
      ['WIRE_SILENT', 'timed-out'],
      ['WIRE_ENDED', 'cut-off'],
      ['WIRE_CLOSED', 'cut-off'],
      ['WIRE_TOO_MUCH', 'too-much'],
      ['WIRE_PROXY_REFUSED', 'proxy-refused'],
      ['WIRE_NOT_TLS', 'tls-refused'],
      ['WIRE_NOT_HTTP', 'not-understood'],
    ] as const
  ).map(([code, cause]) => [troubleOf(new WireError(code, 'it did'), where), cause] as const)
  for (const [trouble, cause] of causes) expect([trouble.trouble, trouble.message]).toEqual([cause, `${where}: it did`])
})

test('of several addresses, the first tells why', () => {
  const all = [coded('ENETUNREACH', 'connect ENETUNREACH ::1:1'), coded('ECONNREFUSED', 'connect ECONNREFUSED')]
  const trouble = troubleOf(new AggregateError(all, ''), where)
  expect([trouble.trouble, trouble.message]).toEqual(['unreachable', `${where}: connect ENETUNREACH ::1:1`])
})

test('only what verifying a certificate ends with calls for a second look', () => {
  expect(isOfCertificate(coded('CERT_HAS_EXPIRED', ''))).toBe(true)
  expect(isOfCertificate(coded('ERR_TLS_CERT_ALTNAME_INVALID', ''))).toBe(true)
  expect(isOfCertificate(coded('HOSTNAME_MISMATCH', ''))).toBe(true)
  for (const code of ['ECONNRESET', 'ERR_SSL_WRONG_VERSION_NUMBER', 'EACCES', 'ERR_TLS_HANDSHAKE_TIMEOUT'])
    expect(isOfCertificate(coded(code, ''))).toBe(false)
})

test('a trouble stays what it is, and a mistake of ours is none', () => {
  const trouble = new LiveTrouble('throttled', 'later')
  expect(troubleOf(trouble, where)).toBe(trouble)
  const mistakes = [new TypeError('x is not a function'), new Fault('USAGE', 'no', 'do'), 'thrown']
  for (const mistake of mistakes) expect(() => troubleOf(mistake, where)).toThrow()
})
