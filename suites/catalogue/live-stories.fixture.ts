import { type Told, said } from '../../harness/hand-made.fixture.ts'
import type { ObservedLive } from '../../harness/model/live.ts'
import type { Observed } from '../../harness/model/observation.ts'
import type { VerdictWord } from '../../harness/model/verdict.ts'

/** One thing that a live run shows, with whatever a story changes of it. */
type Showing<T extends keyof ObservedLive> = (change?: Partial<ObservedLive[T]>) => Told

const shows =
  <T extends keyof ObservedLive>(type: T, usual: ObservedLive[T]): Showing<T> =>
  (change = {}) =>
    said(0, 'live', type, { ...usual, ...change } as Observed[T])

const issuer = 'https://accounts.google.com'
const mailScope = 'https://mail.google.com/'

export const asked = shows('live.asked', { issuer, mailScope, also: ['storage', 'write', 'revoke'] })
export const trouble = (
  part: ObservedLive['live.trouble']['part'],
  cause: ObservedLive['live.trouble']['cause'],
  told = '',
): Told => said(0, 'live', 'live.trouble', { part, cause, said: told })
const metadata = shows('live.metadata', { url: `${issuer}/x`, status: 200, issuer, missing: [], insecure: [] })
const keys = shows('live.keys', { url: 'https://www.googleapis.com/x', status: 200, keys: 2, usable: 2 })
const clock = shows('live.clock', { host: 'accounts.google.com', seconds: 0 })
const greeting = shows('live.greeting', {
  ...{ host: 'imap.gmail.com', port: 993, version: 'TLSv1.3', condition: 'OK', said: 'Gimap ready' },
})
const offers = shows('live.capabilities', { when: 'before-login', names: ['IMAP4rev1', 'AUTH=XOAUTH2'] })
const consent = shows('live.consent', { answer: 'granted', error: null })
const grant = shows('live.grant', { from: 'consent', days: 0 })
const tokens = shows('live.tokens', {
  ...{ by: 'authorization_code', status: 200, error: null, description: null },
  members: ['access_token', 'expires_in', 'refresh_token', 'scope', 'token_type'],
  ...{ tokenType: 'Bearer', expiresIn: 3599, refreshTokenExpiresIn: null, refreshToken: true },
  ...{ scope: ['openid', mailScope], identity: 'the account' },
})
const refusal = (status: number, error: string, by: ObservedLive['live.tokens']['by'] = 'authorization_code'): Told =>
  tokens({ by, status, error, description: 'No.', members: ['error'], scope: null, identity: 'not told' })
const refreshed = (change: Partial<ObservedLive['live.tokens']> = {}): Told =>
  tokens({ by: 'refresh_token', refreshToken: false, ...change })
const storage = shows('live.storage', { directoryMode: '0700', fileMode: '0600', leaks: 0, planted: true })
export const login = shows('live.login', {
  ...{ mechanism: 'XOAUTH2', token: 'issued', offered: true, result: 'accepted', challenge: null },
  answer: 'OK Success',
})
const bearer = (change: Partial<ObservedLive['live.login']> = {}): Told =>
  login({ mechanism: 'OAUTHBEARER', ...change })
const refused = { result: 'refused', challenge: '{"status":"400"}', answer: 'NO Invalid credentials' } as const
const absent = { offered: false, result: 'not-tried', answer: '' } as const
const revocation = shows('live.revocation', { status: 200, after: 'refused', error: 'invalid_grant' })
const uses = ['\\All', '\\Drafts', '\\Flagged', '\\Junk', '\\Sent', '\\Trash']
const folders = shows('live.folders', { folders: 9, specialUse: uses })
const headers = shows('live.headers', { folder: '\\All', exists: 9, read: 9, unseen: 3, changed: 0 })
const label = shows('live.label', {
  ...{ created: true, appended: true, same: true, flagged: true, removed: true, left: 0 },
})
const day = 86_400

export type LiveStory = readonly [verdict: VerdictWord, reason: string, ...told: readonly Told[]]

