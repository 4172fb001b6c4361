import type { AsRule } from '../../../harness/model/observation.ts'
import type { ClientCredentials } from '../../../harness/model/world.ts'
import type { ProbingClient } from './probing-client.ts'

/** The answer of the token endpoint; null when no code arrived. */
type Story = (client: ProbingClient) => Promise<Response | null>

export interface RuleProbe {
  readonly rule: AsRule
  /** Whether the story keeps the rule or breaks it. */
  readonly story: 'keeps' | 'breaks'
  readonly client: ClientCredentials
  readonly play: Story
}

/** Registered for the probes alone, in the shape of Google's own. */
export const desktop: ClientCredentials = {
  kind: 'installed',
  client_id: '900000000001-probedesktopprobedesktopprobedes.apps.googleusercontent.com',
  client_secret: 'GOCSPX-probe-desktop-for-tests-only',
  redirect_uris: ['http://127.0.0.1:50001/'],
}
export const web: ClientCredentials = {
  kind: 'web',
  client_id: '900000000001-probewebprobewebprobewebprobewe.apps.googleusercontent.com',
  client_secret: 'GOCSPX-probe-website-for-tests-only',
  redirect_uris: ['http://localhost:8080/callback'],
}

const challengeless = { code_challenge: null, code_challenge_method: null }

const signIn =
  (authorization = {}, exchange = {}): Story =>
  async (client) => {
    const code = await client.authorize(authorization)
    return code === null ? null : client.exchange(code, exchange)
  }

const redirectedTo = (uri: string): Story => signIn({ redirect_uri: uri }, { redirect_uri: uri })

const withAnotherVerifier: Story = (client) => signIn({}, { code_verifier: client.freshVerifier() })(client)

const twice: Story = async (client) => {
  const code = await client.authorize()
  if (code === null) return null
  await client.exchange(code)
  return client.exchange(code)
}

const probe = (rule: AsRule, client: ClientCredentials, keeps: Story, breaks: Story): readonly RuleProbe[] => [
  { rule, client, story: 'keeps', play: keeps },
  { rule, client, story: 'breaks', play: breaks },
]

/** Each rule with a story that keeps it and one that breaks it in exactly that way. */
export const ruleProbes: readonly RuleProbe[] = [
  // RFC 9700 §2.1: exact string matching.
  ...probe('redirect-uri-exact', web, signIn(), redirectedTo('http://localhost:8080/callback/')),
  // RFC 8252 §7.3: any port of the loopback interface, and of no other host.
  ...probe(
    'loopback-port-free',
    desktop,
    redirectedTo('http://127.0.0.1:50002/'),
    redirectedTo('http://127.0.0.1.example.test:50001/'),
  ),
  // RFC 9700 §2.1.1: the correct usage of code_verifier is enforced.
  ...probe('verifier-required', desktop, signIn(), signIn({}, { code_verifier: null })),
  ...probe('verifier-matches', desktop, signIn(), withAnotherVerifier),
  // RFC 9700 §4.8.2: a verifier that no challenge asked for is a downgrade.
  ...probe('verifier-unasked', desktop, signIn(challengeless, { code_verifier: null }), signIn(challengeless)),
  // RFC 6749 §4.1.2.
  ...probe('code-once', desktop, signIn(), twice),
]
