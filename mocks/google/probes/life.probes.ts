import { type Answer, post, refreshForm, tokenUrl, userAgentFor } from '../flow.fixture.ts'
import { type OpenGoogle, alice, desktop, web } from '../google.fixture.ts'
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
} from '../life.fixture.ts'
import type { Probe, Seen } from './probe.fixture.ts'

type Tokens = Awaited<ReturnType<typeof login>>
type Event = (google: OpenGoogle, tokens: Tokens) => unknown

/** What happens between a sign-in and the question. */
interface Story {
  readonly world?: WorldSetup
  readonly scope?: string
  /** Seconds for which the user grants access. */
  readonly accessFor?: number
  readonly event: Event
}

const seen = ({ status, body }: Answer): Seen => ({
  status,
  error: String(body['error']),
  description: String(body['error_description']),
  ...(body['error_subtype'] === undefined ? {} : { subtype: String(body['error_subtype']) }),
})

const told =
  ({ world = {}, scope = `${mail} openid email`, accessFor, event }: Story, ask: Event) =>
  async (): Promise<Seen> => {
    const google = openLife(world)
    const browser = userAgentFor(google)
    if (accessFor !== undefined) browser.script({ accessFor })
    const tokens = await login(google, { browser, changes: { scope } })
    await event(google, tokens)
    return seen((await ask(google, tokens)) as Answer)
  }

const row = (name: string, source: string, story: Story, ask: Event, answer: Seen): Probe => ({
  name,
  source: `token-errors/${source}`,
  ask: told(story, ask),
  answer,
})

const says = (status: number, error: string, description: string): Seen => ({ status, error, description })
const expiredOrRevoked = says(400, 'invalid_grant', 'Token has been expired or revoked.')
const badRequest = says(400, 'invalid_grant', 'Bad Request')
const restricted = says(400, 'admin_policy_enforced', 'Bad Request')

const refresh: Event = (google, { refreshToken }) => post(google, tokenUrl, refreshForm(refreshToken))
const refreshWith =
  (changes: Readonly<Record<string, string>>): Event =>
  (google, { refreshToken }) =>
    post(google, tokenUrl, { ...refreshForm(refreshToken), ...changes })

const dead = (name: string, story: Story): Probe =>
  row(`a refresh token ${name}`, 'refresh-token-dead', story, refresh, expiredOrRevoked)
const refused = (name: string, source: string, story: Story, answer: Seen): Probe =>
  row(`a refresh token ${name}`, source, story, refresh, answer)

const nothing: Event = () => {}
const removed: Event = ({ google }) => google.removeAccess(alice.address)
const newPassword: Event = ({ google }) => google.changePassword(alice.address)
const disabled: Event = ({ google }) => google.setAccount(alice.address, 'disabled')
const deleted: Event = ({ google }) => google.setAccount(alice.address, 'deleted')
const restriction: Event = ({ google }) => google.setPolicy(alice.address, 'restricted')
const client =
  (state: 'deleted' | 'disabled'): Event =>
  ({ google }) =>
    google.setClient(desktop.client_id, state)
const later =
  (milliseconds: number): Event =>
  (google) =>
    pass(google, milliseconds)
const testing = { project: { publishingStatus: 'testing' } } as const

const refreshes: readonly Probe[] = [
  dead('whose access the user removed', { event: removed }),
  dead('that was revoked', { event: (google, { refreshToken }) => revoke(google, refreshToken) }),
  dead('whose access token was revoked', { event: (google, { accessToken }) => revoke(google, accessToken) }),
  dead('of a project whose other client revoked', {
    event: async (google) => revoke(google, (await login(google, { client: web })).accessToken),
  }),
  dead('of status Testing after seven days', { world: testing, event: later(7 * day) }),
  dead('of status Testing after seven days, the project published on the third', {
    world: testing,
    event(google) {
      pass(google, 3 * day)
      google.google.publish(desktop.client_id)
      pass(google, 4 * day)
    },
  }),
  dead('after the time that the user granted', {
    world: { switches: { timeLimits: [3600] } },
    accessFor: 3600,
    event: later(hour),
  }),
  dead('that nobody used for six months', { event: later(182 * day) }),
  dead('that a hundred newer ones pushed out', {
    async event(google) {
      const browser = userAgentFor(google)
      for (let count = 0; count < 100; count++) await login(google, { browser })
    },
  }),
  dead('that newer ones of other clients pushed out', {
    world: { switches: { refreshTokensPerAccount: 1 } },
    event: (google) => login(google, { client: stranger }),
  }),
  dead('for Gmail after a change of password', { event: newPassword }),
  dead('of a disabled account', { event: disabled }),
  dead('that rotation replaced', {
    world: { switches: { refreshTokenRotation: true } },
    event: (google, { refreshToken }) => refreshed(google, refreshToken),
  }),
  dead('whose code was used twice, where that ends the grant', {
    world: { switches: { codeReuseEndsGrant: true } },
    event: (google, { form }) => post(google, tokenUrl, form),
  }),
  dead('whose restriction was lifted', {
    event(google, tokens) {
      restriction(google, tokens)
      google.google.setPolicy(alice.address, 'allowed')
    },
  }),
  refused(
    'twelve hours after its death',
    'grant-bad',
    { event: (google, tokens) => [removed(google, tokens), pass(google, 12 * hour)] },
    badRequest,
  ),
  refused(
    'of status Testing, seven and a half days old',
    'grant-bad',
    { world: testing, event: later(7.5 * day) },
    badRequest,
  ),
  refused(
    'of a deleted account',
    'account-deleted',
    { event: deleted },
    says(400, 'invalid_grant', 'Account has been deleted'),
  ),
  refused('for an application that is restricted', 'admin-policy-enforced', { event: restriction }, restricted),
  refused(
    'for Cloud Platform when the session is over',
    'session-over',
    { world: { account: { sessionLength: hour } }, scope: cloud, event: later(hour) },
    { ...says(400, 'invalid_grant', 'reauth related error (invalid_rapt)'), subtype: 'invalid_rapt' },
  ),
  row(
    'a refresh token for Cloud Platform when the session is over, with a proof that nobody issued',
    'session-over',
    { world: { account: { sessionLength: hour } }, scope: cloud, event: later(hour) },
    refreshWith({ rapt: 'a-proof-that-nobody-issued' }),
    { ...says(400, 'invalid_grant', 'reauth related error (invalid_rapt)'), subtype: 'invalid_rapt' },
  ),
  refused(
    'of a deleted client',
    'client-deleted',
    { event: client('deleted') },
    says(401, 'deleted_client', 'The OAuth client was deleted.'),
  ),
  refused(
    'of a disabled client',
    'client-disabled',
    { event: client('disabled') },
    says(401, 'disabled_client', 'The OAuth client was disabled.'),
  ),
  refused(
    'of a client that was idle for six months, where those are deleted',
    'client-deleted',
    { world: { switches: { inactiveClient: 'deleted' } }, event: later(182 * day) },
    says(401, 'deleted_client', 'The OAuth client was deleted.'),
  ),
  row(
    'a refresh token of another client of the project',
    'client-differs',
    { event: nothing },
    refreshWith({ client_id: web.client_id, client_secret: web.client_secret }),
    says(401, 'unauthorized_client', 'Unauthorized'),
  ),
  row(
    'a refresh token for a scope that the user unticked',
    'scope-not-granted',
    { event: nothing },
    refreshWith({ scope: 'https://www.googleapis.com/auth/drive' }),
    says(400, 'invalid_scope', 'Bad Request'),
  ),
]

