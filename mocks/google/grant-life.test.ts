import { expect, test } from 'vitest'
import type { GrantState } from '../../harness/model/observation.ts'
import { post, refreshForm, tokenUrl, userAgentFor } from './flow.fixture.ts'
import { type OpenGoogle, alice, bob, desktop, web } from './google.fixture.ts'
import {
  type WorldSetup,
  cloud,
  day,
  hour,
  login,
  mail,
  openLife,
  pass,
  refreshed,
  revoke,
  stranger,
} from './life.fixture.ts'

type Tokens = Awaited<ReturnType<typeof login>>
type Event = (google: OpenGoogle, tokens: Tokens) => unknown

/** A life up to the moment at which a rule bites, and past it. */
interface Life {
  readonly world?: WorldSetup
  readonly scope?: string
  /** Seconds for which the user grants access. */
  readonly accessFor?: number
  /** Happens between sign-in and the moment. */
  readonly meanwhile?: Event
  /** Milliseconds from sign-in to the moment. */
  readonly at?: number
  /** Happens at the moment. */
  readonly event?: Event
}

/**
 * `after`: what a refresh answers past the moment; just before, it is always granted. `accessToken`: what becomes of one
 * that was minted just before. `grant`: what is recorded of the consent.
 */
type Row = readonly [rule: string, life: Life, after: string, accessToken: GrantState, grant: GrantState]

const granted = 'granted'
const dead = '400 invalid_grant Token has been expired or revoked.'
const clientDeleted = '401 deleted_client The OAuth client was deleted.'
const testing = { project: { publishingStatus: 'testing' } } as const
const internal = { project: { ...testing.project, userType: 'internal', organisation: 'example.test' } } as const
const member = { account: { organisation: 'example.test' } }
const cloudSession = { account: { sessionLength: 16 * hour } }
const timeLimits = [3600, 86_400, 30 * 86_400]
const inactive = { switches: { inactiveClient: 'deleted' } } as const

const signIns =
  (count: number): Event =>
  async (google) => {
    const browser = userAgentFor(google)
    for (let more = count; more > 0; more--) await login(google, { browser })
  }
const account =
  (...states: readonly ('disabled' | 'deleted' | 'active')[]): Event =>
  ({ google }) => {
    for (const state of states) google.setAccount(alice.address, state)
  }
const policy =
  (...policies: readonly ('restricted' | 'not-configured' | 'allowed')[]): Event =>
  ({ google }) => {
    for (const one of policies) google.setPolicy(alice.address, one)
  }
const client =
  (...states: readonly ('disabled' | 'deleted' | 'active')[]): Event =>
  ({ google }) => {
    for (const state of states) google.setClient(desktop.client_id, state)
  }
const newPassword: Event = ({ google }) => google.changePassword(alice.address)
const codeAgain: Event = (google, { form }) => post(google, tokenUrl, form)

