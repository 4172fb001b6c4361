import { beforeAll, describe, expect, test } from 'vitest'
import { type Pki, createPki } from '../../mocks/doors/pki.ts'
import { causes } from '../diagnosis/causes/index.ts'
import { diagnosed, idsOf } from '../diagnosis/diagnosed.fixture.ts'
import type { Answers } from '../diagnosis/model.ts'
import { type AtPreset, mailScope, openPreset } from './presets.fixture.ts'
import { presetFile, presetNames } from './presets.ts'

interface Story {
  readonly preset: string
  readonly cause: string
  /** Stands in the log letter for letter. */
  readonly says: string
  play(at: AtPreset): Promise<unknown>
  /** What is true in this world, if somebody asks. */
  readonly truth?: Answers
}

const dead = '"error": "invalid_grant",\n  "error_description": "Token has been expired or revoked."'
const invalidCredentials = 'A1 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)'
const other = 'bob@example.com'

/** An application that signs in, and refreshes when what the world has in store is over. */
const refreshes = async (at: AtPreset): Promise<void> => {
  const tokens = await at.signIn()
  at.pass(30)
  await at.refresh(tokens)
}
const authorizes = (at: AtPreset): Promise<unknown> => at.authorize()
const logsIn = async (at: AtPreset): Promise<void> => void (await at.login({ token: (await at.signIn()).access_token }))
/** Of a world in which nothing else happened. */
const quiet = {
  stage: 'refresh',
  publishing: 'production',
  password: 'unchanged',
  access: 'listed',
  tokens: 'few',
  account: 'active',
  limit: 'unlimited',
  minted: 'same',
  stored: 'whole',
  'last-use': 'lately',
  cloud: 'none',
}
const login = {
  login: 'token',
  scope: 'mail',
  'login-user': 'same',
  'token-age': 'fresh',
  'grant-live': 'live',
  password: 'unchanged',
  access: 'listed',
}

