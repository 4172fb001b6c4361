import { expect, test } from 'vitest'
import { certificateTrouble } from './certificate-trouble.ts'

const certificate = {
  issuer: 'Example Inspection CA, Example Corp',
  subject: 'imap.gmail.com',
  names: ['imap.gmail.com'],
  from: Date.UTC(2026, 0, 1),
  until: Date.UTC(2026, 11, 31),
}
const at = { host: 'imap.gmail.com', port: 993, now: Date.UTC(2026, 6, 1) }
const tell = (code: string, changed = {}, now = at.now): readonly [string, string] => {
  const error = Object.assign(new Error('no'), { code })
  const { trouble, message } = certificateTrouble(error, { ...certificate, ...changed }, { ...at, now })
  return [trouble, message]
}
const signed = 'issued by “Example Inspection CA, Example Corp”'

test('who signed is told', () => {
  const said = `imap.gmail.com:993 shows a certificate ${signed} (SELF_SIGNED_CERT_IN_CHAIN)`
  expect(tell('SELF_SIGNED_CERT_IN_CHAIN')).toEqual(['tls-intercepted', said])
})

test('for whom it is told, a few of many', () => {
  const names = ['a.example', 'b.example', 'c.example', 'd.example']
  const said = `imap.gmail.com:993 shows a certificate for a.example, b.example, c.example, not for imap.gmail.com; ${signed}`
  expect(tell('ERR_TLS_CERT_ALTNAME_INVALID', { names })).toEqual(['tls-intercepted', said])
  expect(tell('ERR_TLS_CERT_ALTNAME_INVALID', { names: [] })[1]).toContain('for “imap.gmail.com”, not for')
})

test('what is out of its time may be the fault of our clock', () => {
  const later = Date.UTC(2031, 0, 2)
  const said = `imap.gmail.com:993 shows a certificate valid from 2026-01-01 to 2026-12-31, ${signed}; this machine’s clock says 2031-01-02`
  expect(tell('CERT_HAS_EXPIRED', {}, later)).toEqual(['clock-wrong', said])
  expect(tell('CERT_NOT_YET_VALID', {}, Date.UTC(2001, 0, 1))[0]).toBe('clock-wrong')
  // Deno has one word for everything.
  expect(tell('UNABLE_TO_VERIFY_LEAF_SIGNATURE', {}, later)).toEqual(['clock-wrong', said])
  expect(tell('UNABLE_TO_VERIFY_LEAF_SIGNATURE')[0]).toBe('tls-intercepted')
  expect(tell('UNABLE_TO_VERIFY_LEAF_SIGNATURE', { subject: certificate.issuer }, later)[0]).toBe('tls-intercepted')
})

test('a certificate that does not say its time', () => {
  expect(tell('CERT_HAS_EXPIRED', { from: NaN, until: NaN })).toEqual([
    'tls-intercepted',
    expect.stringContaining(signed),
  ])
})
