import { expect, test } from 'vitest'
import { alertIn } from './tls-alert.ts'

/** What the three runtimes said when curl refused a certificate, or had another reason to go. */
test.each([
  [
    'Node',
    'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
    'error:0A000418:SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca:rec_layer_s3.c:918:SSL alert number 48',
    48,
  ],
  ['Bun', 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'error:10000418:SSL routines:OPENSSL_internal:TLSV1_ALERT_UNKNOWN_CA', 48],
  ['Deno', 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'received fatal alert: UnknownCA', 48],
  ['Bun, in the clear of TLS 1.3', 'ERR_SSL_BAD_PACKET_LENGTH', 'error:10000070:SSL:BAD_PACKET_LENGTH', null],
  [
    'Deno, of a reason of its own',
    'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
    'peer is incompatible: SignatureAlgorithmsExtensionRequired',
    null,
  ],
  ['a client that is gone', 'ECONNRESET', 'socket hang up', null],
])('%s tells of an alert, or of none', (_, code, message, alert) => {
  expect(alertIn(Object.assign(new Error(message), { code }))).toBe(alert)
})