const consent: readonly Row[] = [
  ['Testing, External: seven days from consent', { world: testing, at: 7 * day }, dead, 'live', 'expired'],
  [
    'Testing: a token keeps its seven days when the project is published meanwhile',
    {
      world: testing,
      meanwhile: (google) => {
        pass(google, 3 * day)
        google.google.publish(desktop.client_id)
      },
      at: 7 * day,
    },
    dead,
    'live',
    'expired',
  ],
  [
    'Testing: no limit for name, e-mail and profile alone',
    { world: testing, scope: 'openid email https://www.googleapis.com/auth/userinfo.profile', at: 7 * day },
    granted,
    'live',
    'live',
  ],
  ['Testing, Internal: no limit', { world: { ...internal, ...member }, at: 7 * day }, granted, 'live', 'live'],
  ['production: no limit', { at: 8 * day }, granted, 'live', 'live'],
  [
    'time-based access: as long as the user said',
    { world: { switches: { timeLimits } }, accessFor: 30 * 86_400, at: 30 * day },
    dead,
    'live',
    'expired',
  ],
  [
    'time-based access in Testing: no longer than seven days',
    { world: { ...testing, switches: { timeLimits } }, accessFor: 30 * 86_400, at: 7 * day },
    dead,
    'live',
    'expired',
  ],
  [
    'time-based access in Testing: shorter if the user said so',
    { world: { ...testing, switches: { timeLimits } }, accessFor: 86_400, at: day },
    dead,
    'live',
    'expired',
  ],
  [
    'a consent that runs out ends access tokens too, where consentEndsAccessTokens says so',
    { world: { switches: { timeLimits, consentEndsAccessTokens: true } }, accessFor: 3600, at: hour },
    dead,
    'expired',
    'expired',
  ],
  [
    'the user removes access',
    { event: ({ google }) => google.removeAccess(alice.address) },
    dead,
    'revoked',
    'revoked',
  ],
  ['another user removes access', { event: ({ google }) => google.removeAccess(bob.address) }, granted, 'live', 'live'],
  [
    'the client revokes its refresh token',
    { event: (google, { refreshToken }) => revoke(google, refreshToken) },
    dead,
    'revoked',
    'revoked',
  ],
  [
    'the client revokes an access token',
    { event: (google, { accessToken }) => revoke(google, accessToken) },
    dead,
    'revoked',
    'revoked',
  ],
  [
    'another client of the project revokes',
    {
      event: async (google) => {
        const { accessToken } = await login(google, { client: web })
        await revoke(google, accessToken)
      },
    },
    dead,
    'revoked',
    'revoked',
  ],
  [
    'a client of another project revokes',
    {
      event: async (google) => {
        const { accessToken } = await login(google, { client: stranger })
        await revoke(google, accessToken)
      },
    },
    granted,
    'live',
    'live',
  ],
  ['a code is used twice', { event: codeAgain }, granted, 'live', 'live'],
  [
    'a code is used twice, where codeReuseEndsGrant says so',
    { world: { switches: { codeReuseEndsGrant: true } }, event: codeAgain },
    dead,
    'revoked',
    'revoked',
  ],
]

const token: readonly Row[] = [
  ['six months without use', { at: 182 * day }, dead, 'live', 'live'],
  [
    'each use begins the six months anew',
    {
      meanwhile: async (google, { refreshToken }) => {
        pass(google, 100 * day)
        expect(await refreshed(google, refreshToken)).toBe(granted)
      },
      at: 282 * day,
    },
    dead,
    'live',
    'live',
  ],
  [
    'a hundred live tokens of account and client, and one more, which silently ends the oldest',
    { meanwhile: signIns(99), event: signIns(1) },
    dead,
    'live',
    'live',
  ],
  [
    'over the account’s limit, where refreshTokensPerAccount names one, other clients’ tokens count too',
    {
      world: { switches: { refreshTokensPerAccount: 1 } },
      event: (google) => login(google, { client: stranger }),
    },
    dead,
    'live',
    'live',
  ],
  [
    'rotation, where refreshTokenRotation says so: the token that was used',
    { world: { switches: { refreshTokenRotation: true } } },
    dead,
    'live',
    'live',
  ],
]

const owner: readonly Row[] = [
  ['a change of password, Gmail scope', { event: newPassword }, dead, 'revoked', 'live'],
  [
    'a change of password, a lesser Gmail scope among others',
    { scope: 'openid https://www.googleapis.com/auth/gmail.send', event: newPassword },
    dead,
    'revoked',
    'live',
  ],
  [
    'a change of password, no Gmail scope',
    { scope: 'openid email https://www.googleapis.com/auth/drive', event: newPassword },
    granted,
    'live',
    'live',
  ],
  [
    'a change of password, where passwordChangeEndsAccessTokens says no',
    { world: { switches: { passwordChangeEndsAccessTokens: false } }, event: newPassword },
    dead,
    'live',
    'live',
  ],
  [
    'another user’s change of password',
    { event: ({ google }) => google.changePassword(bob.address) },
    granted,
    'live',
    'live',
  ],
  ['the account is disabled', { event: account('disabled') }, dead, 'revoked', 'live'],
  [
    'the account is deleted',
    { event: account('deleted') },
    '400 invalid_grant Account has been deleted',
    'revoked',
    'live',
  ],
  ['the account is deleted, then active again', { event: account('deleted', 'active') }, dead, 'revoked', 'live'],
  [
    'the account is active again, where reactivatedAccount gives its tokens back',
    {
      world: { switches: { reactivatedAccount: 'tokens-live' } },
      event: account('disabled', 'deleted', 'active'),
    },
    granted,
    'live',
    'live',
  ],
  [
    'reactivatedAccount gives nothing back that ended otherwise',
    {
      world: { switches: { reactivatedAccount: 'tokens-live' } },
      event: (google, tokens) => {
        newPassword(google, tokens)
        account('disabled', 'active')(google, tokens)
      },
    },
    dead,
    'revoked',
    'live',
  ],
]

