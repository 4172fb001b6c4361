import { redirectUri, verifier } from '../flow.fixture.ts'
import { desktop, web } from '../google.fixture.ts'
import { type Party, type Sent, redirectUriOf } from './parties.fixture.ts'
import { type Answer, type Parameters, type Row, differs, encoded, same } from './rows.fixture.ts'

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const post = (body: string, changes: Partial<Sent> = {}): Sent => ({
  endpoint: 'token',
  method: 'POST',
  query: '',
  headers: form,
  body,
  ...changes,
})

const { client_id, client_secret } = desktop
const exchange = async (party: Party, changes: Parameters = {}, pkce = true): Promise<Parameters> => ({
  grant_type: 'authorization_code',
  code: 'code' in changes ? null : await party.code({ pkce }),
  redirect_uri: redirectUri,
  code_verifier: verifier,
  client_id,
  client_secret,
  ...changes,
})
const refresh = async (party: Party, changes: Parameters = {}): Promise<Parameters> => ({
  grant_type: 'refresh_token',
  refresh_token: 'refresh_token' in changes ? null : await party.refreshToken(),
  client_id,
  client_secret,
  ...changes,
})

const exchanging =
  (changes: Parameters, pkce = true) =>
  async (party: Party) =>
    post(encoded(await exchange(party, changes, pkce)))
const refreshing = (changes: Parameters) => async (party: Party) => post(encoded(await refresh(party, changes)))
const inQuery = (changes: Partial<Sent>) => async (party: Party) =>
  post('', { query: encoded(await refresh(party)), ...changes })
const withHeader = (authorization: string, changes: Parameters) => async (party: Party) =>
  post(encoded(await refresh(party, { client_id: null, client_secret: null, ...changes })), {
    headers: { ...form, authorization },
  })
const withBasic = (id: string, secret: string, changes: Parameters = {}) =>
  withHeader(`Basic ${btoa(`${id}:${secret}`)}`, changes)

async function usedBefore(party: Party): Promise<Sent> {
  const sent = post(encoded(await exchange(party)))
  await (await party.send(sent)).text()
  return sent
}
const asText = async (party: Party): Promise<Sent> =>
  post(encoded(await refresh(party)), { headers: { 'content-type': 'text/plain' } })
const asJson = async (party: Party): Promise<Sent> =>
  post(JSON.stringify(await refresh(party)), { headers: { 'content-type': 'application/json' } })
const codeOfTheWebClient = async (party: Party): Promise<Sent> =>
  post(encoded(await exchange(party, { code: await party.code({ client: web }), redirect_uri: redirectUriOf(web) })))
const tokenOfTheWebClient = async (party: Party): Promise<Sent> =>
  post(encoded(await refresh(party, { refresh_token: await party.refreshToken(web) })))
const grantTypeTwice = async (party: Party): Promise<Sent> =>
  post(`${encoded(await refresh(party))}&grant_type=refresh_token`)

const token: Answer = { status: 200 }
const refused = (error: string): Answer => ({ status: 400, error })
const badRequest = refused('invalid_request')
const badGrant = refused('invalid_grant')
const badClient: Answer = { status: 401, error: 'invalid_client' }
const challenged: Answer = { ...badClient, challenge: true }
const otherClient: Answer = { status: 401, error: 'unauthorized_client' }

/** What is not read is no grant type. */
const unread = [refused('unsupported_grant_type'), badRequest] as const
const noGrantType = { google: 'grant-type-unknown' }
const noChallenge = { open: 'no captured refusal of HTTP Basic shows its headers' }

