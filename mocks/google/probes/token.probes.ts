import { tokenUrl, verifier } from '../flow.fixture.ts'
import { desktop, web } from '../google.fixture.ts'
import type { Probe, Seen } from './probe.fixture.ts'
import {
  type Changes,
  type Circumstances,
  ask,
  basic,
  exchange,
  formType,
  refresh,
  says,
} from './request-probe.fixture.ts'

const unknownClient = '1-nobodynobodynobodynobodynobodyno.apps.googleusercontent.com'
const mail = 'https://mail.google.com/'
const drive = 'https://www.googleapis.com/auth/drive'

const bad = (name: string, row: string, changes: Changes, answer: Seen, circumstances: Circumstances = {}): Probe =>
  exchange(`an exchange with ${name}`, `token-errors/${row}`, changes, answer, circumstances)
const badRefresh = (
  name: string,
  row: string,
  changes: Changes,
  answer: Seen,
  circumstances: Circumstances = {},
): Probe => refresh(`a refresh with ${name}`, `token-errors/${row}`, changes, answer, circumstances)

const missing = (name: string): Seen => says(400, 'invalid_request', `Missing required parameter: ${name}`)
const grantBad = says(400, 'invalid_grant', 'Bad Request')
const malformed = says(400, 'invalid_grant', 'Malformed auth code.')
const mismatch = says(400, 'redirect_uri_mismatch', 'Bad Request')
const secretMissing = says(400, 'invalid_request', 'client_secret is missing.')
const secretWrong = says(401, 'invalid_client', 'The provided client secret is invalid.')
const noClient = says(400, 'invalid_request', 'Could not determine client ID from request.')
const notFound = says(401, 'invalid_client', 'The OAuth client was not found.')
const verifierWrong = says(400, 'invalid_grant', 'Invalid code verifier.')
const verifierMissing = says(400, 'invalid_grant', 'Missing code verifier.')
const unauthorized = says(401, 'unauthorized_client', 'Unauthorized')

const grantType = (type: string | null, told = type ?? ''): Probe =>
  bad(
    type === null ? 'no grant_type' : `grant_type “${type}”`,
    'grant-type-unknown',
    { grant_type: type },
    says(400, 'unsupported_grant_type', `Invalid grant_type: ${told}`),
  )
const twice = (name: string, value: string): Probe =>
  bad(
    `two of ${name}`,
    'parameter-repeated',
    { [name]: [value, value] },
    says(400, 'invalid_request', `OAuth 2 parameters can only have a single value: ${name}`),
  )
const code = (name: string, value: string, answer = malformed): Probe =>
  bad(name, answer === malformed ? 'code-malformed' : 'grant-bad', { code: value }, answer)
const elsewhere = (uri: string | null): Probe =>
  bad(`redirect_uri ${uri ?? 'left out'}`, 'redirect-uri-differs', { redirect_uri: uri }, mismatch)
const wrongVerifier = (name: string, value: string, circumstances: Circumstances = {}): Probe =>
  bad(`a verifier ${name}`, 'verifier-wrong', { code_verifier: value }, verifierWrong, circumstances)

const grantTypes: readonly Probe[] = [
  grantType(null),
  grantType(''),
  grantType('password'),
  grantType('client_credentials'),
  grantType('implicit'),
  grantType('AUTHORIZATION_CODE'),
  grantType('authorization_code '),
  grantType('urn:ietf:params:oauth:grant-type:token-exchange'),
  grantType('toString'),
  bad(
    'no grant_type, in the wording of 2014 to 2017',
    'grant-type-missing',
    { grant_type: null },
    says(400, 'invalid_request', 'Required parameter is missing: grant_type'),
    { switches: { missingGrantType: 'grant-type-missing' } },
  ),
]

const credentialless = { client_id: null, client_secret: null }
const held = `${desktop.client_id}:${desktop.client_secret}`
const android = { type: 'android', client_secret: '' } as const

