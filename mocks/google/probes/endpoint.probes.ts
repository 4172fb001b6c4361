import { post as postForm, signIn } from '../flow.fixture.ts'
import { type OpenGoogle, desktop, openGoogle, web } from '../google.fixture.ts'
import type { ClientRegistration } from '../registration/clients.ts'
import type { Switches } from '../switches.ts'
import type { Probe, Seen } from './probe.fixture.ts'
import { type Changes, ask, formWith, post, says } from './request-probe.fixture.ts'

const tokenUrl = 'https://oauth2.googleapis.com/token'
const legacyTokenUrl = 'https://accounts.google.com/o/oauth2/token'
const revoke = 'https://oauth2.googleapis.com/revoke'
const legacyRevoke = 'https://accounts.google.com/o/oauth2/revoke'
const device = 'https://oauth2.googleapis.com/device/code'
const discovery = 'https://accounts.google.com/.well-known/openid-configuration'
const keys = 'https://www.googleapis.com/oauth2/v3/certs'
const certificates = 'https://www.googleapis.com/oauth2/v1/certs'
const tokeninfo = 'https://oauth2.googleapis.com/tokeninfo'
const userinfo = 'https://openidconnect.googleapis.com/v1/userinfo'
const older = (api: string, version: number): string => `https://www.googleapis.com/oauth2/v${version}/${api}`

const page: Seen = { status: 404, contentType: 'text/html; charset=UTF-8' }

const method = (name: string, address: string): Probe => ({
  name: `${name} ${address}`,
  source: 'headers/front-end',
  ask: (google) => ask(google, address, { method: name }),
  answer: page,
})
const noMethod = (name: string, address: string): Probe => ({
  name: `${name} ${address}, where RFC 9110 is kept`,
  source: 'RFC 9110 §15.5.6',
  ask: () => ask(openGoogle({ wrongMethod: 'method-not-allowed' }), address, { method: name }),
  answer: { ...page, status: 405 },
})

const methods: readonly Probe[] = [
  method('GET', `${tokenUrl}?grant_type=refresh_token`),
  method('PUT', tokenUrl),
  method('DELETE', tokenUrl),
  method('HEAD', tokenUrl),
  method('GET', legacyTokenUrl),
  method('GET', `${revoke}?token=1`),
  method('DELETE', revoke),
  method('GET', legacyRevoke),
  method('GET', device),
  method('POST', discovery),
  method('POST', keys),
  method('POST', certificates),
  method('PUT', tokeninfo),
  method('DELETE', userinfo),
  method('PATCH', older('userinfo', 2)),
  noMethod('GET', tokenUrl),
  noMethod('POST', keys),
  method('GET', 'https://www.googleapis.com/oauth2/v2/certs'),
  method('GET', 'https://accounts.google.com/.well-known/oauth-protected-resource'),
  method('POST', 'https://accounts.google.com/.well-known/oauth-authorization-server'),
  method('POST', 'https://oauth2.googleapis.com/token/'),
  method('POST', 'https://oauth2.googleapis.com/introspect'),
]

type Question = (google: OpenGoogle) => Promise<Seen>

const row = (name: string, source: string, question: Question, answer: Seen): Probe => ({
  name,
  source: `token-errors/${source}`,
  ask: question,
  answer,
})
const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })
const nobodys = 'ya29.a0nobody-ever-issued-this'

const dead = says(400, 'invalid_token', 'Token expired or revoked')
const revocations: readonly Probe[] = [
  row(
    'revocation without a token',
    'parameter-missing',
    (google) => post(google, revoke, {}),
    says(400, 'invalid_request', 'Missing required parameter: token'),
  ),
  row(
    'revocation of a token that nobody issued',
    'revocation-dead',
    (google) => post(google, revoke, { token: nobodys }),
    dead,
  ),
  row(
    'revocation of such a token in the query',
    'revocation-dead',
    (google) => ask(google, `${revoke}?token=${nobodys}`, { method: 'POST' }),
    dead,
  ),
  row(
    'revocation of such a token at the older address',
    'revocation-dead',
    (google) => post(google, legacyRevoke, { token: nobodys }),
    dead,
  ),
  row(
    'revocation for the second time',
    'revocation-dead',
    async (google) => {
      const { accessToken } = await signIn(google)
      await postForm(google, revoke, { token: accessToken })
      return post(google, revoke, { token: accessToken })
    },
    dead,
  ),
  row(
    'revocation of an id_token',
    'revocation-dead',
    async (google) => post(google, revoke, { token: String((await signIn(google)).tokens.body['id_token']) }),
    dead,
  ),
]

