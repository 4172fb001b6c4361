import { alteredLines } from '../../fixtures/counterexamples/altered-lines.ts'
import { type Answered, alteredJson } from '../../fixtures/counterexamples/observations/altered-json.ts'
import { door } from '../../fixtures/counterexamples/observations/gmail-refuses-new-tls.ts'
import type { Alteration, Alterations } from '../model/alteration.ts'
import type { Row } from './live-drift.fixture.ts'

/** One thing at the far side that is no longer as our fixtures say, and the row that must tell it. */
export interface PlantedDrift {
  readonly story: string
  readonly alterations: Alterations
  readonly row: Pick<Row, 'area' | 'look' | 'fact' | 'expected' | 'observed'>
}

type Fact = readonly [look: string, fact: string, expected: string | null, observed: string | null]
const drift = (area: Row['area'], story: string, alterations: Alterations, fact: Fact): PlantedDrift => {
  const [look, name, expected, observed] = fact
  return { story, alterations, row: { area, look, fact: name, expected, observed } }
}

const changed = ({ status, members }: Answered, change: Answered['members']): Answered => ({
  status,
  members: { ...members, ...change },
})

const metadata = (change: Answered['members']): Alterations => ({
  google: alteredJson((answered, { url }) =>
    url.endsWith('/openid-configuration') ? changed(answered, change) : answered,
  ),
})
/** Only the newest key, with which nothing is signed yet. */
const newestKey = (change: Answered['members']): Alterations => ({
  google: alteredJson((answered, { url }) => {
    if (!url.endsWith('/oauth2/v3/certs')) return answered
    const [newest, ...others] = answered.members['keys'] as object[]
    return changed(answered, { keys: [{ ...newest, ...change }, ...others] })
  }),
})
/** A refusal by the token endpoint, told by its own description. */
const refusal = (description: string, change: (answered: Answered) => Answered): Alterations => ({
  google: alteredJson((answered) =>
    answered.members['error_description'] === description ? change(answered) : answered,
  ),
})
const withoutCacheControl: Alteration = (answer) => async (request) => {
  const response = await answer(request)
  if (!request.url.endsWith('/oauth2/v3/certs')) return response
  const headers = new Headers(response.headers)
  headers.delete('cache-control')
  return new Response(response.body, { status: response.status, headers })
}

/** Another wording of the mail server’s. */
export const says = (before: string | RegExp, behind: string): Alterations => ({
  imap: alteredLines(() => ({ tell: (text) => text.replace(before, behind) })),
})
const challenges = (captured: string, now: string): Alterations => says(btoa(captured), btoa(now))
const xoauth2 = '{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}'
const oauthbearer = '{"status":"invalid_request","scope":"https://mail.google.com/"}'
const scope = 'https://mail.google.com/'

const ofMetadata: readonly PlantedDrift[] = [
  drift('as-metadata', 'a new member', metadata({ prompt_values_supported: ['create'] }), [
    'openid-configuration',
    'prompt_values_supported',
    null,
    '["create"]',
  ]),
  drift('as-metadata', 'a member that is gone', metadata({ device_authorization_endpoint: undefined }), [
    'openid-configuration',
    'device_authorization_endpoint',
    'https://oauth2.googleapis.com/device/code',
    null,
  ]),
  drift(
    'as-metadata',
    'an endpoint that moved',
    metadata({ userinfo_endpoint: 'https://openidconnect.googleapis.com/v2' }),
    [
      'openid-configuration',
      'userinfo_endpoint',
      'https://openidconnect.googleapis.com/v1/userinfo',
      'https://openidconnect.googleapis.com/v2',
    ],
  ),
  drift('as-metadata', 'another algorithm', metadata({ id_token_signing_alg_values_supported: ['RS256', 'ES256'] }), [
    'openid-configuration',
    'id_token_signing_alg_values_supported',
    '["RS256"]',
    '["ES256","RS256"]',
  ]),
  drift('as-metadata', 'a key for another algorithm', newestKey({ alg: 'PS256' }), [
    'jwks',
    'alg',
    '["RS256"]',
    '["PS256","RS256"]',
  ]),
  drift('as-metadata', 'a key with a certificate', newestKey({ x5c: [] }), [
    'jwks',
    'members',
    '["alg","e","kid","kty","n","use"]',
    '["alg","e","kid","kty","n","use","x5c"]',
  ]),
  drift('as-metadata', 'keys that say nothing of caches', { google: withoutCacheControl }, [
    'jwks-headers',
    'cache-control',
    '["max-age","must-revalidate","no-transform","public"]',
    null,
  ]),
]