const clients: readonly Probe[] = [
  bad('no client_id', 'client-id-missing', { client_id: null }, noClient),
  bad('an empty client_id', 'client-id-missing', { client_id: '' }, noClient),
  bad('an unknown client', 'client-unknown', { client_id: unknownClient }, notFound),
  bad('a client_id in capitals', 'client-unknown', { client_id: desktop.client_id.toUpperCase() }, notFound),
  bad(
    'no client_secret, from a Desktop client with PKCE',
    'client-secret-missing',
    { client_secret: null },
    secretMissing,
  ),
  bad('an empty client_secret', 'client-secret-missing', { client_secret: '' }, secretMissing),
  bad('no client_secret, from a TV client', 'client-secret-missing', { client_secret: null }, secretMissing, {
    client: { type: 'tv' },
  }),
  bad('a wrong client_secret', 'client-secret-wrong', { client_secret: 'GOCSPX-wrong' }, secretWrong),
  bad('another client’s secret', 'client-secret-wrong', { client_secret: web.client_secret }, secretWrong),
  bad('a blank behind the secret', 'client-secret-wrong', { client_secret: `${desktop.client_secret} ` }, secretWrong),
  bad(
    'a wrong client_secret, in the wording of 2016 to 2022',
    'client-secret-wrong-older',
    { client_secret: 'GOCSPX-wrong' },
    says(401, 'invalid_client', 'Unauthorized'),
    { switches: { wrongSecretWording: 'client-secret-wrong-older' } },
  ),
  bad('a secret that was disabled', 'client-secret-wrong', {}, secretWrong, {
    before: ({ google }) => google.setSecret(desktop.client_id, 0, false),
  }),
  bad('the second secret, which was disabled', 'client-secret-wrong', { client_secret: 'GOCSPX-second' }, secretWrong, {
    client: { otherSecret: 'GOCSPX-second' },
    before: ({ google }) => google.setSecret(desktop.client_id, 1, false),
  }),
  bad('a secret from an Android client', 'client-secret-wrong', { client_secret: 'GOCSPX-any' }, secretWrong, {
    client: android,
  }),
  bad('the credentials of another client', 'client-differs', credentialsOf(web), unauthorized),
  bad('a deleted client', 'client-deleted', {}, says(401, 'deleted_client', 'The OAuth client was deleted.'), {
    before: ({ google }) => google.setClient(desktop.client_id, 'deleted'),
  }),
  bad(
    'a disabled client and a code that nobody issued',
    'client-disabled',
    { code: 'bogus' },
    says(401, 'disabled_client', 'The OAuth client was disabled.'),
    { before: ({ google }) => google.setClient(desktop.client_id, 'disabled') },
  ),
]

function credentialsOf({ client_id, client_secret }: typeof web): Changes {
  return { client_id, client_secret }
}

const header = (
  name: string,
  row: string,
  headers: Circumstances['headers'],
  answer: Seen,
  changes: Changes = credentialless,
): Probe => bad(`HTTP Basic ${name}`, row, changes, answer, { headers: headers! })
const encoded = (text: string): string => text.replaceAll('-', '%2D').replaceAll('.', '%2E')

const basicCredentials: readonly Probe[] = [
  header('and a wrong secret', 'client-secret-wrong', basic(`${desktop.client_id}:GOCSPX-wrong`), secretWrong),
  header('form-encoded, as RFC 6749 §2.3.1 wants it', 'client-unknown', basic(encoded(held)), notFound),
  header('without a colon', 'client-secret-missing', basic(desktop.client_id), secretMissing),
  header('without a secret', 'client-secret-missing', basic(`${desktop.client_id}:`), secretMissing),
  header('without an identifier', 'client-id-missing', basic(`:${desktop.client_secret}`), noClient),
  header('that is empty', 'client-id-missing', { authorization: 'Basic ' }, noClient),
  header('that is no base64', 'client-id-missing', { authorization: 'Basic %%%' }, noClient),
  header('in the URL alphabet', 'client-id-missing', { authorization: 'Basic YWJj_-9' }, noClient),
  header('under the scheme Bearer', 'client-id-missing', { authorization: `Bearer ${btoa(held)}` }, noClient),
  exchange(
    'an exchange with credentials in the header and in the body',
    'RFC 6749 §2.3',
    {},
    says(400, 'invalid_request', 'The request uses more than one mechanism for authenticating the client.'),
    { headers: basic(held) },
  ),
  exchange(
    'an exchange with one client in the header and another in the body',
    'RFC 6749 §2.3',
    { client_id: web.client_id, client_secret: null },
    says(400, 'invalid_request', 'The request uses more than one mechanism for authenticating the client.'),
    { headers: basic(held) },
  ),
  bad('a secret in the query', 'client-secret-missing', { client_secret: null }, secretMissing, {
    query: `?client_secret=${desktop.client_secret}`,
  }),
]

