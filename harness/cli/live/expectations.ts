import front from '../../../fixtures/gmail/front.json' with { type: 'json' }
import refusals from '../../../fixtures/gmail/refusals.json' with { type: 'json' }
import authorizationServer from '../../../fixtures/google/authorization-server-metadata.json' with { type: 'json' }
import discovery from '../../../fixtures/google/discovery.json' with { type: 'json' }
import headers from '../../../fixtures/google/headers.json' with { type: 'json' }
import keys from '../../../fixtures/google/keys.json' with { type: 'json' }
import knownDifferences from '../../../fixtures/google/known-differences.json' with { type: 'json' }
import tls from '../../../fixtures/google/tls.json' with { type: 'json' }
import tokenErrors from '../../../fixtures/google/token-errors.json' with { type: 'json' }
import type { Expectations } from '../../live/drift/compare.ts'
import { type FarSide, google } from '../../live/far-side.ts'
import { challengeLook, textClass } from '../../live/mail/looks.ts'
import { factOf, factOfSet, factsOfHeaders } from '../../live/servers/facts.ts'
import type { ExpectedLook, KnownDifference } from '../../model/drift.ts'
import type { LiveMechanism } from '../../model/live.ts'

/** What our fixtures say of Google and Gmail, look by look. */

type Facts = ExpectedLook['facts']
type FactsAt = readonly [look: string, facts: Facts, source: string, anyValue?: readonly string[]]

const inArea = (area: ExpectedLook['area'], looks: readonly FactsAt[]): readonly ExpectedLook[] =>
  looks.map(([look, facts, source, anyValue]) => ({ area, look, facts, source, ...(anyValue && { anyValue }) }))

const factsOf = (members: object): Facts =>
  Object.fromEntries(Object.entries(members).map(([name, value]) => [name, factOf(value)]))

const without = (members: object, names: readonly string[]): object =>
  Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)))

const { metadata, jwks } = headers
const headersOf = (fields: Readonly<Record<string, string>>): Facts => factsOfHeaders(new Headers(fields))
const setsOf = ({ kty, alg, use, members }: typeof keys): Facts =>
  Object.fromEntries(Object.entries({ kty, alg, use, members }).map(([name, values]) => [name, factOfSet(values)]))

const metadataLooks = inArea('as-metadata', [
  ['openid-configuration', factsOf(discovery.document), discovery.source],
  // Nobody wrote down with which directives the documents may be kept.
  ['openid-configuration-headers', headersOf(metadata.headers), metadata.source, ['cache-control']],
  [
    'oauth-authorization-server',
    factsOf(without(discovery.document, authorizationServer.without)),
    authorizationServer.source,
    authorizationServer.besides,
  ],
  ['oauth-authorization-server-headers', headersOf(metadata.headers), metadata.source, ['cache-control']],
  ['jwks', setsOf(keys), keys.source],
  ['jwks-headers', headersOf(jwks.headers), jwks.source],
])

type Refusal = { readonly status: number; readonly error: string; readonly error_description: string }

const refusal = (look: string, row: Refusal & { readonly source: string }, name = ''): FactsAt => {
  const said = { error: row.error, error_description: row.error_description.replace('{name}', name) }
  const type = headersOf(headers.token.headers)['content-type']!
  return [
    look,
    { ...factsOf({ ...said, status: row.status, members: Object.keys(said) }), 'content-type': type },
    row.source,
  ]
}

const tokenErrorLooks = inArea('token-errors', [
  refusal('made-up-code', tokenErrors['grant-bad']),
  refusal('unknown-client', tokenErrors['client-unknown']),
  refusal('made-up-refresh-token', tokenErrors['grant-bad']),
  refusal('unknown-grant-type', tokenErrors['grant-type-unknown'], 'made-up'),
])

const each = (names: readonly string[], value: string): Facts => Object.fromEntries(names.map((name) => [name, value]))
const offered = ({ text }: { readonly text: string }): Facts => each(text.toUpperCase().split(' '), 'offered')
/** The first, third, fifth … string of the list (RFC 2971 §3.3). */
const told = ({ text }: { readonly text: string }): Facts =>
  each(
    [...text.matchAll(/"([^"]*)" "[^"]*"/g)].map(([, name]) => name!),
    'told',
  )
const specialUse = ['All', 'Drafts', 'Flagged', 'Important', 'Junk', 'Sent', 'Trash'].map((name) => `\\${name}`)

const [greeted, ...ready] = front.greeting.text.split(' ')

const capabilityLooks = inArea('imap-capability', [
  ['greeting', { condition: greeted!, text: textClass(ready.join(' ')) }, front.greeting.source],
  ['before-login', offered(front['capability-before-login']), front['capability-before-login'].source],
  // The only capture is of 2017, when it kept its version for those who log in.
  ['id-before-login', told(front['id-before-login']), front['id-before-login'].source, ['version']],
  ['after-login', offered(front['capability-after-login']), front['capability-after-login'].source],
  ['id-after-login', told(front['id-after-login']), front['id-after-login'].source],
  ['special-use', {}, 'Google, IMAP extensions, Special-use extension of the LIST command', specialUse],
])

interface Refused {
  readonly answer: string
  readonly source: string
}

function refusedLogin(
  mechanism: LiveMechanism,
  challenge: { readonly text: string; readonly source: string },
  { answer, source }: Refused,
): FactsAt {
  const [, condition = '', code = null, text = ''] = /^(\S+)(?: \[(.*?)\])? (.*)$/.exec(answer) ?? []
  const completed = { condition: condition as 'NO', code, text }
  const { look, facts } = challengeLook(mechanism, completed, challenge.text)
  return [look, facts, `${challenge.source}; the answer: ${source}`]
}

const challengeLooks = inArea('xoauth2-error', [
  refusedLogin('XOAUTH2', front['xoauth2-challenge'], refusals['invalid-credentials']),
  refusedLogin('OAUTHBEARER', front['oauthbearer-challenge'], refusals['lookup-failed']),
])

const tlsLooks = inArea(
  'imap-tls',
  (['issuer', 'imap'] as const).flatMap((server) =>
    (['accepted', 'refused'] as const).flatMap((agreement) =>
      tls[server][agreement].map((version): FactsAt => [`${server}-${version}`, { agreement }, tls[server].source]),
    ),
  ),
)

export const googleExpectations: Expectations = {
  looks: [...metadataLooks, ...tokenErrorLooks, ...capabilityLooks, ...challengeLooks, ...tlsLooks],
  known: knownDifferences as readonly KnownDifference[],
}

/** What is expected of a far side: of another service than Google’s and Gmail’s nothing. */
export const driftOf = ({ issuer, imap }: Pick<FarSide, 'issuer' | 'imap'>): Expectations =>
  issuer === google.issuer && imap.host === google.imap.host ? googleExpectations : { looks: [], known: [] }