const stories: readonly Story[] = [
  {
    preset: 'testing-7-days',
    cause: 'testing-7-days',
    says: dead,
    play: refreshes,
    truth: { ...quiet, publishing: 'testing', age: 'about-a-week' },
  },
  {
    preset: 'minted-while-testing',
    cause: 'minted-while-testing',
    says: dead,
    play: refreshes,
    truth: { ...quiet, publishing: 'published-later', age: 'about-a-week' },
  },
  {
    preset: 'revoked',
    cause: 'access-removed',
    says: dead,
    play: refreshes,
    truth: { ...quiet, access: 'removed', age: 'longer' },
  },
  {
    preset: 'password-changed',
    cause: 'password-changed',
    says: dead,
    play: refreshes,
    truth: { ...quiet, password: 'changed', age: 'longer' },
  },
  {
    preset: 'six-months-unused',
    cause: 'six-months-unused',
    says: dead,
    play: refreshes,
    truth: { ...quiet, 'last-use': 'six-months-ago', age: 'longer' },
  },
  {
    preset: 'over-100-tokens',
    cause: 'over-100-tokens',
    says: dead,
    async play(at) {
      const first = await at.signIn()
      await at.signIn({ prompt: 'consent' })
      await at.refresh(first)
    },
    truth: { ...quiet, tokens: 'many', age: 'longer' },
  },
  { preset: 'account-deleted', cause: 'account-gone', says: '"Account has been deleted"', play: refreshes },
  {
    preset: 'session-control',
    cause: 'session-control',
    says: '"error_subtype": "invalid_rapt"',
    async play(at) {
      const tokens = await at.signIn({ scope: `${mailScope} https://www.googleapis.com/auth/cloud-platform` })
      at.pass(61)
      await at.refresh(tokens)
    },
  },
  {
    preset: 'another-client',
    cause: 'token-of-another-client',
    says: '"error": "unauthorized_client",\n  "error_description": "Unauthorized"',
    async play(at) {
      const [, second] = at.setup.clients
      await at.refresh(await at.signIn(), { client_id: second!.client_id, client_secret: second!.client_secret })
    },
  },
  {
    preset: 'no-refresh-token',
    cause: 'no-refresh-token-given',
    says: 'no refresh token',
    async play(at) {
      const tokens: object = await at.signIn({ access_type: null })
      if (!('refresh_token' in tokens)) (at.log as string[]).push('Error: no refresh token in the answer')
    },
  },
  {
    preset: 'code-expired',
    cause: 'code-expired',
    says: '"error": "invalid_grant",\n  "error_description": "Bad Request"',
    play: (at) => at.signIn(),
    truth: { stage: 'exchange', 'code-use': 'once', 'code-delay': 'later', 'code-form': 'decoded', minted: 'same' },
  },
  {
    preset: 'wrong-secret',
    cause: 'secret-wrong',
    says: '"error": "invalid_client",\n  "error_description": "The provided client secret is invalid."',
    play: (at) => at.signIn(),
  },
  { preset: 'deleted-client', cause: 'client-deleted', says: 'The OAuth client was deleted.', play: authorizes },
  { preset: 'disabled-client', cause: 'client-disabled', says: 'The OAuth client was disabled.', play: authorizes },
  {
    preset: 'token-quota',
    cause: 'quota-exceeded',
    says: '"error_code": "rate_limit_exceeded"',
    play: async (at) => at.refresh(await at.signIn()),
  },
  { preset: 'google-outage', cause: 'google-outage', says: '"error": "internal_failure"', play: (at) => at.signIn() },
  {
    preset: 'redirect-mismatch',
    cause: 'redirect-not-registered',
    says: 'Error 400: redirect_uri_mismatch',
    play: authorizes,
  },
  {
    preset: 'redirect-mismatch',
    cause: 'oob-with-web-client',
    says: 'can only be used by a Client ID for native application. It is not allowed for the WEB client type.',
    play: (at) => at.authorize({ redirect_uri: 'urn:ietf:wg:oauth:2.0:oob' }),
  },
  { preset: 'mobile-client', cause: 'loopback-blocked', says: 'The loopback flow has been blocked', play: authorizes },
  {
    preset: 'mobile-client',
    cause: 'custom-scheme-off',
    says: 'Custom URI scheme is not enabled for your Android client.',
    play: (at) => at.authorize({ redirect_uri: 'com.example.mail:/oauth2redirect' }),
  },
  { preset: 'not-a-test-user', cause: 'not-a-test-user', says: 'Error 403: access_denied', play: authorizes },
  { preset: 'org-internal', cause: 'org-internal', says: 'Error 403: org_internal', play: authorizes },
  { preset: 'admin-blocked', cause: 'admin-blocked', says: 'Error 400: admin_policy_enforced', play: authorizes },
  {
    preset: 'institution-review',
    cause: 'institution-review',
    says: 'Error 400: access_not_configured',
    play: authorizes,
  },
  {
    preset: 'unverified-cap',
    cause: 'unverified-cap',
    says: 'Sign in with Google temporarily disabled',
    play: authorizes,
  },
  {
    preset: 'delegation-missing',
    cause: 'delegation-missing',
    says: 'Client is unauthorized to retrieve access tokens using this method',
    async play(at) {
      const [{ email, privateKey }] = at.setup.serviceAccounts as [(typeof at.setup.serviceAccounts)[0]]
      const assertion = await signed(email, privateKey, 'alice@example.com')
      await at.token({
        client_id: null,
        client_secret: null,
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        assertion,
      })
    },
  },
  {
    preset: 'wrong-scope',
    cause: 'wrong-scope',
    says: invalidCredentials,
    play: logsIn,
    truth: { ...login, scope: 'other' },
  },
  {
    preset: 'access-token-expired',
    cause: 'access-token-expired',
    says: invalidCredentials,
    async play(at) {
      const { access_token: token } = await at.signIn()
      at.pass(30)
      await at.login({ token })
    },
    truth: { ...login, 'token-age': 'old' },
  },
  {
    preset: 'two-accounts',
    cause: 'wrong-user',
    says: invalidCredentials,
    play: async (at) => at.login({ token: (await at.signIn()).access_token }, other),
    truth: { ...login, 'login-user': 'other' },
  },
  {
    preset: 'revoked',
    cause: 'grant-revoked',
    says: invalidCredentials,
    async play(at) {
      const { access_token: token } = await at.signIn()
      at.pass(30)
      await at.login({ token })
    },
    truth: { ...login, 'grant-live': 'dead', access: 'removed' },
  },
  { preset: 'imap-off', cause: 'imap-off', says: 'NO [ALERT] IMAP access is disabled for your domain.', play: logsIn },
  {
    preset: 'imap-not-enabled',
    cause: 'imap-not-enabled',
    says: 'NO [ALERT] Your account is not enabled for IMAP use.',
    play: logsIn,
  },
  {
    preset: 'app-password-required',
    cause: 'app-password-required',
    says: 'NO [ALERT] Application-specific password required',
    play: (at) => at.login({ password: 'not-a-real-one' }),
  },
  {
    preset: 'web-login-required',
    cause: 'web-login-required',
    says: 'NO [ALERT] Please log in via your web browser',
    play: (at) => at.login({ password: 'not-a-real-one' }),
  },
  {
    preset: 'too-many-connections',
    cause: 'too-many-connections',
    says: 'NO [ALERT] Too many simultaneous connections. (Failure)',
    async play(at) {
      const { access_token: token } = await at.signIn()
      await at.login({ token })
      await at.login({ token })
    },
  },
  {
    preset: 'throttled',
    cause: 'throttled',
    says: '* BYE Account exceeded command or bandwidth limits.',
    play: logsIn,
  },
  {
    preset: 'gmail-outage',
    cause: 'gmail-outage',
    says: 'NO [ALERT] Temporary System Problem. Try again later. (Failure)',
    play: logsIn,
  },
  {
    preset: 'session-expired',
    cause: 'session-expired',
    says: '* BYE Session expired, please login again.',
    async play(at) {
      const session = await at.login({ token: (await at.signIn()).access_token })
      at.pass(61)
      await session.ended()
    },
  },
]