/** Requests to the token endpoint. */
export const tokenRows: readonly Row[] = [
  same('an exchange in order', 'RFC 6749 §5.1', exchanging({}), token),
  same('a refresh in order', 'RFC 6749 §6', refreshing({}), token),
  same('a refresh with HTTP Basic', 'RFC 6749 §2.3.1', withBasic(client_id, client_secret), token),
  same('an unknown parameter', 'RFC 6749 §3.2', refreshing({ x: 'y' }), token),

  same('an unknown grant_type', 'RFC 6749 §5.2', exchanging({ grant_type: 'x' }), refused('unsupported_grant_type')),
  same(
    'the password grant',
    'RFC 6749 §5.2',
    exchanging({ grant_type: 'password' }),
    refused('unsupported_grant_type'),
  ),
  same('a parameter twice', 'RFC 6749 §3.2', grantTypeTwice, badRequest),
  same('GET', 'RFC 6749 §3.2', inQuery({ method: 'GET', headers: {} }), { status: 404 }),

  differs('no grant_type', 'RFC 6749 §5.2', exchanging({ grant_type: null }), unread, noGrantType),
  differs('nothing at all', 'RFC 6749 §5.2', async () => post(''), unread, noGrantType),
  differs('a form that does not say so', 'RFC 6749 §4.1.3', asText, unread, noGrantType),
  differs('parameters in the query', 'RFC 6749 §3.2', inQuery({}), unread, noGrantType),
  differs('JSON', 'RFC 6749 §4.1.3', asJson, [token, badRequest], { google: 'json-malformed' }),

  same('no client', 'RFC 6749 §5.2', exchanging({ client_id: null, client_secret: null }), badRequest),
  same('an unknown client', 'RFC 6749 §5.2', exchanging({ client_id: 'nobody' }), badClient),
  same('a wrong secret', 'RFC 6749 §5.2', exchanging({ client_secret: 'wrong' }), badClient),
  differs(
    'a wrong secret with HTTP Basic',
    'RFC 6749 §5.2',
    withBasic(client_id, 'wrong'),
    [badClient, challenged],
    noChallenge,
  ),
  differs(
    'an unknown client with HTTP Basic',
    'RFC 6749 §5.2',
    withBasic('nobody', 'wrong'),
    [badClient, challenged],
    noChallenge,
  ),
  same('credentials that are no base64', 'RFC 7617 §2', withHeader('Basic ???', {}), badRequest),
  differs('no secret', 'RFC 6749 §3.2.1', exchanging({ client_secret: null }), [badRequest, badClient], {
    google: 'client-secret-missing',
  }),
  differs('an empty secret', 'RFC 6749 §3.1', exchanging({ client_secret: '' }), [badRequest, badClient], {
    google: 'client-secret-missing',
  }),
  same(
    'the secret in two places',
    'RFC 6749 §2.3',
    withBasic(client_id, client_secret, { client_id, client_secret }),
    badRequest,
  ),
  same(
    'one client in the header and another in the body',
    'RFC 6749 §2.3',
    withBasic(client_id, client_secret, { client_id: web.client_id }),
    badRequest,
  ),

  same('no code', 'RFC 6749 §4.1.3', exchanging({ code: null }), badRequest),
  same('an empty code', 'RFC 6749 §3.1', exchanging({ code: '' }), badRequest),
  same('an unknown code', 'RFC 6749 §5.2', exchanging({ code: `4/0A${'x'.repeat(69)}` }), badGrant),
  same('a code used before', 'RFC 6749 §4.1.2', usedBefore, badGrant),
  differs('a code of another client', 'RFC 6749 §4.1.3', codeOfTheWebClient, [otherClient, badGrant], {
    google: 'client-differs',
  }),
  differs(
    'no redirect_uri',
    'RFC 6749 §4.1.3',
    exchanging({ redirect_uri: null }),
    [refused('redirect_uri_mismatch'), badRequest],
    { google: 'redirect-uri-differs' },
  ),
  differs(
    'another redirect_uri',
    'RFC 6749 §5.2',
    exchanging({ redirect_uri: `${redirectUri}/other` }),
    [refused('redirect_uri_mismatch'), badGrant],
    { google: 'redirect-uri-differs' },
  ),
  same('no verifier', 'RFC 7636 §4.6', exchanging({ code_verifier: null }), badGrant),
  same('a wrong verifier', 'RFC 7636 §4.6', exchanging({ code_verifier: 'x'.repeat(43) }), badGrant),
  same('a verifier without a challenge', 'RFC 7636 §4.6', exchanging({}, false), badGrant),
  differs('a verifier that is too short', 'RFC 7636 §4.1', exchanging({ code_verifier: 'x' }), [badGrant, badRequest], {
    theirs: 'RFC 7636 has no error of its own for a verifier of a wrong form, and §4.6 has one for any wrong verifier',
  }),

  same('no refresh_token', 'RFC 6749 §6', refreshing({ refresh_token: null }), badRequest),
  same('an unknown refresh_token', 'RFC 6749 §5.2', refreshing({ refresh_token: '1//nothing' }), badGrant),
  differs('a refresh_token of another client', 'RFC 6749 §5.2', tokenOfTheWebClient, [otherClient, badGrant], {
    google: 'client-differs',
  }),
  same(
    'a scope that was not granted',
    'RFC 6749 §6',
    refreshing({ scope: 'openid profile' }),
    refused('invalid_scope'),
  ),
  same('an unknown scope', 'RFC 6749 §6', refreshing({ scope: 'x' }), refused('invalid_scope')),
]
