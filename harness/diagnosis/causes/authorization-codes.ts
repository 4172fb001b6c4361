import type { Bits, Cause } from '../model.ts'

const native = 'https://developers.google.com/identity/protocols/oauth2/native-app'

const refused: Readonly<Record<string, Bits>> = {
  'token-dead': -12,
  'at-exchange': 3,
  'at-refresh': -6,
  'at-assertion': -6,
  'bad-request': 1,
  reauth: -12,
  'account-deleted': -12,
  'code-malformed': -12,
  'code-redeemed': -12,
  'verifier-missing': -12,
  'verifier-wrong': -12,
  'verifier-not-needed': -12,
  'user-unknown': -12,
  'account-unknown': -12,
  'assertion-times': -12,
  'assertion-signature': -12,
  'assertion-audience': -12,
}
const explains = ['invalid_grant']
const atExchange = { stage: { exchange: 4, refresh: -8, assertion: -8 } }
const signIn = 'Begin the sign-in anew.'

/** Why the exchange of a code is refused. */
export const authorizationCodeCauses: readonly Cause[] = [
  {
    id: 'code-used-twice',
    title: 'The authorization code was sent a second time',
    explains: [...explains, 'code-redeemed'],
    signs: { ...refused, 'code-redeemed': 14 },
    answers: { ...atExchange, 'code-use': { again: 8, once: -10 } },
    user: `${signIn} Do not load the page again.`,
    application:
      'Redirect away from the callback before anything else, and exchange each code once; never repeat the exchange after a time-out.',
    source: 'RFC 6749 §4.1.2; github.com/iMerica/dj-rest-auth issue 525; github.com/bitly/oauth2_proxy issue 368',
    preset: 'any',
  },
  {
    id: 'code-expired',
    title: 'The authorization code was sent too late',
    explains,
    signs: refused,
    answers: { ...atExchange, 'code-delay': { later: 7, 'at-once': -10 } },
    user: signIn,
    application: 'Exchange the code at once; a code that a person copies by hand may be minutes old.',
    source: 'RFC 6749 §4.1.2; Google documents no lifetime',
    preset: 'code-expired',
  },
  {
    id: 'code-garbled',
    title:
      'What was sent is no authorization code as Google makes them: still percent-encoded, cut, or another parameter',
    prior: 1,
    explains: [...explains, 'code-malformed'],
    signs: { ...refused, 'code-malformed': 14, 'code-encoded': 6 },
    answers: { ...atExchange, 'code-form': { altered: 8, decoded: -10 } },
    user: signIn,
    application: 'Decode the query of the redirect once, and encode the code once in the form: 4%2F0A… is 4/0A….',
    source:
      'github.com/google/device-access-sample-web-app issue 5; github.com/googlesamples/google-signin-unity issue 64',
    preset: 'any',
  },
  {
    id: 'verifier-missing',
    title: 'PKCE: the authorization request had a code_challenge, and the exchange has no code_verifier',
    explains: ['verifier-missing'],
    signs: { 'verifier-missing': 10 },
    user: signIn,
    application:
      'Keep the verifier across the redirect (session, or beside the state) and send it. A library may have begun to add the challenge by itself.',
    source: 'github.com/googleapis/google-api-php-client issue 2669; github.com/onaio/onadata issue 3068',
    preset: 'any',
  },
  {
    id: 'verifier-wrong',
    title: 'PKCE: the code_verifier is not the one of this authorization request',
    explains: ['verifier-wrong'],
    signs: { 'verifier-wrong': 10 },
    user: `${signIn} Use one window only.`,
    application: 'Keep one verifier for each state: two sign-ins at a time, or two servers, overwrite a single one.',
    source: `github.com/googleapis/google-api-java-client issue 1479; ${native}`,
    preset: 'any',
  },
  {
    id: 'verifier-not-needed',
    title: 'PKCE: a code_verifier came although the authorization request had no code_challenge',
    explains: ['verifier-not-needed'],
    signs: { 'verifier-not-needed': 10 },
    user: signIn,
    application:
      'Send both or neither; send code_challenge with code_challenge_method=S256 in the authorization request.',
    source: 'github.com/googleapis/google-api-nodejs-client issue 3680',
    preset: 'any',
  },
  {
    id: 'exchange-redirect-differs',
    title: 'The exchange names another redirect_uri than the authorization request did',
    explains: ['redirect_uri_mismatch'],
    signs: {
      'bad-request': 6,
      'at-exchange': 3,
      'redirect-register': -10,
      'redirect-page': -8,
      'oob-web': -10,
      'origin-register': -10,
    },
    answers: { stage: { exchange: 7 } },
    user: signIn,
    application: 'Send the very same redirect_uri in both requests: scheme, host, port, path and slash.',
    source: 'github.com/iMerica/dj-rest-auth issue 525; RFC 6749 §4.1.3',
    preset: 'any',
  },
  {
    id: 'code-parameter-missing',
    title: 'The token request lacks its code or refresh_token',
    explains: ['parameter-code-missing'],
    signs: { 'parameter-code-missing': 8 },
    user: 'Nothing; the application is at fault.',
    application: 'Look for error= in the redirect before reading code=, and for an empty store before refreshing.',
    source: 'github.com/joomla-framework/oauth2 issue 28; github.com/googleapis/google-api-nodejs-client issue 3089',
    preset: 'any',
  },
  {
    id: 'grant-type-wrong',
    title: 'The token request has no grant_type, or one that Google does not know',
    explains: ['unsupported_grant_type', 'grant-type-missing', 'grant-type-unknown'],
    signs: { 'grant-type-missing': 8, 'grant-type-unknown': 4 },
    user: 'Nothing; the application is at fault.',
    application:
      'POST a form (application/x-www-form-urlencoded) with grant_type=authorization_code or refresh_token; passwords are not taken.',
    source:
      'https://developers.google.com/identity/protocols/oauth2/web-server; github.com/android/play-billing-samples issue 471',
    preset: 'any',
  },
]