const bare: Seen = says(400, '', 'Invalid Value')
const invalidValue = says(400, 'invalid_token', 'Invalid Value')
const anHourLater: (query: (tokens: Awaited<ReturnType<typeof signIn>>) => string) => Question =
  (query) => async (google) => {
    const tokens = await signIn(google)
    google.clock.set(google.clock.now() + 3_600_000)
    return ask(google, tokeninfo + query(tokens))
  }

const tokeninfos: readonly Probe[] = [
  row('tokeninfo without a token', 'tokeninfo-bad', (google) => ask(google, tokeninfo), invalidValue),
  row(
    'tokeninfo for a token that nobody issued',
    'tokeninfo-bad',
    (google) => ask(google, `${tokeninfo}?access_token=${nobodys}`),
    invalidValue,
  ),
  row(
    'tokeninfo for a refresh token',
    'tokeninfo-bad',
    async (google) =>
      ask(google, `${tokeninfo}?access_token=${encodeURIComponent((await signIn(google)).refreshToken)}`),
    invalidValue,
  ),
  row(
    'tokeninfo for an expired token',
    'tokeninfo-bad',
    anHourLater(({ accessToken }) => `?access_token=${accessToken}`),
    invalidValue,
  ),
  row(
    'tokeninfo for an expired id_token',
    'tokeninfo-bad',
    anHourLater(({ tokens }) => `?id_token=${tokens.body['id_token']}`),
    invalidValue,
  ),
  row(
    'tokeninfo for an id_token that is none',
    'tokeninfo-bad',
    (google) => ask(google, `${tokeninfo}?id_token=a.b.c`),
    invalidValue,
  ),
  row('tokeninfo version 3', 'tokeninfo-bad-bare', (google) => ask(google, older('tokeninfo', 3)), bare),
  row('tokeninfo version 2', 'tokeninfo-bad-bare', (google) => ask(google, older('tokeninfo', 2)), bare),
  row('tokeninfo version 1', 'tokeninfo-bad', (google) => ask(google, older('tokeninfo', 1)), invalidValue),
  row(
    'tokeninfo, where it leaves error out',
    'tokeninfo-bad-bare',
    () => ask(openGoogle({ tokeninfoRefusal: 'tokeninfo-bad-bare' }), tokeninfo),
    bare,
  ),
]

const see =
  'Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.'
const invalid = says(401, 'UNAUTHENTICATED', `Request had invalid authentication credentials. ${see}`)
const absent = says(401, 'UNAUTHENTICATED', `Request is missing required authentication credential. ${see}`)
const credentials = says(401, 'invalid_request', 'Invalid Credentials')

const userinfos: readonly Probe[] = [
  row('userinfo without a token', 'userinfo-bad', (google) => ask(google, userinfo), credentials),
  row(
    'userinfo with a token that nobody issued',
    'userinfo-bad',
    (google) => ask(google, userinfo, bearer(nobodys)),
    credentials,
  ),
  row(
    'userinfo with an id_token',
    'userinfo-bad',
    async (google) => ask(google, userinfo, bearer(String((await signIn(google)).tokens.body['id_token']))),
    credentials,
  ),
  row(
    'userinfo under HTTP Basic',
    'userinfo-bad',
    (google) => ask(google, userinfo, { headers: { authorization: `Basic ${btoa('a:b')}` } }),
    credentials,
  ),
  row(
    'userinfo version 3 with a token that nobody issued',
    'userinfo-bad',
    (google) => ask(google, older('userinfo', 3), bearer(nobodys)),
    credentials,
  ),
  row(
    'userinfo version 2 with a token that nobody issued',
    'credentials-invalid',
    (google) => ask(google, older('userinfo', 2), bearer(nobodys)),
    invalid,
  ),
  row(
    'userinfo version 1 without a token',
    'credentials-missing',
    (google) => ask(google, older('userinfo', 1)),
    absent,
  ),
  row(
    'userinfo with a token for mail alone',
    'credentials-missing',
    async (google) =>
      ask(google, userinfo, bearer((await signIn(google, { scope: 'https://mail.google.com/' })).accessToken)),
    absent,
  ),
  row(
    'userinfo, where it answers as Google’s APIs do',
    'credentials-invalid',
    () => ask(openGoogle({ userinfoRefusal: 'credentials-invalid' }), userinfo, bearer(nobodys)),
    invalid,
  ),
]

