import { describe, expect, test } from 'vitest'
import { type Told, journalOf, phase, said, secretRef } from '../../harness/hand-made.fixture.ts'
import { judge } from '../../harness/judge.ts'
import { capabilities, instruments } from '../../harness/model/capability.ts'
import type { Observed, Parameters } from '../../harness/model/observation.ts'
import { checks as all } from './index.ts'
import { type Story, mockStories } from './mock-stories.fixture.ts'

/** Whole projects tell of the checks of files: see `configurations.test.ts`. */
const checks = all.filter(({ scenarios }) => scenarios.some((id) => id !== 'configuration'))

/** Each check on stories of a few lines: one that satisfies it, and those that do not. */

const account = 'alice@example.com'
const hour = 3_600_000
const minute = 60_000
const redirectUri = 'http://127.0.0.1:‹port›'
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'

const opened = (change: Readonly<Record<string, string>> = {}, at = 0): Told => {
  const sent = {
    response_type: 'code',
    redirect_uri: redirectUri,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  }
  const parameters = Object.entries({ ...sent, ...change })
  return said(at, 'user-agent', 'ua.opened', { url: 'https://accounts.google.com/o/oauth2/v2/auth', parameters })
}
const requested = (form: Parameters, at = 0, change: Partial<Observed['http.request']> = {}): Told =>
  said(at, change.endpoint === 'revocation-endpoint' ? 'revocation-endpoint' : 'token-endpoint', 'http.request', {
    ...{ endpoint: 'token-endpoint', method: 'POST', origin: 'https://oauth2.googleapis.com', path: '/token' },
    ...{ query: [], headers: [], contentType: null, form, bodyLength: 0, actor: 'subject' },
    ...change,
  })
const codeOf = (ref: string): readonly [string, ReturnType<typeof secretRef>] => ['code', secretRef(ref)]
const exchange = (redirect = redirectUri): Told =>
  requested([['grant_type', 'authorization_code'], codeOf('authorization-code-1'), ['redirect_uri', redirect]])
const refresh = (at = 0): Told => requested([['grant_type', 'refresh_token']], at)
const login = (at = 0, change: Partial<Observed['imap.auth']> = {}): Told => {
  const message = `user=${account}^Aauth=Bearer ‹access-token-1›^A^A`
  return said(at, 'imap:1', 'imap.auth', {
    ...{ tag: 'A1', mechanism: 'XOAUTH2', initialResponse: true, saslIr: true, user: account, message },
    ...{ token: secretRef('access-token-1'), base64: 'canonical', result: 'accepted' },
    ...change,
  })
}
const oauthbearer = (message: string): Told => login(0, { mechanism: 'OAUTHBEARER', message })
const challenged = said(1, 'imap:1', 'imap.challenge', { tag: 'A1', mechanism: 'XOAUTH2', json: '{}' })
const reply = (kind: Observed['imap.challenge.reply']['reply']): Told =>
  said(1, 'imap:1', 'imap.challenge.reply', { tag: 'A1', mechanism: 'XOAUTH2', reply: kind, text: '', after: 0 })
const issued = (token: number, at: number): Told =>
  said(at, 'google', 'as.token.issued', {
    ...{ accessToken: secretRef(`access-token-${token}`), refreshToken: null, by: 'refresh_token' },
    ...{ grant: 'grant-1', account, scope: 's', lifetime: 3599 },
  })
const ended = (
  act: 'sign-out' | 'check-mail',
  outcome: 'done' | 'needs-consent' | 'configuration' | 'transient' = 'done',
  at = 0,
): Told =>
  said(at, 'subject', 'subject.op.end', {
    act: act === 'sign-out' ? { act, account } : { act, account, folder: 'INBOX' },
    outcome,
    ...(outcome === 'done' ? {} : { reason: 'no grant' }),
  })
const forged = said(0, 'user-agent', 'ua.callback.sent', {
  ...{ variant: 'forged-state', to: redirectUri, status: 400 },
  parameters: [codeOf('authorization-code-2'), ['state', 'x']],
})
const redeemed = said(2, 'google', 'as.code.redeemed', {
  ...{ code: secretRef('authorization-code-1'), verifier: 'matches', redirectUri },
})
const stat = (mode: string, path = '~/tokens'): Told =>
  said(0, 'storage', 'fs.stat', { path, kind: 'file', mode, size: 9 })
