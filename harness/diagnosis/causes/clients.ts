import type { Cause } from '../model.ts'

const manage = 'https://support.google.com/cloud/answer/15549257'
const nothing = 'Nothing; the application is at fault.'

/** Why Google does not take the client, or its credentials. */
export const clientCauses: readonly Cause[] = [
  {
    id: 'secret-missing',
    title: 'The client secret is not sent: Google wants it of Web and Desktop clients, PKCE or not',
    explains: ['secret-missing'],
    signs: { 'secret-missing': 10 },
    user: nothing,
    application:
      'Send client_secret at every token request; of a Desktop client it is no secret, and is needed all the same.',
    source: 'github.com/taylorwilsdon/google_workspace_mcp issue 1008; github.com/lalalune/outreachr issue 25',
    preset: 'any',
  },
  {
    id: 'secret-wrong',
    title: 'The client secret is wrong, disabled or replaced',
    prior: 1,
    explains: ['secret-invalid', 'invalid_client'],
    signs: { 'secret-invalid': 12, 'client-not-found': -12, unauthorized: 4, 'device-type': -12, 'at-assertion': -4 },
    answers: { client: { enabled: 4, elsewhere: -4, deleted: -8 } },
    user: nothing,
    application:
      'Copy the secret anew: since 2025 it is shown only when it is made, so make a second one, deploy it, then disable the first.',
    source: `${manage}; github.com/SocialiteProviders/Providers issue 564`,
    preset: 'wrong-secret',
  },
  {
    id: 'client-unknown',
    title: 'Google knows no client of this ID',
    explains: ['client-not-found', 'invalid_client'],
    signs: { 'client-not-found': 12, 'secret-invalid': -12, unauthorized: -6, 'device-type': -12 },
    answers: { client: { elsewhere: 6, enabled: -6, deleted: -2 } },
    user: nothing,
    application:
      'Compare the client ID letter by letter with the console: placeholders, blanks, quotes and percent-encoding in HTTP Basic are the usual flaws.',
    source: 'github.com/astrada/google-drive-ocamlfuse issue 484; github.com/honojs/middleware issue 1992',
    preset: 'any',
  },
  {
    id: 'client-deleted',
    title: 'The OAuth client was deleted, by somebody or by Google after six months without use',
    explains: ['deleted_client', 'client-deleted'],
    signs: { 'client-deleted': 6, deleted_client: 4 },
    user: 'Wait for the developer, then sign in again.',
    application:
      'Restore the client in the console within 30 days; later make a new one, ship it, and have users sign in again.',
    source: `${manage}; github.com/googleapis/google-api-nodejs-client issue 1256`,
    preset: 'deleted-client',
  },
  {
    id: 'client-disabled',
    title: 'The OAuth client is disabled',
    explains: ['disabled_client', 'client-disabled'],
    signs: { 'client-disabled': 6, disabled_client: 4, 'sign-in-disabled': -12 },
    user: 'Wait for the developer.',
    application: 'Enable the client in the console; if Google disabled it, its mail to the project’s owners says why.',
    source: `github.com/openpubkey/opkssh issue 617; ${manage}`,
    preset: 'disabled-client',
  },
  {
    id: 'client-id-missing',
    title: 'The token request has no client_id, or an empty one',
    explains: ['client-id-missing'],
    signs: { 'client-id-missing': 10 },
    user: nothing,
    application: 'Store client ID and secret beside the refresh token, or read them again, before a refresh.',
    source: 'github.com/neomutt/neomutt issue 3477; github.com/openid/AppAuth-iOS issue 226',
    preset: 'any',
  },
  {
    id: 'device-flow-client',
    title: 'The device flow was tried with a client of another type, or for mail, which it cannot open',
    explains: ['device-type', 'device-scope'],
    signs: { 'device-type': 8, 'device-scope': 8 },
    user: nothing,
    application:
      'Use the browser flow with a loopback redirect: https://mail.google.com/ is not among the scopes of the device flow.',
    source:
      'https://developers.google.com/identity/protocols/oauth2/limited-input-device#allowedscopes; github.com/hickford/git-credential-oauth issue 38',
    preset: 'any',
  },
  {
    id: 'device-waiting',
    title: 'The device flow still waits for the user, or asks too often',
    explains: ['authorization_pending', 'slow_down', 'expired_token'],
    user: 'Enter the code at google.com/device.',
    application:
      'Poll at the interval of the answer, five seconds more after slow_down, and begin anew after expired_token.',
    source: 'https://developers.google.com/identity/protocols/oauth2/limited-input-device; RFC 8628 §3.5',
    preset: 'any',
  },
  {
    id: 'quota-exceeded',
    title: 'The project asks for more tokens than its quota allows',
    explains: ['rate_limit_exceeded'],
    answers: { processes: { several: 2 } },
    user: 'Try again later.',
    application:
      'Keep an access token for its hour, refresh once for all connections, and wait longer after each refusal; ask Google for more quota.',
    source: 'https://developers.google.com/identity/protocols/oauth2/limited-input-device#rate-limit-exceeded',
    preset: 'token-quota',
  },
  {
    id: 'google-outage',
    title: 'Google’s token endpoint failed by itself',
    explains: ['internal_failure', 'server_error', 'temporarily_unavailable'],
    user: 'Try again later.',
    application: 'Keep the tokens, try again after a while that grows; this is no invalid_grant.',
    source: 'github.com/googleapis/google-auth-library-python google/oauth2/_client.py',
    preset: 'google-outage',
  },
]
