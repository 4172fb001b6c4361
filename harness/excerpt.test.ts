import { describe, expect, test } from 'vitest'
import { excerpt } from './excerpt.ts'
import { type Told, journalOf, said, secretRef } from './hand-made.fixture.ts'
import type { Leak } from './model/secret.ts'

const line = (told: Told): string => excerpt(journalOf({ scenario: 'story' }, told).observations[0]!)
const token = secretRef('access-token-1')
const state = secretRef('state-2')
const leak: Leak = { ref: 'refresh-token-1', kind: 'refresh-token', form: 'base64', offset: 3 }
const request = {
  endpoint: 'token-endpoint' as const,
  method: 'POST',
  origin: 'https://oauth2.googleapis.com',
  path: '/token',
  query: [],
  headers: [['authorization', token]] as const,
  contentType: null,
  form: [
    ['grant_type', 'authorization_code'],
    ['code', secretRef('authorization-code-1')],
  ] as const,
  bodyLength: 9,
  actor: 'subject' as const,
}
const act = { act: 'sign-in', account: 'alice@example.com' } as const

const lines: readonly (readonly [Told, string])[] = [
  [
    said(0, 'token-endpoint', 'http.request', request),
    'POST https://oauth2.googleapis.com/token grant_type=authorization_code code=‹authorization-code-1›',
  ],
  [
    said(0, 'userinfo', 'http.request', { ...request, method: 'GET', form: null, query: [['access_token', token]] }),
    'GET https://oauth2.googleapis.com/token access_token=‹access-token-1›',
  ],
  [
    said(0, 'token-endpoint', 'http.response', {
      endpoint: 'token-endpoint',
      to: 'token-endpoint#1',
      status: 400,
      contentType: null,
      error: 'invalid_grant',
      description: 'Bad Request',
    }),
    '400 invalid_grant “Bad Request”',
  ],
  [
    said(0, 'user-agent', 'ua.callback.sent', {
      variant: 'true',
      to: 'x',
      parameters: [['state', state]],
      status: null,
    }),
    'true callback state=‹state-2› → no answer',
  ],
  [
    said(0, 'imap:1', 'imap.auth', {
      tag: 'A1',
      mechanism: 'XOAUTH2',
      initialResponse: true,
      saslIr: true,
      user: 'a',
      token,
      message: 'user=a^Aauth=Bearer ‹access-token-1›^A^A',
      base64: 'canonical',
      result: 'refused',
      refusal: 'expired',
    }),
    'AUTHENTICATE XOAUTH2 user=a^Aauth=Bearer ‹access-token-1›^A^A → refused (expired)',
  ],
  [said(0, 'imap:1', 'imap.cmd', { tag: 'A2', verb: 'NOOP', arguments: '', state: 'selected' }), 'A2 NOOP'],
  [said(0, 'imap:1', 'imap.line.out', { line: '* BYE' }), '* BYE'],
  [
    said(0, 'imap:1', 'imap.challenge.reply', { tag: 'A1', mechanism: 'XOAUTH2', reply: 'empty', text: '', after: 0 }),
    'after the XOAUTH2 challenge: empty',
  ],
  [
    said(0, 'mailbox', 'imap.flags', {
      folder: 'INBOX',
      uid: 3,
      added: ['\\Seen'],
      removed: ['\\Draft'],
      cause: 'FETCH',
    }),
    'INBOX UID 3 +\\Seen -\\Draft',
  ],
  [said(0, 'subject', 'subject.op.end', { act, outcome: 'failed', reason: 'no' }), 'sign-in → failed: no'],
  [said(0, 'storage', 'fs.stat', { path: '~/t', kind: 'file', mode: '0644', size: 1 }), '~/t file 0644'],
  [
    said(0, 'storage', 'fs.scan', { path: '~/t', leaks: [leak], planted: false }),
    '~/t holds ‹refresh-token-1› (base64)',
  ],
  [
    said(0, 'output', 'output.scan', { channel: 'stdout', bytes: 1, leaks: [], planted: true }),
    'stdout holds no secret',
  ],
  [
    said(0, 'configuration', 'config.value', {
      ...{ file: 'c.json', line: 2, column: 3, source: 'literal' },
      pointer: '/a',
      profile: '',
      name: 'a',
      value: ['x', 'y'],
    }),
    'c.json:2:3 /a = x y',
  ],
  [
    said(0, 'configuration', 'config.value', {
      ...{ file: 'c', line: 2, column: 3, source: 'literal' },
      pointer: '/s',
      profile: '',
      name: 's',
      value: secretRef('client-secret-1'),
    }),
    'c:2:3 /s = ‹client-secret-1›',
  ],
  [
    said(0, 'configuration', 'attestation', {
      ...{ file: 'c', line: 2, column: 3, of: '1', name: 'n', value: 'v', checkedOn: '2026-01-01', checkedBy: 'a' },
    }),
    'c:2:3 n = v (checked on 2026-01-01)',
  ],
]

test.each(lines)('%#: $1', (told, expected) => {
  expect(line(told)).toBe(expected)
})

describe('what has no words of its own is told field by field', () => {
  test('secrets by their marks, however deep they stand', () => {
    const url = 'https://accounts.google.com/o/oauth2/v2/auth'
    expect(
      line(
        said(0, 'user-agent', 'ua.opened', {
          url,
          parameters: [
            ['state', state],
            ['scope', 'a b'],
          ],
        }),
      ),
    ).toBe(`ua.opened url=${url} parameters=[["state","‹state-2›"],["scope","a b"]]`)
    const issued = { grant: 'grant-1', account: 'a', scope: 's', lifetime: 3599, by: 'refresh_token' } as const
    expect(line(said(0, 'google', 'as.token.issued', { ...issued, accessToken: token, refreshToken: null }))).toBe(
      'as.token.issued grant=grant-1 account=a scope=s lifetime=3599 by=refresh_token accessToken=‹access-token-1› refreshToken=null',
    )
  })

  test('no description of a secret ever shows', () => {
    const all = [
      ...lines.map(([told]) => told),
      said(0, 'google', 'as.idtoken.issued', {
        kid: 'k',
        alg: 'RS256',
        defect: null,
        claims: { deep: [{ nonce: state }] },
      }),
    ]
    for (const told of all) expect(line(told)).not.toMatch(/entropy|alphabet|base64url|\bref\b/)
  })
})
