import type { Bits, Cause } from '../model.ts'

const overview = 'https://developers.google.com/identity/protocols/oauth2#expiration'
const audience = 'https://support.google.com/cloud/answer/15549945'

/** The description may be either: it changes by itself (github.com/AlphaTiles/AlphaTiles issue 107). */
const dead: Readonly<Record<string, Bits>> = {
  'token-dead': 3,
  'at-refresh': 2,
  'at-exchange': -5,
  'at-assertion': -5,
  'code-malformed': -12,
  'code-redeemed': -12,
  'code-encoded': -4,
  'verifier-missing': -12,
  'verifier-wrong': -12,
  'verifier-not-needed': -12,
  reauth: -12,
  'account-deleted': -12,
  'user-unknown': -12,
  'account-unknown': -12,
  'assertion-times': -12,
  'assertion-signature': -12,
  'assertion-audience': -12,
}
const explains = ['invalid_grant', 'refresh-token-rejected', 'token-dead']
const atRefresh = { stage: { refresh: 4, exchange: -8, assertion: -8 } }
const signInAgain = 'Sign in once more.'
const stopAndAsk =
  'Stop refreshing at invalid_grant, whatever the description says; keep the account, say that a new sign-in is needed, and offer it.'

/** Why a refresh token that was good is so no longer: Google's own list, "Refresh token expiration". */
export const refreshTokenCauses: readonly Cause[] = [
  {
    id: 'testing-7-days',
    title: 'The project is in status Testing, where consent ends after seven days',
    prior: 3,
    explains,
    signs: { ...dead, 'testing-named': 6, 'expires-in-week': 8 },
    answers: {
      ...atRefresh,
      age: { 'about-a-week': 6, 'under-a-day': -6, longer: -3 },
      publishing: { testing: 6, production: -10, internal: -10, 'published-later': -3 },
    },
    user: signInAgain,
    application:
      'Press “Publish app” under Google Auth Platform, Audience, then have every user consent again: tokens of Testing keep their seven days.',
    source: `${audience}; github.com/tarickb/sasl-xoauth2 issue 29`,
    preset: 'testing-7-days',
  },
  {
    id: 'minted-while-testing',
    title:
      'The refresh token was made while the project was in Testing, and keeps its seven days although it is published now',
    explains,
    signs: { ...dead, 'testing-named': 2, 'expires-in-week': 4 },
    answers: {
      ...atRefresh,
      age: { 'about-a-week': 4, 'under-a-day': -6 },
      publishing: { 'published-later': 8, testing: -8, production: -10, internal: -10 },
    },
    user: signInAgain,
    application: 'Nothing more in the console; ask all users who consented before the publication to sign in again.',
    source: 'github.com/hanydd/BilibiliSponsorBlock issue 330',
    preset: 'minted-while-testing',
  },
  {
    id: 'access-removed',
    title: 'The user took the application’s access away, or the application revoked the token itself',
    prior: 1,
    explains,
    signs: dead,
    answers: { ...atRefresh, access: { removed: 8, listed: -10 } },
    user: 'Sign in once more, if the application is to read mail again.',
    application: `${stopAndAsk} Revoking one token ends all of the project’s for that user: do not revoke at sign-out of one device.`,
    source: overview,
    preset: 'revoked',
  },
  {
    id: 'password-changed',
    title: 'The user changed the password, which ends refresh tokens with Gmail scopes',
    prior: 1,
    explains,
    signs: dead,
    answers: { ...atRefresh, password: { changed: 8, unchanged: -10 } },
    user: signInAgain,
    application: stopAndAsk,
    source: overview,
    preset: 'password-changed',
  },
  {
    id: 'six-months-unused',
    title: 'The refresh token was not used for six months',
    explains,
    signs: dead,
    answers: {
      ...atRefresh,
      'last-use': { 'six-months-ago': 8, lately: -12 },
      age: { 'under-a-day': -8, 'about-a-week': -8, longer: 2 },
    },
    user: signInAgain,
    application: `${stopAndAsk} Refresh stored tokens now and then, also of accounts that rest.`,
    source: overview,
    preset: 'six-months-unused',
  },
  {
    id: 'over-100-tokens',
    title:
      'Newer refresh tokens pushed this one out: an account holds 100 for each client, and a limited number over all',
    explains,
    signs: dead,
    answers: { ...atRefresh, tokens: { many: 8, few: -10 }, processes: { several: 2, one: -1 } },
    user: signInAgain,
    application:
      'Sign in once for each account and keep that token; do not ask for consent at every start, and share one store between instances.',
    source: overview,
    preset: 'over-100-tokens',
  },
  {
    id: 'account-gone',
    title: 'The account is disabled, suspended or deleted',
    explains: [...explains, 'account-deleted'],
    signs: { ...dead, 'account-deleted': 12 },
    answers: { account: { gone: 8, active: -10 } },
    user: 'Restore the account at accounts.google.com, or ask the administrator.',
    application: `${stopAndAsk} Do not delete the local mail.`,
    source: `${overview}; github.com/FlowCrypt/flowcrypt-browser issue 2269`,
    preset: 'account-deleted',
  },
  {
    id: 'session-control',
    title: 'The organisation limits sessions for Google Cloud: a new sign-in is due (invalid_rapt)',
    prior: -2,
    explains: [...explains, 'reauth'],
    signs: { ...dead, reauth: 14 },
    answers: { cloud: { session: 5, none: -8 }, 'account-kind': { workspace: 2, consumer: -8 } },
    user: 'Sign in once more; the administrator may exempt the application.',
    application: 'Do not ask for cloud-platform: reading mail needs https://mail.google.com/ alone.',
    source: 'https://support.google.com/a/answer/9368756; github.com/cline/cline issue 4080',
    preset: 'session-control',
  },
  {
    id: 'time-based-access-ended',
    title: 'The user gave access for a limited time, which is over',
    prior: -1,
    explains,
    signs: dead,
    answers: { ...atRefresh, limit: { limited: 8, unlimited: -10 } },
    user: 'Sign in once more and choose a longer time.',
    application: `${stopAndAsk} The token answer said refresh_token_expires_in: tell the user in time.`,
    source: overview,
    preset: null,
  },
  {
    id: 'refresh-token-garbled',
    title: 'What is sent is not the refresh token that Google gave: cut, encoded twice, or of another account',
    prior: -1,
    explains,
    signs: { ...dead, 'token-dead': -6, 'bad-request': 2 },
    answers: { ...atRefresh, stored: { altered: 8, whole: -10 }, age: { 'under-a-day': 2 } },
    user: 'Nothing; the application is at fault.',
    application:
      'Store the token octet for octet (up to 512), send it form-encoded once, and keep the old one when a refresh answer brings none.',
    source:
      'https://developers.google.com/identity/protocols/oauth2#size; github.com/google/gmail-oauth2-tools issue 29',
    preset: null,
  },
  {
    id: 'token-of-another-client',
    title: 'The refresh token belongs to another client ID',
    explains: ['unauthorized_client', 'invalid_grant', 'refresh-token-rejected'],
    signs: {
      ...dead,
      'token-dead': -6,
      unauthorized_client: 1,
      unauthorized: 3,
      'delegation-missing': -14,
      'at-assertion': -8,
    },
    answers: { stage: { refresh: 4, assertion: -8 }, minted: { other: 8, same: -10 } },
    user: 'Sign in once more after the application was set right.',
    application:
      'Send the client ID that obtained the token. A token of the OAuth Playground works only with the Playground’s client or your own entered there.',
    source: 'github.com/nodemailer/nodemailer issue 266; github.com/googleapis/google-api-dotnet-client issue 2802',
    preset: 'another-client',
  },
  {
    id: 'no-refresh-token-given',
    title: 'Google gave no refresh token: access_type=offline was not asked, or the user had consented before',
    explains: ['no-refresh-token'],
    answers: {
      offline: { missing: 6, asked: -1 },
      'first-login': { repeat: 3 },
      'client-type': { web: 2, desktop: -2 },
    },
    user: 'Remove the application at myaccount.google.com/connections, then sign in again, or wait for a corrected version.',
    application:
      'Send access_type=offline, and prompt=consent where a refresh token is missing; keep the first one for ever.',
    source:
      'https://developers.google.com/identity/protocols/oauth2/web-server; github.com/rustmailer/bichon issue 153',
    preset: 'no-refresh-token',
  },
  {
    id: 'revoked-already',
    title: 'The token that should be revoked was dead already',
    prior: -2,
    explains: ['revocation-dead', 'invalid_token'],
    signs: { 'revocation-dead': 6 },
    user: 'Nothing.',
    application: 'Count invalid_token at the revocation endpoint as success, and forget the token.',
    source: 'github.com/googleapis/google-auth-library-nodejs issue 1175; RFC 7009 §2.2',
    preset: 'any',
  },
]