const tv: ClientRegistration = { ...desktop, type: 'tv' }
const otherTv: ClientRegistration = { ...tv, client_id: web.client_id }
const withDevice = (switches: Partial<Switches> = {}) => openGoogle(switches, { clients: [tv] })
const asking = (changes: Changes, google = withDevice()) =>
  post(google, device, { client_id: tv.client_id, scope: 'email', ...changes })
const polled = async (google: OpenGoogle, changes: Changes = {}, seconds = 0): Promise<Seen> => {
  const { body } = await postForm(google, device, { client_id: tv.client_id, scope: 'email' })
  google.clock.set(google.clock.now() + seconds * 1000)
  const form = {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    device_code: String(body['device_code']),
    client_id: tv.client_id,
    client_secret: tv.client_secret,
  }
  return post(google, tokenUrl, Object.fromEntries(formWith(form, changes)))
}
const deviceScope = (scope: string, told = scope): Probe =>
  row(
    `device/code for ${scope}`,
    'device-scope',
    () => asking({ scope }),
    says(400, 'invalid_scope', `Invalid device flow scope: ${told}`),
  )
const missing = (name: string): Seen => says(400, 'invalid_request', `Missing required parameter: ${name}`)
const wrongType = says(
  401,
  'invalid_client',
  "Only clients of type 'TVs and Limited Input devices' can use the OAuth 2.0 flow for TV and Limited-Input Device Applications. Please create and use an appropriate client.",
)

const devices: readonly Probe[] = [
  deviceScope('https://mail.google.com/'),
  deviceScope('https://www.googleapis.com/auth/gmail.readonly'),
  deviceScope('email https://mail.google.com/', 'https://mail.google.com/'),
  row('device/code without a scope', 'parameter-missing', () => asking({ scope: null }), missing('scope')),
  row(
    'device/code without a client',
    'client-id-missing',
    () => asking({ client_id: null }),
    says(400, 'invalid_request', 'Could not determine client ID from request.'),
  ),
  row(
    'device/code of an unknown client',
    'client-unknown',
    () => asking({ client_id: 'nobody' }),
    says(401, 'invalid_client', 'The OAuth client was not found.'),
  ),
  row('device/code of a Desktop client', 'device-client-type', (google) => asking({}, google), wrongType),
  row(
    'device/code, once too often',
    'quota-exceeded',
    () => asking({}, withDevice({ deviceQuota: 0 })),
    says(403, 'rate_limit_exceeded', ''),
  ),
  row(
    'a poll while nobody entered the code',
    'device-pending',
    () => polled(withDevice()),
    says(428, 'authorization_pending', 'Precondition Required'),
  ),
  row(
    'a poll too soon',
    'device-too-fast',
    async () => {
      const google = withDevice()
      const { body } = await postForm(google, device, { client_id: tv.client_id, scope: 'email' })
      const again = () => polled(google, { device_code: String(body['device_code']) }, 4)
      await again()
      return again()
    },
    says(403, 'slow_down', 'Forbidden'),
  ),
  row(
    'a poll after half an hour',
    'device-expired',
    () => polled(withDevice(), {}, 1800),
    says(400, 'expired_token', 'Bad Request'),
  ),
  row(
    'a poll without a device_code',
    'parameter-missing',
    () => polled(withDevice(), { device_code: null }),
    missing('device_code'),
  ),
  row(
    'a poll with a device_code that nobody issued',
    'grant-bad',
    () => polled(withDevice(), { device_code: '4/4-G' }),
    says(400, 'invalid_grant', 'Bad Request'),
  ),
  row(
    'a poll of another client',
    'grant-bad',
    () => polled(openGoogle({}, { clients: [tv, otherTv] }), { client_id: otherTv.client_id }),
    says(400, 'invalid_grant', 'Bad Request'),
  ),
  row(
    'a poll without the secret',
    'client-secret-missing',
    () => polled(withDevice(), { client_secret: null }),
    says(400, 'invalid_request', 'client_secret is missing.'),
  ),
]

/** What the other endpoints refuse, and which methods they have. */
export const endpointProbes: readonly Probe[] = [...methods, ...revocations, ...tokeninfos, ...userinfos, ...devices]
