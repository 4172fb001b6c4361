/** Alerts (RFC 8446 §6, RFC 5246 §7.2) under the names that OpenSSL's error codes have for them. */
const alerts: Readonly<Record<string, number>> = {
  CLOSE_NOTIFY: 0,
  UNEXPECTED_MESSAGE: 10,
  BAD_RECORD_MAC: 20,
  RECORD_OVERFLOW: 22,
  HANDSHAKE_FAILURE: 40,
  BAD_CERTIFICATE: 42,
  UNSUPPORTED_CERTIFICATE: 43,
  CERTIFICATE_REVOKED: 44,
  CERTIFICATE_EXPIRED: 45,
  CERTIFICATE_UNKNOWN: 46,
  ILLEGAL_PARAMETER: 47,
  UNKNOWN_CA: 48,
  ACCESS_DENIED: 49,
  DECODE_ERROR: 50,
  DECRYPT_ERROR: 51,
  PROTOCOL_VERSION: 70,
  INSUFFICIENT_SECURITY: 71,
  INTERNAL_ERROR: 80,
  USER_CANCELLED: 90,
  MISSING_EXTENSION: 109,
  UNSUPPORTED_EXTENSION: 110,
  UNRECOGNIZED_NAME: 112,
  BAD_CERTIFICATE_STATUS_RESPONSE: 113,
  CERTIFICATE_REQUIRED: 116,
  NO_APPLICATION_PROTOCOL: 120,
}

/** How Deno, Node and Bun say that an alert was received; Deno has the same codes for reasons of the server's own. */
const receipt = /^received fatal alert|SSL alert number|_ALERT_/

/**
 * The alert that the client ended a handshake with, as the runtime's error tells it. Null for any other end, and on Bun for
 * an alert in the clear where TLS 1.3 was chosen, which it cannot read.
 */
export function alertIn({ code = '', message }: NodeJS.ErrnoException): number | null {
  const [, name = ''] = /_ALERT_([A-Z_]+)$/.exec(code) ?? []
  return receipt.test(message) ? (alerts[name] ?? null) : null
}

export const unexpectedMessage = 10
export const protocolVersion = 70

/** A fatal alert in a record of its own. */
export const alertRecord = (alert: number): Uint8Array => Uint8Array.from([0x15, 3, 1, 0, 2, 2, alert])