const administrator: readonly Row[] = [
  [
    'the application is restricted',
    { event: policy('restricted') },
    '400 admin_policy_enforced Bad Request',
    'revoked',
    'live',
  ],
  ['the application is restricted, then allowed', { event: policy('restricted', 'allowed') }, dead, 'revoked', 'live'],
  ['the application has no access setting', { event: policy('not-configured') }, granted, 'live', 'live'],
  [
    'session control, Cloud Platform scope',
    { world: cloudSession, scope: cloud, at: 16 * hour },
    '400 invalid_grant reauth related error (invalid_rapt) invalid_rapt',
    'live',
    'live',
  ],
  ['session control, other scopes', { world: cloudSession, at: 16 * hour }, granted, 'live', 'live'],
  ['no session control, Cloud Platform scope', { scope: cloud, at: 24 * hour }, granted, 'live', 'live'],
]

const developer: readonly Row[] = [
  ['the client is deleted', { event: client('deleted') }, clientDeleted, 'revoked', 'live'],
  [
    'the client is disabled',
    { event: client('disabled') },
    '401 disabled_client The OAuth client was disabled.',
    'revoked',
    'live',
  ],
  ['the client is deleted and restored', { event: client('deleted', 'active') }, granted, 'live', 'live'],
  [
    'the client asks for no token in six months, where inactiveClient says so',
    { world: inactive, at: 182 * day },
    clientDeleted,
    'live',
    'live',
  ],
  [
    'an edit in the console counts as use of the client',
    {
      world: inactive,
      meanwhile: async (google, { refreshToken }) => {
        pass(google, 100 * day)
        expect(await refreshed(google, refreshToken)).toBe(granted)
        pass(google, 50 * day)
        google.google.setClient(desktop.client_id, 'active')
      },
      at: 282 * day,
    },
    dead,
    'live',
    'live',
  ],
]

/** A world 1 ms before the moment, so that the last thing before it can still be done. */
async function upTo({ world = {}, scope = mail, accessFor, meanwhile, at = 0 }: Life) {
  const google = openLife(world)
  const browser = userAgentFor(google)
  if (accessFor !== undefined) browser.script({ accessFor })
  const moment = google.clock.now() + at
  const tokens = await login(google, { browser, changes: { scope } })
  await meanwhile?.(google, tokens)
  google.clock.set(Math.max(google.clock.now(), moment - 1))
  return { google, tokens, moment }
}

async function past(life: Life, world: Awaited<ReturnType<typeof upTo>>) {
  const { google, tokens, moment } = world
  google.clock.set(moment)
  await life.event?.(google, tokens)
  return world
}

test.each([...consent, ...token, ...owner, ...administrator, ...developer])(
  '%s',
  async (_rule, life, after, accessToken, grant) => {
    const before = await upTo(life)
    const answer = await post(before.google, tokenUrl, refreshForm(before.tokens.refreshToken))
    expect(answer.status, 'just before').toBe(200)
    await past(life, before)
    expect(before.google.google.lookup(String(answer.body['access_token'])).status).toBe(accessToken)

    // That refresh was a use, which itself lengthens lives: what time alone brings is asked in a world without it.
    const { google, tokens } = life.at === undefined ? before : await past(life, await upTo(life))
    for (const _ of ['once', 'twice']) expect(await refreshed(google, tokens.refreshToken)).toBe(after)
    const recorded = google.seen('as.grant.state').filter(({ fields }) => fields.grant === 'grant-1')
    expect(recorded.map(({ fields }) => fields.state)).toEqual(grant === 'live' ? ['live'] : ['live', grant])
  },
)
