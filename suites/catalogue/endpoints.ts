import { each } from '../../harness/model/check.ts'
import type { ParsedUri } from '../../harness/model/configuration.ts'
import { ownRule } from '../../harness/model/clause.ts'
import { noted, satisfied, violated } from '../../harness/model/finding.ts'
import { type ObservedUri, isLoopback, isTemplate } from '../facts/redirects.ts'
import { isProduction } from '../facts/settings.ts'
import { unlessSeen } from '../facts/profiles.ts'
import { configurationCheck } from './configuration-check.ts'

/** Step 1: where a client file and the settings send people, codes and secrets. */

type Role = 'authorization' | 'token' | 'certificates'

const roles: Readonly<Record<string, Role>> = {
  'client.auth_uri': 'authorization',
  authorizationEndpoint: 'authorization',
  'client.token_uri': 'token',
  tokenEndpoint: 'token',
  'client.auth_provider_x509_cert_url': 'certificates',
  'client.client_x509_cert_url': 'certificates',
}

/** Hosts with paths: today’s first (discovery document), then older ones that still answer (google-facts 1.2). */
const known: Readonly<Record<Role, readonly RegExp[]>> = {
  authorization: [/^accounts\.google\.com\/o\/oauth2\/v2\/auth$/, /^accounts\.google\.com\/o\/oauth2\/auth$/],
  token: [
    // The second host is for clients that show a certificate (golang.org/x/oauth2/google, GoogleMTLSTokenURL).
    /^oauth2\.(?:mtls\.)?googleapis\.com\/token$/,
    /^(?:accounts\.google\.com\/o\/oauth2\/token|www\.googleapis\.com\/oauth2\/v[34]\/token)$/,
  ],
  certificates: [/^www\.googleapis\.com\/(?:oauth2\/v[123]\/certs|robot\/v1\/metadata\/x509\/.+)$/],
}
const hosts: Readonly<Record<Role, readonly string[]>> = {
  authorization: ['accounts.google.com'],
  token: ['oauth2.googleapis.com', 'oauth2.mtls.googleapis.com', 'accounts.google.com', 'www.googleapis.com'],
  certificates: ['www.googleapis.com'],
}

const endpoints = each(
  'config.uri',
  'endpoints',
  // An empty address of a certificate is Google’s own: its desktop files of 2013 had one.
  ({ fields: { name, uri } }) =>
    Object.hasOwn(roles, name) && !isTemplate(uri) && !(name === 'client.client_x509_cert_url' && uri === ''),
)

const isEncrypted = ({ scheme, port, userinfo }: ParsedUri): boolean =>
  scheme === 'https' && ['', '443'].includes(port) && !userinfo

/** In plain HTTP, and otherwise as Google has it: one letter is missing. */
function encrypted({ fields: { uri, parsed } }: ObservedUri, role: Role): { replacement?: string } {
  const isGoogles = parsed !== null && known[role].some((pattern) => pattern.test(parsed.host + parsed.path))
  return isGoogles && /^http:\/\/[^@:/]+\//i.test(uri) ? { replacement: uri.replace(/^http:/i, 'https:') } : {}
}

export const endpointsGoogle = configurationCheck({
  id: 'cfg/endpoints-google',
  title: 'Configured endpoints are Google’s, over https',
  step: 1,
  level: 'MUST',
  requiredBy: 'suite',
  clause: ownRule('the endpoints of Google’s discovery document, and the older ones that Google’s own files name'),
  inapplicable: unlessSeen(endpoints, 'no endpoint is configured'),
  observes: endpoints,
  counterexamples: ['token-endpoint-in-clear', 'token-endpoint-lookalike', 'service-account-elsewhere'],
  consequence: 'Whoever owns that host, or the network on the way, receives codes, secrets and tokens.',
  fix: 'Take https://accounts.google.com/o/oauth2/v2/auth and https://oauth2.googleapis.com/token, as Google publishes them.',
  judge(uri) {
    const { name, uri: text, parsed } = uri.fields
    const role = roles[name]!
    const isOurs = !name.startsWith('client.')
    if (isOurs && parsed !== null && isLoopback(parsed) && !isProduction(uri))
      return noted(`${text} is no endpoint of Google’s; right for tests alone.`)
    // A key file’s universe_domain does not count: it must not vouch for its own endpoints, and Gmail lies in no other.
    if (parsed === null || !isEncrypted(parsed) || !hosts[role].includes(parsed.host))
      return violated({ expected: `https at ${hosts[role].join(' or ')}`, actual: text, ...encrypted(uri, role) })
    const age = known[role].findIndex((pattern) => pattern.test(parsed.host + parsed.path))
    // Google’s own files name the older authorization endpoint to this day.
    if (age === 0 || (age === 1 && (!isOurs || role === 'authorization'))) return satisfied()
    return noted(
      age === 1
        ? `${text} is an older endpoint; today’s is https://oauth2.googleapis.com/token.`
        : `${text} has a path that Google does not publish.`,
    )
  },
})