/** A code that is issued and, because its first exchange meets a failing server, still unused. */
const codeAfter = (name: string, source: string, event: Event, answer: Seen, world: WorldSetup = {}): Probe => ({
  name: `a code ${name}`,
  source: `token-errors/${source}`,
  async ask() {
    const google = openLife(world)
    google.google.fault({ name: 'down', endpoint: 'token-endpoint', occurrence: 1, status: 503 })
    const browser = userAgentFor(google)
    browser.script({ accessFor: 60 })
    const tokens = await login(google, { browser })
    await event(google, tokens)
    return seen(await post(google, tokenUrl, tokens.form))
  },
  answer,
})

const codes: readonly Probe[] = [
  codeAfter('whose access the user removed', 'grant-bad', removed, badRequest),
  codeAfter('of a disabled account', 'grant-bad', disabled, badRequest),
  codeAfter('of a deleted account', 'grant-bad', deleted, badRequest),
  codeAfter('for an application that is restricted', 'admin-policy-enforced', restriction, restricted),
  codeAfter('after the time that the user granted', 'grant-bad', later(60_000), badRequest, {
    switches: { timeLimits: [60] },
  }),
]

/** How an access token comes to open nothing. */
const endings: Readonly<Record<string, Story>> = {
  'that ran out': { event: later(3_599_000) },
  'whose access the user removed': { event: removed },
  'for Gmail after a change of password': { event: newPassword },
  'of a disabled account': { event: disabled },
  'of a deleted account': { event: deleted },
  'for an application that is restricted': { event: restriction },
  'of a deleted client': { event: client('deleted') },
  'of a disabled client': { event: client('disabled') },
}
const withAccessToken =
  (ask: (google: OpenGoogle, accessToken: string) => unknown): Event =>
  (google, { accessToken }) =>
    ask(google, accessToken)

const accessTokens = Object.entries(endings).flatMap(([name, story]): readonly Probe[] => [
  row(
    `tokeninfo: an access token ${name}`,
    'tokeninfo-bad',
    story,
    withAccessToken((google, token) =>
      post(google, 'https://oauth2.googleapis.com/tokeninfo', { access_token: token }),
    ),
    says(400, 'invalid_token', 'Invalid Value'),
  ),
  row(
    `userinfo: an access token ${name}`,
    'userinfo-bad',
    story,
    withAccessToken((google, token) =>
      post(google, 'https://openidconnect.googleapis.com/v1/userinfo', {}, { authorization: `Bearer ${token}` }),
    ),
    says(401, 'invalid_request', 'Invalid Credentials'),
  ),
  row(
    `revocation: an access token ${name}`,
    'revocation-dead',
    story,
    withAccessToken(revoke),
    says(400, 'invalid_token', 'Token expired or revoked'),
  ),
])

const revocations: readonly Probe[] = [
  row(
    'revocation: a refresh token that was revoked',
    'revocation-dead',
    { event: (google, { refreshToken }) => revoke(google, refreshToken) },
    (google, { refreshToken }) => revoke(google, refreshToken),
    says(400, 'invalid_token', 'Token expired or revoked'),
  ),
  row(
    'revocation: a refresh token of status Testing after seven days',
    'revocation-dead',
    { world: testing, event: later(7 * day) },
    (google, { refreshToken }) => revoke(google, refreshToken),
    says(400, 'invalid_token', 'Token expired or revoked'),
  ),
]

/** Every way in which a refresh token, a code or an access token that once was good is refused. */
export const lifeProbes: readonly Probe[] = [...refreshes, ...codes, ...accessTokens, ...revocations]