async function signed(iss: string, pem: string, sub: string): Promise<string> {
  const octets = Uint8Array.from(atob(pem.replace(/-----[^-]*-----|\s/g, '')), (each) => each.charCodeAt(0))
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('pkcs8', octets, algorithm, false, ['sign'])
  const now = Math.floor(Date.now() / 1000)
  const claims = { iss, sub, scope: mailScope, aud: 'https://oauth2.googleapis.com/token', iat: now, exp: now + 3600 }
  const url = (text: string): string => btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
  const content = `${url('{"alg":"RS256","typ":"JWT"}')}.${url(JSON.stringify(claims))}`
  const signature = await crypto.subtle.sign(algorithm, key, new TextEncoder().encode(content))
  return `${content}.${url(String.fromCharCode(...new Uint8Array(signature)))}`
}

let pki: Pki
beforeAll(async () => void (pki = await createPki()))

describe('a preset brings its error about, and the error leads back to the cause', () => {
  test.each(stories)('$preset: $cause', async ({ preset, cause, says, play, truth = {} }) => {
    await using at = await openPreset(preset, pki)
    await play(at)
    const log = at.log.join('\n')
    expect(log).toContain(says)
    expect(causes.find(({ id }) => id === cause)?.preset).toBe(preset)

    const told: Record<string, string> = {}
    for (let rounds = 0; ; rounds++) {
      const [newest] = diagnosed(log, told)
      expect(idsOf(newest!)).toContain(cause)
      if (newest!.question === undefined || rounds === 6) {
        expect([idsOf(newest!)[0], newest!.settled, rounds]).toEqual([cause, true, rounds])
        break
      }
      const { key } = newest!.question
      expect(truth).toHaveProperty(key)
      told[key] = truth[key]!
    }
  })
})

test('every preset has its story, and every cause that names one tells it', async () => {
  expect(new Set(stories.map(({ preset }) => preset))).toEqual(new Set(await presetNames()))
  const named = causes.filter(({ preset }) => preset !== null && preset !== 'any').map(({ id }) => id)
  expect(stories.map(({ cause }) => cause).toSorted()).toEqual(named.toSorted())
})

test('a name that is none tells the nearest; a path is a path', async () => {
  await expect(presetFile('testing-seven-days')).rejects.toMatchObject({
    code: 'UNKNOWN_NAME',
    hint: expect.stringMatching(/^Did you mean testing-7-days, .* or /),
  })
  expect(await presetFile('./revoked')).toBe('./revoked')
  expect(await presetFile('revoked.yaml')).toBe('revoked.yaml')
})