const leak = { ref: 'refresh-token-1', kind: 'refresh-token', form: 'base64', offset: 0 } as const
const scan = (path: string, leaks: readonly (typeof leak)[], planted = false): Told =>
  said(0, 'storage', 'fs.scan', { path, leaks, planted })
const printed = (channel: 'stdout' | 'stderr', leaks: readonly (typeof leak)[], planted = true): Told =>
  said(0, 'output', 'output.scan', { channel, bytes: 9, leaks, planted })
const foreign = said(0, 'google', 'fault.fired', { fault: 'foreign-issuer', at: 'discovery#1' })
const bye = said(hour, 'imap:1', 'imap.bye', { reason: 'session-expired' })
const revoked = said(hour, 'google', 'as.grant.state', { grant: 'grant-1', account, state: 'revoked', reason: 'user' })
const revocation = (method: string, form: Parameters): Told =>
  requested(form, 0, { endpoint: 'revocation-endpoint', method, path: '/revoke' })
const delivered = said(0, 'subject', 'subject.delivered', { folder: 'INBOX', uid: 1, account, expected: 'same-bytes' })
const seen = (uid: number, ...added: string[]): Told =>
  said(1, 'mailbox', 'imap.flags', { folder: 'INBOX', uid, added, removed: [], cause: 'FETCH' })
const planted = scan('~/planted-control.txt', [], true)

const mismatch = said(1, 'token-endpoint', 'http.response', {
  ...{ endpoint: 'token-endpoint', to: 'token-endpoint#1', status: 400, contentType: null },
  error: 'redirect_uri_mismatch',
})
const fresh = [phase('fresh'), login(), phase('expired')]
const granted = [phase('granted'), login()]
const imapOff = [
  ...[phase('imap-on'), login(), phase('imap-off')],
  login(1, { refusal: 'imap-disabled', result: 'refused' }),
]