const codes: readonly Probe[] = [
  bad('no code', 'parameter-missing', { code: null }, missing('code')),
  bad('an empty code', 'parameter-missing', { code: '' }, missing('code')),
  bad('the code in the query', 'parameter-missing', { code: null }, missing('code'), {
    query: `?code=4/0A${'x'.repeat(69)}`,
  }),
  code('a truncated code', '4/0AbCdEf'),
  code('a code that is still percent-encoded', `4%2F0A${'x'.repeat(69)}`),
  code('a code with a blank behind it', `4/0A${'x'.repeat(69)} `),
  code('garbage for a code', 'garbage'),
  code('a refresh token for a code', '1//0gnobody-ever-issued-this-one'),
  code('a code that nobody issued', `4/0A${'x'.repeat(69)}`, grantBad),
  bad('a code for the second time', 'grant-bad', {}, grantBad, { before: (_, send) => send() }),
  bad(
    'a code for the second time, in the wording of 2015 to 2018',
    'code-used-older',
    {},
    says(400, 'invalid_grant', 'Code was already redeemed.'),
    { switches: { usedCodeWording: 'code-used-older' }, before: (_, send) => send() },
  ),
  bad('a code ten minutes old', 'grant-bad', {}, grantBad, {
    before: ({ clock, google }) => clock.set(clock.now() + google.switches.codeLifetime),
  }),
  elsewhere(null),
  elsewhere('http://127.0.0.1:53790/callback'),
  elsewhere('http://localhost:53789/callback'),
  elsewhere('http://127.0.0.1:53789/callback/'),
  elsewhere('http://127.0.0.1:53789/Callback'),
  elsewhere('http%3A%2F%2F127.0.0.1%3A53789%2Fcallback'),
]

const plain = { code_challenge_method: null, code_challenge: verifier }
const challengeless = { code_challenge: null, code_challenge_method: null }

const verifiers: readonly Probe[] = [
  bad('no verifier', 'verifier-missing', { code_verifier: null }, verifierMissing),
  bad('an empty verifier', 'verifier-missing', { code_verifier: '' }, verifierMissing),
  wrongVerifier('that is another', 'x'.repeat(43)),
  wrongVerifier('in other letters', verifier.toLowerCase()),
  wrongVerifier('of 42 characters', verifier.slice(1)),
  wrongVerifier('that the plain challenge is not', 'x'.repeat(43), { authorization: plain }),
  wrongVerifier('of 129 characters, though its hash is right', 'a'.repeat(129), {
    authorization: { code_challenge: 'wSywJKLlVRzKDgj86PHF4xRVXMP-9jKe6ZSj23UhZq4' },
  }),
  wrongVerifier('with a blank in it, though its hash is right', `${verifier.slice(1)} `, {
    authorization: { code_challenge: 'TFRwq0Fa8Lhjl_88BxoyphXjDmJcJ1_mj5sRPbQvSbU' },
  }),
  bad(
    'a verifier that no challenge asked for',
    'verifier-not-needed',
    {},
    says(400, 'invalid_grant', 'code_verifier or verifier is not needed'),
    { authorization: challengeless },
  ),
]

const repetitions: readonly Probe[] = [
  twice('grant_type', 'authorization_code'),
  twice('code', `4/0A${'x'.repeat(69)}`),
  twice('client_id', desktop.client_id),
  twice('client_secret', desktop.client_secret),
  twice('redirect_uri', 'http://127.0.0.1:53789/callback'),
  twice('code_verifier', verifier),
  twice('unheard_of', 'x'),
]

/** A body of another kind, with everything that a good refresh has. */
const body = (name: string, source: Probe['source'], type: string | null, text: string, answer: Seen): Probe => ({
  name: `a token request ${name}`,
  source,
  answer,
  ask: (google) =>
    ask(google, tokenUrl, {
      method: 'POST',
      headers: type === null ? {} : { 'content-type': type },
      body: new TextEncoder().encode(text),
    }),
})
const form = `grant_type=refresh_token&refresh_token=1//0g&client_id=${desktop.client_id}`
const unreadable = says(400, 'INVALID_ARGUMENT', 'Invalid JSON payload received. Unexpected token.')
const noGrantType = says(400, 'unsupported_grant_type', 'Invalid grant_type: ')