/** Stories of live runs: the verdict, and what its reason says among other things. */
export const liveStories: Readonly<Record<string, readonly LiveStory[]>> = {
  'live/metadata': [
    ['pass', '', asked(), metadata()],
    ['fail', 'saw https://evil.example', asked(), metadata({ issuer: 'https://evil.example' })],
    ['fail', 'saw no issuer', asked(), metadata({ issuer: null })],
    ['fail', 'expected token_endpoint', asked(), metadata({ missing: ['token_endpoint'] })],
    ['fail', 'saw jwks_uri', asked(), metadata({ insecure: ['jwks_uri'] })],
    ['inconclusive', 'answered with 302', asked(), metadata({ status: 302 })],
    ['inconclusive', 'nobody said', metadata()],
  ],
  'live/keys': [
    ['pass', '', asked(), metadata(), keys()],
    ['fail', '2 keys, none for signatures', asked(), metadata(), keys({ usable: 0 })],
    ['inconclusive', 'answered with 404', asked(), metadata(), keys({ status: 404, keys: 0, usable: 0 })],
    ['inapplicable', 'no jwks_uri', asked(), metadata()],
    ['inconclusive', 'timed out: no answer', asked(), metadata(), trouble('keys', 'timed-out', 'no answer')],
    ['inconclusive', 'not the issuer', asked(), metadata(), trouble('metadata', 'not-the-issuer')],
  ],
  'api/imap-reachable': [
    ['pass', '', greeting()],
    ['fail', 'saw * BYE Busy', greeting({ condition: 'BYE', said: 'Busy' })],
    ['fail', 'saw * PREAUTH', greeting({ condition: 'PREAUTH' })],
    ['fail', 'saw HTTP/1.1 400', greeting({ condition: 'none', said: 'HTTP/1.1 400' })],
    ['fail', 'saw no greeting', greeting({ condition: 'none', said: '' })],
    ['inconclusive', 'TLS intercepted: who?', trouble('greeting', 'tls-intercepted', 'who?')],
  ],
  'live/client-accepted': [
    ['pass', '', asked(), tokens()],
    ['pass', '', asked(), tokens(), refusal(400, 'invalid_grant', 'refresh_token')],
    ...['invalid_client', 'unauthorized_client', 'deleted_client', 'disabled_client'].map((error): LiveStory => [
      'fail',
      `saw 401 ${error} No.`,
      asked(),
      refusal(401, error),
    ]),
    ['inconclusive', 'answered with server_error', asked(), refusal(503, 'server_error')],
    ['inconclusive', 'no grant', asked(), trouble('sign-in', 'no-grant')],
  ],
  'live/mail-scope': [
    ['pass', '', asked(), tokens()],
    ['pass', 'names no scope', asked(), tokens({ scope: null })],
    ['fail', 'saw openid', asked(), tokens({ scope: ['openid'] })],
    ['fail', 'saw no scope', asked(), tokens({ scope: [] })],
    ['fail', 'saw openid', asked(), tokens(), refreshed({ scope: ['openid'] })],
    ['inapplicable', 'no scope of this issuer', asked({ mailScope: null }), tokens()],
    ['inconclusive', 'nobody said which', tokens()],
    ['inconclusive', 'consent denied', asked(), trouble('sign-in', 'consent-denied')],
  ],
  'live/grant-lasts': [
    ['pass', 'names no end', asked(), grant(), tokens()],
    ['pass', '', asked(), grant(), tokens({ refreshTokenExpiresIn: 30 * day })],
    ['warn', 'saw 7 days, 7 days of them left', asked(), grant(), tokens({ refreshTokenExpiresIn: 7 * day - 1 })],
    ['warn', 'saw 6 days, 6 days', asked(), tokens({ refreshTokenExpiresIn: 6 * day })],
    [
      ...(['warn', 'saw 7 days, 3 days of them left'] as const),
      ...[asked(), grant({ from: 'vault', days: 4 }), refreshed({ refreshTokenExpiresIn: 3 * day })],
    ],
    [
      ...(['pass', 'ends in 3 days'] as const),
      ...[asked(), grant({ from: 'vault', days: 27 }), refreshed({ refreshTokenExpiresIn: 3 * day })],
    ],
    ['warn', 'saw 7 days, 7 days', asked(), grant(), tokens({ refreshTokenExpiresIn: 7 * day })],
    ['pass', '', asked(), grant({ from: 'vault', days: 8 }), refreshed()],
    ['pass', 'names no end', asked(), grant({ from: 'vault', days: 7 }), refreshed()],
    ['pass', 'names no end', asked(), grant({ from: 'environment', days: null }), refreshed()],
    [
      ...(['inconclusive', '3 days are left, and nobody knows'] as const),
      ...[asked(), grant({ from: 'environment', days: null }), refreshed({ refreshTokenExpiresIn: 3 * day })],
    ],
    ['inconclusive', 'grant dead', asked(), grant({ from: 'vault', days: 9 }), trouble('refresh', 'grant-dead')],
  ],
  'live/consent': [
    ['pass', '', asked(), consent(), grant()],
    ['fail', 'saw invalid_scope', asked(), consent({ answer: 'refused', error: 'invalid_scope' })],
    ['fail', 'neither code nor error', asked(), consent({ answer: 'refused' })],
    ['inconclusive', 'access was denied', asked(), consent({ answer: 'refused', error: 'access_denied' })],
    ['inapplicable', 'comes from the vault', asked(), grant({ from: 'vault', days: 2 })],
    ['inapplicable', 'comes from the environment', asked(), grant({ from: 'environment', days: null })],
    ['inconclusive', 'nobody answered: 300 seconds', asked(), trouble('sign-in', 'nobody-answered', '300 seconds')],
  ],
  'live/tokens': [
    ['pass', '', asked(), tokens()],
    ['pass', '', asked(), tokens({ tokenType: 'bearer' })],
    ['pass', 'expires_in is missing', asked(), tokens({ expiresIn: null })],
    ['fail', 'saw mac', asked(), tokens({ tokenType: 'mac' })],
    ['fail', 'saw none', asked(), tokens({ tokenType: null })],
    ['fail', 'expected access_token', asked(), tokens({ members: ['token_type'] })],
    ['fail', 'saw mac', asked(), tokens(), refreshed({ tokenType: 'mac' })],
    ['inconclusive', 'client refused', asked(), refusal(401, 'invalid_client'), trouble('sign-in', 'client-refused')],
  ],
  'live/refresh-token': [
    ['pass', '', asked(), grant(), tokens(), refreshed()],
    ['inconclusive', 'client refused', asked(), refusal(401, 'invalid_client'), trouble('sign-in', 'client-refused')],
    ['fail', 'saw access_token', asked(), tokens({ refreshToken: false, members: ['access_token'] })],
    ['inapplicable', 'it had one', asked(), grant({ from: 'vault', days: 1 }), refreshed()],
    ['inconclusive', 'wrong account', asked(), trouble('sign-in', 'wrong-account')],
  ],
  'live/same-account': [
    ['pass', '', asked(), tokens()],
    ['pass', '', asked(), tokens(), refreshed({ identity: 'not told' })],
    ['fail', 'saw another account', asked(), tokens({ identity: 'another account' })],
    ['inapplicable', 'no answer names', asked(), tokens({ identity: 'not told' })],
    ['inconclusive', 'client refused', asked(), refusal(401, 'invalid_client'), trouble('sign-in', 'client-refused')],
  ],
  'live/storage': [
    ['pass', '', asked(), storage()],
    ['pass', '', asked(), storage({ directoryMode: '', fileMode: '' })],
    ['fail', 'saw 0755', asked(), storage({ directoryMode: '0755' })],
    ['fail', 'saw 0644', asked(), storage({ fileMode: '0644' })],
    ['fail', 'saw 2 in the file', asked(), storage({ leaks: 2 })],
    ['inconclusive', 'planted as a control', asked(), storage({ planted: false })],
    ['inapplicable', 'nothing is stored', asked({ also: [] })],
    ['inconclusive', 'vault unusable: EACCES', asked(), trouble('storage', 'vault-unusable', 'EACCES')],
  ],
  'live/mechanism-offered': [
    ['pass', '', asked(), offers()],
    ['pass', '', asked(), offers({ names: ['AUTH=OAUTHBEARER'] })],
    ['fail', 'saw IMAP4rev1 AUTH=PLAIN', asked(), offers({ names: ['IMAP4rev1', 'AUTH=PLAIN'] })],
    ['fail', 'saw no capability', asked(), offers({ names: [] })],
    ['inconclusive', 'not IMAP', asked(), offers({ when: 'after-login' }), trouble('greeting', 'not-imap')],
  ],
  'live/bad-token': [
    ['pass', '', login({ token: 'bogus', ...refused })],
    ['fail', 'XOAUTH2 accepted', login({ token: 'bogus' }), bearer({ token: 'bogus', ...refused })],
    ['pass', '', login({ token: 'bogus', ...refused }), bearer({ token: 'bogus', ...absent }), login()],
    ['inconclusive', 'nothing to judge', bearer({ token: 'bogus', ...absent })],
    ['inconclusive', 'throttled', login({ token: 'bogus', ...refused }), trouble('bad-token', 'throttled')],
    ['inconclusive', 'unreachable', asked(), trouble('greeting', 'unreachable')],
  ],
  'live/xoauth2': [
    ['pass', '', asked(), login(), bearer()],
    ['fail', 'saw NO Invalid credentials after {"status":"400"}', asked(), login(refused)],
    [
      'fail',
      'saw NO [ALERT] IMAP is off',
      asked(),
      login({ ...refused, challenge: null, answer: 'NO [ALERT] IMAP is off' }),
    ],
    ['fail', 'saw NO', asked(), login(refused), trouble('xoauth2', 'login-refused', 'NO')],
    ['inconclusive', 'throttled: NO', asked(), login(refused), trouble('xoauth2', 'throttled', 'NO')],
    ['inconclusive', 'was not tried', asked(), login({ result: 'not-tried' })],
    ['inapplicable', 'offers no XOAUTH2', asked(), login(absent), bearer()],
    ['inconclusive', 'grant dead', asked(), trouble('refresh', 'grant-dead')],
  ],
  'live/oauthbearer': [
    ['pass', '', asked(), login(refused), bearer({ token: 'refreshed' })],
    ['fail', 'saw NO', asked(), login(), bearer(refused)],
    ['inconclusive', 'server error', asked(), bearer(refused), trouble('oauthbearer', 'server-error')],
    ['inapplicable', 'offers no OAUTHBEARER', asked(), login(), bearer(absent)],
    ['inconclusive', 'mechanism missing', asked(), trouble('sign-in', 'mechanism-missing')],
  ],
  'live/refresh': [
    ['pass', '', asked(), refreshed(), login({ token: 'refreshed' })],
    ['pass', '', asked(), refreshed(), login({ token: 'refreshed', ...refused }), bearer({ token: 'refreshed' })],
    ['fail', 'saw 400 invalid_grant No.', asked(), refusal(400, 'invalid_grant', 'refresh_token')],
    ['fail', 'saw NO Invalid', asked(), refreshed(), login({ token: 'refreshed', ...refused })],
    ['inconclusive', 'nobody logged in', asked(), refreshed(), login()],
    ...[429, 500, 503].map((status): LiveStory => [
      ...(['inconclusive', `answered ${status}`] as const),
      ...[asked(), refusal(status, 'x', 'refresh_token')],
    ]),
    ['inconclusive', 'no grant', asked(), tokens(), trouble('sign-in', 'no-grant')],
  ],
  'live/revocation': [
    ['pass', '', asked(), revocation()],
    ['fail', 'saw a new access token', asked(), revocation({ after: 'granted', error: null })],
    ['fail', 'saw a new access token', asked(), revocation({ status: 400, after: 'granted' })],
    ['inconclusive', 'had ended before', asked(), revocation({ status: 400 })],
    ['inconclusive', 'nobody could tell', asked(), revocation({ after: 'not-asked', error: null })],
    ['inconclusive', 'with invalid_client', asked(), revocation({ error: 'invalid_client' })],
    ['inapplicable', 'without --revoke', asked({ also: ['storage'] })],
    ['inconclusive', 'cut off', asked(), trouble('revoke', 'cut-off')],
  ],
  'live/special-use': [
    ['pass', '', asked(), folders()],
    ['pass', 'Not shown: \\All \\Junk.', asked(), folders({ specialUse: ['\\Drafts', '\\Sent', '\\Trash'] })],
    ['warn', '9 folders without a use', asked(), offers({ names: ['X-GM-EXT-1'] }), folders({ specialUse: [] })],
    ['inapplicable', 'nobody but Gmail', asked(), offers({ names: ['SPECIAL-USE'] }), folders({ specialUse: [] })],
    ['inconclusive', 'IMAP off', asked(), trouble('mailbox', 'imap-off')],
  ],
  'live/read-only': [
    ['pass', '', asked(), headers()],
    ['fail', 'all 3 unread messages are marked as read', asked(), headers({ changed: 3 })],
    ['inconclusive', '1 of 3 unread messages', asked(), headers({ changed: 1 })],
    ['inconclusive', '1 of 1 unread messages', asked(), headers({ unseen: 1, changed: 1 })],
    ['fail', 'none of 9', asked(), headers({ read: 0 })],
    ['inconclusive', 'holds no message', asked(), headers({ exists: 0, read: 0 })],
    ['inconclusive', 'too much', asked(), trouble('mailbox', 'too-much')],
  ],
  'live/label': [
    ['pass', '', asked(), label()],
    ['fail', 'saw not same', asked(), label({ same: false })],
    [
      'fail',
      'saw not flagged, not removed, 1 left behind',
      asked(),
      label({ flagged: false, removed: false, left: 1 }),
    ],
    ['fail', 'saw 1 left behind', asked(), label({ same: false, left: 1 }), trouble('write', 'cut-off')],
    ['inconclusive', 'cut off', asked(), label({ same: false }), trouble('write', 'cut-off')],
    ['inconclusive', 'label not ours: 2', asked(), trouble('write', 'label-not-ours', '2')],
    ['inapplicable', 'without --write', asked({ also: ['revoke'] })],
  ],
  'live/clock': [
    ['pass', '', asked(), clock({ seconds: -59 })],
    ['pass', '300 seconds apart', asked(), clock({ seconds: 300 })],
    ['warn', 'saw 301 seconds later', asked(), clock({ seconds: 301 })],
    ['warn', 'saw 900 seconds earlier', asked(), clock(), clock({ seconds: -900 })],
    ['inconclusive', 'name not found', asked(), trouble('metadata', 'name-not-found')],
  ],
}
