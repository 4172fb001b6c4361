import { tokenUrl } from '../flow.fixture.ts'
import type { OpenGoogle } from '../google.fixture.ts'
import {
  type Told,
  assertion,
  assertionGrant,
  calendar,
  clientId,
  email,
  keyId,
  mail,
  member,
  openDelegated,
} from '../service-accounts/service-account.fixture.ts'
import type { Probe, Seen } from './probe.fixture.ts'
import { post, says } from './request-probe.fixture.ts'

interface Story extends Told {
  readonly world?: Parameters<typeof openDelegated>[0]
  readonly address?: string
  readonly before?: (google: OpenGoogle) => void
  /** What is done to the signed JWT. */
  readonly tamper?: (jwt: string) => string
}

const row = (name: string, source: string, story: Story, answer: Seen): Probe => ({
  name: `an assertion ${name}`,
  source: `token-errors/${source}`,
  answer,
  async ask() {
    const google = openDelegated(story.world)
    story.before?.(google)
    const jwt = await assertion(google, story)
    const { tamper = (text: string) => text, address = tokenUrl } = story
    return post(google, address, { grant_type: assertionGrant, assertion: tamper(jwt) })
  },
})

const invalidGrant = (description: string): Seen => says(400, 'invalid_grant', description)

const claimless = (name: string, claims: Told['claims']): Probe =>
  row(
    name,
    'assertion-scope',
    { claims: claims! },
    says(400, 'invalid_scope', 'Invalid OAuth scope or ID token audience provided.'),
  )
const untimely = (name: string, story: Story): Probe =>
  row(
    name,
    'assertion-times',
    story,
    invalidGrant(
      "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your 'iat' and 'exp' values and use a clock with skew to account for clock differences between systems.",
    ),
  )
const unsigned = (name: string, story: Story): Probe =>
  row(name, 'assertion-signature', story, invalidGrant('Invalid JWT Signature.'))
const undelegated = (name: string, story: Story): Probe =>
  row(
    name,
    'delegation-missing',
    story,
    says(
      401,
      'unauthorized_client',
      'Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.',
    ),
  )
const elsewhere = (audience: string, address = tokenUrl): Probe =>
  row(
    `for ${audience} at ${address}`,
    'assertion-audience',
    { claims: { aud: audience }, address },
    invalidGrant('Invalid JWT: Failed audience check.'),
  )
const disabled = says(401, 'disabled_client', 'The OAuth client was disabled.')

const seconds = Date.UTC(2026, 0, 14, 9) / 1000
const hours = (count: number): number => count * 3600

const signatures: readonly Probe[] = [
  {
    name: 'no assertion',
    source: 'token-errors/parameter-missing',
    ask: () => post(openDelegated(), tokenUrl, { grant_type: assertionGrant }),
    answer: says(400, 'invalid_request', 'Missing required parameter: assertion'),
  },
  unsigned('that is no JWT', { tamper: () => 'garbage' }),
  unsigned('without a signature', { tamper: (jwt) => jwt.replace(/[^.]*$/, '') }),
  unsigned('cut short', { tamper: (jwt) => jwt.slice(0, -1) }),
  unsigned('whose claims were changed', { tamper: (jwt) => withClaims(jwt, { sub: 'other@example.com' }) }),
  unsigned('with a line end in it', { tamper: (jwt) => jwt.replace('.', '\n.') }),
  unsigned('under the identifier of another key', { header: { kid: 'another-key' } }),
  unsigned('under an unknown key', { header: { kid: 'nobody' } }),
  unsigned('whose key was removed', { before: ({ google }) => google.setServiceAccountKey(email, keyId, 'removed') }),
  unsigned('signed by nobody (alg none)', { tamper: (jwt) => withHeader(jwt, { alg: 'none' }).replace(/[^.]*$/, '') }),
  unsigned('under another algorithm', { tamper: (jwt) => withHeader(jwt, { alg: 'HS256' }) }),
  row(
    'whose key was disabled',
    'client-disabled',
    { before: ({ google }) => google.setServiceAccountKey(email, keyId, 'disabled') },
    disabled,
  ),
]

const octets = (text: string): string => btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
const part = (jwt: string, at: number): object =>
  JSON.parse(atob(jwt.split('.')[at]!.replaceAll('-', '+').replaceAll('_', '/')))
const withPart = (jwt: string, at: number, changes: object): string =>
  jwt
    .split('.')
    .with(at, octets(JSON.stringify({ ...part(jwt, at), ...changes })))
    .join('.')
const withHeader = (jwt: string, changes: object): string => withPart(jwt, 0, changes)
const withClaims = (jwt: string, changes: object): string => withPart(jwt, 1, changes)