const bodies: readonly Probe[] = [
  body('without a content type', 'RFC 6749 §3.2', null, form, noGrantType),
  body('as plain text', 'RFC 6749 §3.2', 'text/plain', form, noGrantType),
  body('as multipart', 'RFC 6749 §3.2', 'multipart/form-data; boundary=x', `--x\r\n\r\n${form}\r\n--x--`, noGrantType),
  body('with an empty form', 'token-errors/grant-type-unknown', formType['content-type'], '', noGrantType),
  body('of JSON that is a form', 'token-errors/json-malformed', 'application/json', form, unreadable),
  body('of JSON cut short', 'token-errors/json-malformed', 'application/json', '{"grant_type":', unreadable),
  body('of JSON that is a number', 'token-errors/json-malformed', 'application/json; charset=utf-8', '1', unreadable),
  body('of JSON without members', 'token-errors/grant-type-unknown', 'application/json', '{}', noGrantType),
  body('of JSON with numbers', 'token-errors/grant-type-unknown', 'application/json', '{"grant_type":1}', noGrantType),
  body('with broken percent-encoding', 'headers/front-end', formType['content-type'], `${form}&code=4%2skj`, {
    status: 400,
    contentType: 'text/html; charset=UTF-8',
  }),
  body('with a lone percent sign', 'headers/front-end', formType['content-type'], `${form}&scope=%`, {
    status: 400,
    contentType: 'text/html; charset=UTF-8',
  }),
]

const scope = (name: string, list: string, told: string): Probe =>
  badRefresh(
    name,
    'scope-invalid',
    { scope: list },
    says(400, 'invalid_scope', `Some requested scopes were invalid. ${told}`),
  )

const refreshes: readonly Probe[] = [
  badRefresh('no refresh_token', 'parameter-missing', { refresh_token: null }, missing('refresh_token')),
  badRefresh(
    'a token that nobody issued',
    'grant-bad',
    { refresh_token: '1//0gnobody-ever-issued-this-one' },
    grantBad,
  ),
  badRefresh('an access token', 'grant-bad', { refresh_token: 'ya29.a0nobody-ever-issued-this' }, grantBad),
  badRefresh('no client_secret', 'client-secret-missing', { client_secret: null }, secretMissing),
  badRefresh('a wrong client_secret', 'client-secret-wrong', { client_secret: 'GOCSPX-wrong' }, secretWrong),
  badRefresh('an empty client_id', 'client-id-missing', { client_id: '' }, noClient),
  badRefresh('another client', 'client-differs', credentialsOf(web), unauthorized),
  scope('an unknown scope', 'offline_access', '{invalid=[offline_access]}'),
  scope('an unknown scope beside a good one', `${mail} offline_access`, `{valid=[${mail}], invalid=[offline_access]}`),
  scope(
    'an unknown scope beside a short name',
    'email nobodys',
    '{valid=[https://www.googleapis.com/auth/userinfo.email], invalid=[nobodys]}',
  ),
  scope('scopes with a comma between them', `${mail},${drive}`, `{invalid=[${mail},${drive}]}`),
  scope('a scope’s short name', 'gmail.readonly', '{invalid=[gmail.readonly]}'),
  badRefresh(
    'a scope that was not granted',
    'scope-not-granted',
    { scope: drive },
    says(400, 'invalid_scope', 'Bad Request'),
  ),
]

const tired: readonly Probe[] = [
  badRefresh('one request too many', 'quota-exceeded', {}, says(403, 'rate_limit_exceeded', ''), {
    switches: { tokenQuota: 1 },
  }),
  badRefresh('a failing back end', 'internal-failure', {}, says(500, 'internal_failure', ''), {
    before: ({ google }) => google.turn({ tokenOutage: 'internal-failure' }),
  }),
  badRefresh('a back end in error', 'backend-error', {}, says(503, 'internal_failure', 'Backend Error'), {
    before: ({ google }) => google.turn({ tokenOutage: 'backend-error' }),
  }),
]

/** What the token endpoint refuses, other than tokens that once were good. */
export const tokenProbes: readonly Probe[] = [
  ...grantTypes,
  ...clients,
  ...basicCredentials,
  ...codes,
  ...verifiers,
  ...repetitions,
  ...bodies,
  ...refreshes,
  ...tired,
]
