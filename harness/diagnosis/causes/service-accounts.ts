import type { Cause } from '../model.ts'

const guide = 'https://developers.google.com/identity/protocols/oauth2/service-account#error-codes'
const nothing = 'Nothing; the application is at fault.'

/** Why a service account with domain-wide delegation gets no token. */
export const serviceAccountCauses: readonly Cause[] = [
  {
    id: 'assertion-clock',
    title: 'The clock is wrong, or the JWT lives longer than an hour',
    explains: ['assertion-times'],
    signs: { 'assertion-times': 10 },
    answers: { clock: { wrong: 3 } },
    user: 'Set the clock of the machine (NTP).',
    application:
      'iat is now, exp at most 3600 seconds later, both in seconds of UTC; a suspended machine or container may be behind.',
    source: guide,
    preset: 'any',
  },
  {
    id: 'assertion-signature',
    title: 'The JWT is signed with a wrong or removed key',
    explains: ['assertion-signature'],
    signs: { 'assertion-signature': 10 },
    user: nothing,
    application:
      'Download a new key; look for \\n in private_key that an environment variable turned into two characters.',
    source: `${guide}; github.com/googleapis/google-cloud-python issue 10004`,
    preset: 'any',
  },
  {
    id: 'assertion-audience',
    title: 'The JWT is made for another address than the token endpoint',
    explains: ['assertion-audience'],
    signs: { 'assertion-audience': 10 },
    user: nothing,
    application: 'aud is https://oauth2.googleapis.com/token.',
    source: 'github.com/GoogleCloudDataproc/hadoop-connectors pull 822',
    preset: 'any',
  },
  {
    id: 'delegated-user-unknown',
    title: 'The user in `sub` does not exist in the organisation',
    explains: ['user-unknown'],
    signs: { 'user-unknown': 10 },
    user: 'Ask the administrator for the primary address.',
    application: 'sub is the primary address of a Workspace user; consumer accounts cannot be delegated.',
    source: `${guide}; github.com/googleapis/google-api-php-client issue 1207`,
    preset: 'any',
  },
  {
    id: 'service-account-unknown',
    title: 'Google knows no service account of this address',
    explains: ['account-unknown'],
    signs: { 'account-unknown': 10 },
    user: nothing,
    application: 'iss is client_email of the key file; the account may have been deleted with its project.',
    source: 'github.com/google/oculi issue 5; github.com/googleapis/google-cloud-php issue 3622',
    preset: 'any',
  },
  {
    id: 'delegation-missing',
    title: 'The organisation has not delegated this service account, or not for these scopes',
    explains: ['delegation-missing', 'unauthorized_client'],
    signs: { 'delegation-missing': 14, 'at-assertion': 6, 'at-refresh': -6, unauthorized: -2 },
    answers: { stage: { assertion: 6, refresh: -8, exchange: -8 } },
    user: 'Ask the administrator.',
    application:
      'Admin console, Security, API controls, Domain-wide delegation: the numeric client ID (not the address) with https://mail.google.com/; it may take a day.',
    source: `${guide}; github.com/googleapis/google-api-php-client issue 1379`,
    preset: 'delegation-missing',
  },
  {
    id: 'delegation-scope',
    title: 'One of the scopes is not delegated to this service account',
    explains: ['delegation-scope', 'access_denied'],
    signs: { 'delegation-scope': 14, 'at-assertion': 4, 'not-a-tester': -12, 'signed-out': -6 },
    answers: { stage: { assertion: 6 } },
    user: 'Ask the administrator.',
    application: 'Enter every scope of the JWT at the delegation, spelt the same.',
    source: guide,
    preset: null,
  },
  {
    id: 'assertion-scope',
    title: 'The JWT has no scope, or a wrong one',
    explains: ['scope-invalid-audience'],
    signs: { 'scope-invalid-audience': 10 },
    user: nothing,
    application: 'scope is https://mail.google.com/, several ones separated by blanks, not commas.',
    source: `${guide}; github.com/googleapis/google-oauth-java-client issue 602`,
    preset: 'any',
  },
]