const ofTokenErrors: readonly PlantedDrift[] = [
  drift(
    'token-errors',
    'an error with another name',
    refusal('Invalid grant_type: made-up', (answered) => changed(answered, { error: 'invalid_request' })),
    ['unknown-grant-type', 'error', 'unsupported_grant_type', 'invalid_request'],
  ),
  drift(
    'token-errors',
    'another status',
    refusal('The OAuth client was not found.', (answered) => ({ ...answered, status: 400 })),
    ['unknown-client', 'status', '401', '400'],
  ),
  drift(
    'token-errors',
    'another description',
    refusal('The OAuth client was not found.', (answered) => changed(answered, { error_description: 'No client.' })),
    ['unknown-client', 'error_description', 'The OAuth client was not found.', 'No client.'],
  ),
  drift(
    'token-errors',
    'a member more',
    refusal('The OAuth client was not found.', (answered) => changed(answered, { error_uri: 'https://example.com' })),
    ['unknown-client', 'members', '["error","error_description"]', '["error","error_description","error_uri"]'],
  ),
]

const ofCapabilities: readonly PlantedDrift[] = [
  drift('imap-capability', 'an extension more', says(/(\* CAPABILITY .*) AUTH=XOAUTH2/, '$1 OBJECTID AUTH=XOAUTH2'), [
    'before-login',
    'OBJECTID',
    null,
    'offered',
  ]),
  drift('imap-capability', 'an extension that is gone after login', says(' CONDSTORE ', ' '), [
    'after-login',
    'CONDSTORE',
    'offered',
    null,
  ]),
  drift('imap-capability', 'an ID without vendor', says(/ "vendor" "Google, Inc\." (.* "connection-token")/, ' $1'), [
    'id-before-login',
    'vendor',
    'told',
    null,
  ]),
  drift('imap-capability', 'another greeting', says('Gimap ready for', 'Gimap is here for'), [
    'greeting',
    'text',
    'Gimap ready for requests from {address} {id}',
    'Gimap is here for requests from {address} {id}',
  ]),
  drift('imap-capability', 'a special use more', says(/(LIST \([^)]*)\\Flagged/, '$1\\Flagged \\Archive'), [
    'special-use',
    '\\Archive',
    null,
    'used',
  ]),
]

const ofChallenges: readonly PlantedDrift[] = [
  drift('xoauth2-error', 'another status', challenges(xoauth2, xoauth2.replace('400', '401')), [
    'xoauth2',
    'challenge.status',
    '400',
    '401',
  ]),
  drift('xoauth2-error', 'another scope', challenges(xoauth2, xoauth2.replace('mail.google.com', 'gmail.com')), [
    'xoauth2',
    'challenge.scope',
    scope,
    'https://gmail.com/',
  ]),
  drift('xoauth2-error', 'a member more', challenges(oauthbearer, oauthbearer.replace('{', '{"hint":"sign in",')), [
    'oauthbearer',
    'challenge.hint',
    null,
    'sign in',
  ]),
  drift('xoauth2-error', 'other words', says('Invalid credentials (Failure)', 'The token has ended'), [
    'xoauth2',
    'text',
    'Invalid credentials (Failure)',
    'The token has ended',
  ]),
  drift('xoauth2-error', 'another response code', says('[AUTHENTICATIONFAILED]', '[EXPIRED]'), [
    'xoauth2',
    'code',
    'AUTHENTICATIONFAILED',
    'EXPIRED',
  ]),
]

const ofTls: readonly PlantedDrift[] = [
  drift('imap-tls', 'TLS 1.3', { door }, ['imap-TLSv1.3', 'agreement', 'accepted', 'refused']),
]

export const plantedDrifts: readonly PlantedDrift[] = [
  ...ofMetadata,
  ...ofTokenErrors,
  ...ofCapabilities,
  ...ofChallenges,
  ...ofTls,
]
