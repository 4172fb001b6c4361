import { expect, test } from 'vitest'
import { excerpt } from './excerpt.ts'
import { journalOf, said } from './hand-made.fixture.ts'
import type { ObservationType, Observed } from './model/observation.ts'

const told = <T extends ObservationType>(type: T, fields: Observed[T]): string =>
  excerpt(journalOf({ scenario: 'live-account' }, said(0, 'live', type, fields)).observations[0]!)

const issuer = 'https://accounts.google.com'
const tokens: Observed['live.tokens'] = {
  ...{ by: 'authorization_code', status: 200, error: null, description: null, members: ['access_token', 'token_type'] },
  ...{ tokenType: 'Bearer', expiresIn: 3599, refreshTokenExpiresIn: 604_799, refreshToken: true },
  ...{ scope: ['openid', 'https://mail.google.com/'], identity: 'the account' },
}
const login: Observed['live.login'] = {
  ...{ mechanism: 'XOAUTH2', token: 'bogus', offered: true, result: 'refused', challenge: '{"status":"400"}' },
  answer: 'NO Invalid credentials',
}
const drift: Observed['drift.compared'] = {
  ...{
    area: 'imap-capability',
    look: 'before-login',
    fact: 'MOVE',
    state: 'known',
    expected: null,
    observed: 'offered',
  },
  ...{ since: '2026-08-07', note: 'Harmless.' },
}

test.each([
  [
    told('live.asked', { issuer, mailScope: null, also: ['storage', 'write'] }),
    `${issuer} for no scope of its own; also storage, write`,
  ],
  [told('live.trouble', { part: 'keys', cause: 'timed-out', said: '' }), 'keys ended early, timed-out'],
  [told('live.trouble', { part: 'keys', cause: 'timed-out', said: '20 s' }), 'keys ended early, timed-out; 20 s'],
  [
    told('live.metadata', { url: issuer, status: 200, issuer: null, missing: ['issuer'], insecure: ['jwks_uri'] }),
    `${issuer} → 200, issuer none; without issuer; plain HTTP: jwks_uri`,
  ],
  [told('live.keys', { url: issuer, status: 200, keys: 2, usable: 1 }), `${issuer} → 200, 1 of 2 keys can verify`],
  [told('live.clock', { host: 'a', seconds: -61 }), 'our clock less that of a: -61 seconds'],
  [told('live.tls', { server: 'imap', asked: 'TLSv1.1', accepted: false }), 'imap refuses TLSv1.1'],
  [told('live.tls', { server: 'imap', asked: 'TLSv1', accepted: null }), 'imap could not be asked for TLSv1'],
  [
    told('live.greeting', { host: 'h', port: 993, version: 'TLSv1.3', condition: 'BYE', said: 'Busy' }),
    'h:993, TLSv1.3: * BYE Busy',
  ],
  [told('live.capabilities', { when: 'after-login', names: ['IDLE', 'ID'] }), 'after-login: IDLE ID'],
  [told('live.id', { name: null, fields: ['vendor'] }), 'ID without a name (vendor)'],
  [
    told('live.consent', { answer: 'refused', error: 'access_denied' }),
    'authorization response: refused; access_denied',
  ],
  [told('live.grant', { from: 'vault', days: 6 }), 'grant from vault; given 6 days ago'],
  [
    told('live.tokens', tokens),
    'authorization_code → 200 access_token token_type; token_type Bearer; expires_in 3599; ' +
      'refresh_token_expires_in 604799; scope openid https://mail.google.com/; of the account',
  ],
  [
    told('live.tokens', { ...tokens, by: 'refresh_token', status: 400, error: 'invalid_grant', description: 'Gone.' }),
    'refresh_token → 400 invalid_grant; “Gone.”',
  ],
  [
    told('live.storage', { directoryMode: '0700', fileMode: '', leaks: 0, planted: false }),
    'folder 0700, file without a mode; 0 secrets can be read in it; what was planted was not found',
  ],
  [
    told('live.login', login),
    'AUTHENTICATE XOAUTH2 with a token that nobody issued → refused; {"status":"400"}; NO Invalid credentials',
  ],
  [told('live.login', { ...login, offered: false, result: 'not-tried' }), 'AUTHENTICATE XOAUTH2 is not offered'],
  [told('live.folders', { folders: 3, specialUse: ['\\All', '\\Sent'] }), '3 folders, \\All \\Sent'],
  [
    told('live.label', { created: true, appended: true, same: false, flagged: true, removed: true, left: 0 }),
    'our label: created, appended, not same, flagged, removed; 0 left',
  ],
  [
    told('live.revocation', { status: 200, after: 'refused', error: 'invalid_grant' }),
    'revocation → 200; a refresh after it refused; invalid_grant',
  ],
  [
    told('live.spent', { received: 9, sent: 8, connections: 7, mostAtOnce: 2 }),
    '9 octets received, 8 sent, 7 connections, 2 at once',
  ],
  [
    told('drift.compared', drift),
    'imap-capability, before-login, MOVE: expected nothing, saw offered; known since 2026-08-07; Harmless.',
  ],
  [
    told('drift.compared', { ...drift, state: 'not-observed', fact: '' }),
    'imap-capability, before-login: not looked at',
  ],
])('%s', (excerpted, expected) => {
  expect(excerpted).toBe(expected)
})

test('mail stands in an excerpt where a person asked for it, and nowhere else', () => {
  const headers = { folder: '\\All', exists: 9, read: 9, unseen: 3, changed: 0 }
  const plain = '\\All: headers of 9 of 9 messages, 0 of 3 unread ones changed meanwhile'
  const mail = [{ uid: 1, from: 'Carol <carol@example.com>', subject: 'Lunch', date: '2026-11-23' }]
  expect(told('live.headers', headers)).toBe(plain)
  expect(told('live.headers', { ...headers, mail })).toBe(
    `${plain}; UID 1 of 2026-11-23 from Carol <carol@example.com>: Lunch`,
  )
})