const stories: Readonly<Record<string, readonly Story[]>> = {
  'grant/code-only': [
    ['pass', 'code', opened()],
    ['fail', 'a token in the front channel', opened({ response_type: 'code id_token' })],
    ['fail', 'one of two', opened(), opened({ response_type: 'token' })],
  ],
  'disco/issuer-exact': [
    ['pass', 'it stops, then goes on', phase('foreign-issuer'), foreign, phase('true-issuer'), opened()],
    ['fail', 'it goes on', phase('foreign-issuer'), foreign, opened(), phase('true-issuer'), opened()],
    ['inconclusive', 'it never goes on', phase('foreign-issuer'), foreign],
    ['inconclusive', 'the fault did not fire', phase('true-issuer'), opened()],
  ],
  'api/imap-off-surfaced': [
    ['pass', 'it stops and says so', ...imapOff, ended('check-mail', 'configuration')],
    ['warn', 'it refreshes', ...imapOff, refresh(1), ended('check-mail', 'configuration')],
    ['warn', 'it asks again', ...imapOff, opened({}, 1), ended('check-mail', 'configuration')],
    ['warn', 'it tells something vague', ...imapOff, ended('check-mail', 'transient')],
    ['inconclusive', 'it never worked', ...imapOff.slice(2), ended('check-mail', 'configuration')],
  ],
  'authz/pkce-s256': [
    ['pass', 'S256', opened()],
    ['fail', 'plain', opened({ code_challenge_method: 'plain' })],
    ['fail', 'a short challenge', opened({ code_challenge: challenge.slice(1) })],
    ['fail', 'padded', opened({ code_challenge: `${challenge}=` })],
    ['fail', 'none', opened({ code_challenge: '' })],
  ],
  'cb/state-forged': [
    ['pass', 'turned away', forged, exchange(), redeemed],
    [
      'fail',
      'exchanged',
      forged,
      requested([['grant_type', 'authorization_code'], codeOf('authorization-code-2')]),
      redeemed,
    ],
    ['inconclusive', 'the true one fails too', forged],
  ],
  'exch/redirect-uri-same': [
    ['pass', 'the same', opened(), exchange()],
    ['fail', 'without the port', opened(), exchange('http://127.0.0.1')],
    ['fail', 'with another port, as the server tells', opened(), exchange(), mismatch],
    ['inconclusive', 'no exchange', opened(), refresh()],
  ],
  'store/file-mode': [
    ['pass', '0600', stat('0600'), stat('0644', '~/planted-control.txt')],
    ['fail', '0640', stat('0640')],
    ['fail', '0604', stat('0604')],
    ['inconclusive', 'no file', stat('0644', '~/planted-control.txt')],
  ],
  'store/encrypted': [
    ['pass', 'nothing found', planted, scan('~/tokens', [])],
    ['warn', 'a token in base64', planted, scan('~/tokens', [leak])],
    ['inconclusive', 'the canary was not found', scan('~/planted-control.txt', []), scan('~/tokens', [])],
  ],
  'sasl/xoauth2-bytes': [
    ['pass', 'exact', login()],
    ['fail', 'one ^A too few', login(0, { message: `user=${account}^Aauth=Bearer ‹access-token-1›^A` })],
    ['fail', 'a space more', login(0, { message: `user=${account}^Aauth=Bearer  ‹access-token-1›^A^A` })],
    ['fail', 'base64 of URLs', login(0, { base64: 'url-alphabet' })],
    ['inconclusive', 'another mechanism', oauthbearer('')],
  ],
  'sasl/oauthbearer-bytes': [
    ['pass', 'exact', oauthbearer(`n,a=${account},^Ahost=imap.gmail.com^Aport=993^Aauth=Bearer ‹access-token-1›^A^A`)],
    [
      'pass',
      'in another order, in lower case',
      oauthbearer(`n,a=${account},^Aauth=bearer ‹access-token-1›^Ahost=imap.gmail.com^A^A`),
    ],
    [
      'fail',
      'two tokens',
      oauthbearer(`n,a=${account},^Aauth=Bearer ‹access-token-1›^Aauth=Bearer ‹access-token-1›^A^A`),
    ],
    ['pass', 'without host and port', oauthbearer(`n,a=${account},^Aauth=Bearer ‹access-token-1›^A^A`)],
    [
      'fail',
      'another host',
      oauthbearer(`n,a=${account},^Ahost=imapXgmail.com^Aport=993^Aauth=Bearer ‹access-token-1›^A^A`),
    ],
    [
      'fail',
      'another port',
      oauthbearer(`n,a=${account},^Ahost=imap.gmail.com^Aport=143^Aauth=Bearer ‹access-token-1›^A^A`),
    ],
  ],
  'sasl/error-xoauth2': [
    ['pass', 'an empty line', ...granted, challenged, reply('empty')],
    ['pass', 'a cancellation', ...granted, challenged, reply('cancel')],
    ['fail', 'the token again', ...granted, challenged, reply('resend')],
    ['fail', 'the connection closed', ...granted, challenged, reply('closed')],
    ['fail', 'silence', ...granted, challenged],
    ['inconclusive', 'no login before', challenged, reply('empty')],
    ['inconclusive', 'a login afterwards only', challenged, reply('empty'), phase('removed'), login()],
  ],
  'refresh/lead': [
    ['pass', 'five minutes before', issued(1, 0), login(1), issued(2, 55 * minute), login(55 * minute)],
    ['warn', 'eleven minutes before', issued(1, 0), login(1), issued(2, 48 * minute)],
    ['warn', 'an expired token', issued(1, 0), issued(2, hour), login(hour, { result: 'refused', refusal: 'expired' })],
    [
      'pass',
      'at once, because it was refused',
      issued(1, 0),
      login(1, { result: 'refused', refusal: 'revoked' }),
      issued(2, 2),
    ],
    ['inconclusive', 'one token only', issued(1, 0), login(1)],
  ],
  'refresh/single-flight': [
    ['pass', 'one', ...fresh, refresh(hour), ended('check-mail'), ended('check-mail')],
    ['fail', 'two', ...fresh, refresh(hour), refresh(hour), ended('check-mail')],
    ['fail', 'one that serves one', ...fresh, refresh(hour), ended('check-mail'), ended('check-mail', 'transient')],
    ['inconclusive', 'none', phase('fresh'), login(), refresh(0), phase('expired')],
    ['inconclusive', 'it never worked', phase('expired'), refresh(hour), ended('check-mail')],
  ],
  'refresh/token-limit': [
    ['pass', 'a login', phase('first-start'), login(), phase('second-start'), login(1), ended('check-mail')],
    ['warn', 'none', phase('first-start'), login(), phase('second-start'), ended('check-mail', 'needs-consent')],
    [
      'warn',
      'a new consent',
      phase('first-start'),
      login(),
      phase('second-start'),
      opened(),
      login(1),
      ended('check-mail'),
    ],
    [
      'inconclusive',
      'never a grant',
      phase('first-start'),
      phase('second-start'),
      ended('check-mail', 'needs-consent'),
    ],
  ],
  'refresh/session-end': [
    ['pass', 'a new login', phase('session-end'), bye, login(hour + 1)],
    ['fail', 'none', phase('session-end'), bye],
    ['fail', 'too late', phase('session-end'), bye, phase('new-mail'), login(hour + 1)],
    ['fail', 'a prompt', phase('session-end'), bye, opened({}, hour + 1), login(hour + 2)],
    ['inconclusive', 'another end', said(hour, 'imap:1', 'imap.bye', { reason: 'logout' })],
  ],
  'refresh/dead-grant-stops': [
    ['pass', 'two', ...granted, revoked, refresh(hour), refresh(2 * hour)],
    ['fail', 'three', ...granted, revoked, refresh(hour), refresh(2 * hour), refresh(3 * hour)],
    ['inconclusive', 'none', ...granted, refresh(0), revoked],
    ['inconclusive', 'it never worked', revoked, refresh(hour)],
  ],
  'revoke/on-signout': [
    ['pass', 'the grant ends', issued(1, 0), revocation('POST', [['token', 'x']]), revoked, ended('sign-out')],
    ['warn', 'no request', issued(1, 0), ended('sign-out')],
    ['warn', 'a request that ends nothing', issued(1, 0), revocation('POST', [['token', 'y']]), ended('sign-out')],
    ['warn', 'ended before', issued(1, 0), revoked, phase('sign-out'), ended('sign-out')],
    ['inconclusive', 'never a grant', ended('sign-out')],
  ],
  'imap/peek': [
    ['pass', 'flags as they were', delivered, seen(2, '\\Seen'), seen(1, '\\Flagged')],
    ['warn', 'seen', delivered, seen(1, '\\Seen')],
  ],
  'leak/logs': [
    ['pass', 'nothing', printed('stdout', []), printed('stderr', [])],
    ['fail', 'on one of two', printed('stdout', []), printed('stderr', [leak])],
    ['inconclusive', 'the canary was not found', printed('stdout', []), printed('stderr', [], false)],
    ['inconclusive', 'one channel', printed('stdout', [])],
  ],
  ...mockStories,
}