const issuers: readonly Probe[] = [
  row(
    'of a service account that does not exist',
    'service-account-unknown',
    { claims: { iss: 'nobody@example-mail.iam.gserviceaccount.com' } },
    invalidGrant('Invalid grant: account not found'),
  ),
  row(
    'with a blank behind its issuer',
    'service-account-unknown',
    { claims: { iss: `${email} ` } },
    invalidGrant('Invalid grant: account not found'),
  ),
  row(
    'whose issuer is the numeric identifier',
    'service-account-unknown',
    { claims: { iss: clientId } },
    invalidGrant('Invalid grant: account not found'),
  ),
  row(
    'without an issuer',
    'service-account-unknown',
    { claims: { iss: null } },
    invalidGrant('Invalid grant: account not found'),
  ),
  row(
    'of a service account that does not exist, in the answer of 2017',
    'client-unknown',
    { claims: { iss: 'nobody@example.com' }, world: { switches: { unknownServiceAccount: 'client-unknown' } } },
    says(401, 'invalid_client', 'The OAuth client was not found.'),
  ),
  row(
    'of a deleted service account',
    'client-deleted',
    { before: ({ google }) => google.setServiceAccount(email, 'deleted') },
    says(401, 'deleted_client', 'The OAuth client was deleted.'),
  ),
  row(
    'of a disabled service account',
    'client-disabled',
    { before: ({ google }) => google.setServiceAccount(email, 'disabled') },
    disabled,
  ),
]

const claims: readonly Probe[] = [
  row(
    'without exp',
    'assertion-expiry-missing',
    { claims: { exp: null } },
    invalidGrant('Invalid JWT: exp (expiration time) is not set.'),
  ),
  untimely('without iat', { claims: { iat: null } }),
  untimely('good for 65 minutes and a second', { claims: { exp: seconds + 3901 } }),
  untimely('that ends before it begins', { claims: { iat: seconds, exp: seconds - 1 } }),
  untimely('that ran out', { ahead: -hours(2) }),
  untimely('of a clock that is an hour ahead', { ahead: hours(1) }),
  elsewhere('https://oauth2.googleapis.com/token/'),
  elsewhere('https://accounts.google.com/o/oauth2/token'),
  elsewhere('https://oauth2.googleapis.com/token', 'https://accounts.google.com/o/oauth2/token'),
  elsewhere('https://token.example.com/'),
  claimless('without a scope', { scope: null }),
  claimless('with an empty scope', { scope: '' }),
  claimless('with an unknown scope', { scope: 'gmail.readonly' }),
  claimless('with scopes behind a comma', { scope: `${mail},${calendar}` }),
]

const mailbox = (name: string, sub: string, source: string, answer: Seen, story: Story = {}): Probe =>
  row(name, source, { claims: { sub }, ...story }, answer)
const both = { scope: `${mail} ${calendar}` }
const entered = (clientIdEntered: string, scopes = [mail], organisation = 'example.com') => ({
  world: { delegations: [{ clientId: clientIdEntered, organisation, scopes }] },
})

const users: readonly Probe[] = [
  mailbox(
    'for what is no mailbox',
    'example.com',
    'assertion-no-mailbox',
    says(400, 'invalid_request', 'Invalid impersonation &quot;sub&quot; field: example.com'),
  ),
  mailbox(
    'for a user who does not exist',
    'nobody@example.com',
    'assertion-user-unknown',
    invalidGrant('Invalid email or User ID'),
  ),
  mailbox(
    'for a user who does not exist, in the wording of 2015',
    'nobody@example.com',
    'assertion-user-unknown-older',
    invalidGrant('Not a valid email.'),
    { world: { switches: { unknownSubject: 'assertion-user-unknown-older' } } },
  ),
  row(
    'for a deleted user',
    'assertion-user-deleted',
    { before: ({ google }) => google.setAccount(member.address, 'deleted') },
    invalidGrant('The account has been deleted'),
  ),
  row(
    'for a disabled user',
    'assertion-user-restricted',
    { before: ({ google }) => google.setAccount(member.address, 'disabled') },
    says(400, 'access_denied', 'Account restricted'),
  ),
  undelegated('for a consumer’s account', { claims: { sub: 'alice@example.test' } }),
  undelegated('without any delegation', { world: { delegations: [] } }),
  undelegated('whose delegation names the e-mail address', entered(email)),
  undelegated('whose delegation is another organisation’s', entered(clientId, [mail], 'example.org')),
  undelegated('for a scope that nobody delegated', { claims: { scope: calendar } }),
  undelegated('whose delegation was entered a day ago, but for a second', {
    ...entered(email),
    before({ google, clock }) {
      google.delegate({ clientId, organisation: 'example.com', scopes: [mail] })
      clock.set(clock.now() + hours(24) * 1000 - 1000)
    },
  }),
  row(
    'with a scope more than was delegated',
    'delegation-scope',
    { claims: both },
    says(403, 'access_denied', 'Requested client not authorized.'),
  ),
  row(
    'for an application that the administrator restricts',
    'admin-policy-enforced',
    { before: ({ google }) => google.setPolicy(member.address, 'restricted') },
    says(400, 'admin_policy_enforced', 'Bad Request'),
  ),
  row(
    'of another organisation’s internal project',
    'assertion-organisation',
    { world: { internalTo: 'example.org' } },
    says(403, 'org_internal', 'This client is restricted to users within its organization.'),
  ),
]

/** What Google answers to a service account that does not get a token. */
export const assertionProbes: readonly Probe[] = [...signatures, ...issuers, ...claims, ...users]
