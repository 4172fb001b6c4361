import { type LiveContext, shown } from '../context.ts'
import { LiveTrouble } from '../trouble.ts'
import { type Answer, type Members, askIssuer } from './answer.ts'
import { factOf, factsOfHeaders, plainFact } from './facts.ts'
import { wellKnownAddresses } from './well-known.ts'

/** What the later parts need to know of the issuer, as it told it itself. */
export interface IssuerMetadata {
  readonly tokenEndpoint: string
  readonly jwksUri: string | null
  readonly revocationEndpoint: string | null
  /** How a client shows its secret at the token endpoint. */
  readonly clientAuthentication: 'client_secret_basic' | 'client_secret_post'
}

/**
 * Discovery (OpenID Connect Discovery 1.0 §4, RFC 8414 §3): records `live.metadata` and `live.clock`, looks for drift.
 *
 * @throws LiveTrouble `captive-portal`, `throttled`, `server-error`, `not-understood`, `not-the-issuer`
 */
export async function lookAtMetadata(context: LiveContext): Promise<IssuerMetadata> {
  const { openid, oauth } = wellKnownAddresses(context.farSide.issuer)
  const first = await askIssuer(context, openid)
  if (first.ahead !== undefined)
    context.journal.record('live', 'live.clock', { host: new URL(openid).host, seconds: first.ahead })
  const members = documentIn(first)
  if (members !== undefined) look(context, 'openid-configuration', first)
  // Who has the one document need not have the other, and nothing hangs on what follows then.
  const second = await askIssuer(context, oauth).catch((error: unknown) => {
    if (members === undefined || !(error instanceof LiveTrouble) || error.trouble === 'interrupted') throw error
    return undefined
  })
  if (second !== undefined) look(context, 'oauth-authorization-server', second)
  if (members !== undefined) return judged(context, openid, first.status, members)
  const other = second && documentIn(second)
  if (other !== undefined) return judged(context, oauth, second!.status, other)
  throw new LiveTrouble('not-understood', `${openid} answered ${first.status} without metadata`)
}

const documentIn = ({ status, members }: Answer): Members | undefined => (status === 200 ? members : undefined)

/** One fact for each member, and in a look of their own what the header fields say; where there is no document, the status. */
function look({ look: tell, secrets }: LiveContext, name: string, answer: Answer): void {
  const area = 'as-metadata'
  const members = documentIn(answer)
  if (members === undefined) return tell({ area, look: name, facts: { status: `${answer.status}` } })
  const facts = Object.entries(members).map(([member, value]) => [member, plainFact(factOf(value), secrets)] as const)
  tell({ area, look: name, facts: Object.fromEntries(facts) })
  tell({ area, look: `${name}-headers`, facts: factsOfHeaders(answer.headers) })
}

function judged(context: LiveContext, url: string, status: number, members: Members): IssuerMetadata {
  const { journal, farSide, secrets } = context
  const { issuer, token_endpoint: tokenEndpoint } = members
  const named = typeof issuer === 'string' ? shown(issuer, secrets) : null
  journal.record('live', 'live.metadata', {
    url,
    status,
    issuer: named,
    missing: needed(farSide.scope).filter((member) => !isAddress(members[member])),
    insecure: insecureIn(members),
  })
  // RFC 8414 §3.3: what another issuer says must not be used.
  if (issuer !== farSide.issuer) throw new LiveTrouble('not-the-issuer', `${url} names ${named ?? 'no issuer'}`)
  if (!isAddress(tokenEndpoint)) throw new LiveTrouble('not-understood', `${url} names no token endpoint`)
  return {
    tokenEndpoint,
    jwksUri: addressIn(members['jwks_uri']),
    revocationEndpoint: addressIn(members['revocation_endpoint']),
    clientAuthentication: clientAuthenticationIn(members['token_endpoint_auth_methods_supported']),
  }
}

/** Without `jwks_uri` nobody can tell whose id_token it is. */
const needed = (scope: string): readonly string[] => [
  ...['issuer', 'authorization_endpoint', 'token_endpoint'],
  ...(scope.split(' ').includes('openid') ? ['jwks_uri'] : []),
]

const isAddress = (value: unknown): value is string => typeof value === 'string' && URL.canParse(value)

const addressIn = (value: unknown): string | null => (isAddress(value) ? value : null)

const insecureIn = (members: Members): readonly string[] =>
  Object.entries(members)
    .filter(([name, value]) => (name === 'jwks_uri' || name.endsWith('_endpoint')) && isInsecure(value))
    .map(([name]) => name)

function isInsecure(value: unknown): boolean {
  const url = typeof value === 'string' ? URL.parse(value) : null
  return url !== null && url.protocol !== 'https:' && !/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname)
}

/** RFC 8414 §2: what is meant where nothing is said is HTTP Basic. */
/** RFC 8414 §2: an issuer that names no method takes HTTP Basic. */
export const clientAuthenticationIn = (methods: unknown): IssuerMetadata['clientAuthentication'] =>
  Array.isArray(methods) && methods.includes('client_secret_post') ? 'client_secret_post' : 'client_secret_basic'