const options = {
  capabilities: new Set(capabilities),
  instruments: new Set(instruments),
  lacks: new Map(),
  strict: false,
  replay: () => 'again',
}

test('every check has its stories', () => {
  expect(Object.keys(stories).toSorted()).toEqual(checks.map(({ id }) => id).toSorted())
})

describe.each(checks.map((check) => [check.id, check] as const))('%s', (id, check) => {
  const judged = (told: readonly Told[]) =>
    judge(
      check,
      check.scenarios.slice(0, 1).map((scenario) => journalOf({ scenario }, ...told)),
      options,
    )

  const cases = (stories[id] ?? []).map(([verdict, what, ...told]) => ({ verdict, what, told }))
  test.each(cases)('$verdict: $what', ({ verdict, told }) => {
    expect(judged(told)).toMatchObject({ verdict })
  })

  test('cannot tell from nothing', () => {
    expect(judged([])).toMatchObject({
      verdict: 'inconclusive',
      reason: `nothing to judge was seen: ${check.observes.names}`,
    })
  })

  test('shows where what it found stands', () => {
    const wrong = cases.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn')
    expect(wrong.length).toBeGreaterThan(0)
    for (const { told } of wrong) expect(judged(told).variants[0]?.evidence.length).toBeGreaterThan(0)
  })
})
