import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import key from '../../../fixtures/keys/test-only-google-signing-key-1.json' with { type: 'json' }
import type { ClientRegistration } from '../registration/clients.ts'
import { alice, desktop, web } from '../google.fixture.ts'

const scopes = ['openid', 'email', 'profile', 'offline_access', 'https://mail.google.com/']

const registered = ({ client_id, client_secret, kind }: ClientRegistration, redirectUris: readonly string[]) => ({
  client_id,
  client_secret,
  redirect_uris: redirectUris.filter((uri) => (kind === 'web') === uri.includes('localhost')),
  application_type: kind === 'web' ? 'web' : 'native',
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  token_endpoint_auth_method: 'client_secret_post',
})

export interface PeerGrant {
  readonly client: ClientRegistration
  readonly redirectUri: string
  /** S256. */
  readonly challenge?: string
}

/**
 * panva's oidc-provider on a loopback port, with our Desktop and Web client, PKCE allowed and not required. Codes and
 * refresh tokens are made by its own models, as its authorization endpoint makes them.
 */
export async function openPeer(redirectUris: readonly string[]) {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(base, {
    clients: [registered(desktop, redirectUris), registered(web, redirectUris)],
    scopes,
    jwks: { keys: [key] },
    cookies: { keys: ['of no use to anybody'] },
    pkce: { required: () => false },
    rotateRefreshToken: false,
    allowOmittingSingleRegisteredRedirectUri: false,
    features: { devInteractions: { enabled: false }, revocation: { enabled: true } },
    findAccount: (_: unknown, accountId: string) => ({ accountId, claims: () => ({ sub: accountId }) }),
  })
  server.on('request', provider.callback())

  const granted = async ({ client, redirectUri: uri, challenge }: PeerGrant) => {
    const grant = new provider.Grant({ accountId: alice.sub, clientId: client.client_id })
    grant.addOIDCScope('openid email offline_access https://mail.google.com/')
    return {
      accountId: alice.sub,
      client: await provider.Client.find(client.client_id),
      grantId: await grant.save(),
      scope: 'openid email offline_access https://mail.google.com/',
      redirectUri: uri,
      gty: 'authorization_code',
      ...(challenge === undefined ? {} : { codeChallenge: challenge, codeChallengeMethod: 'S256' }),
    }
  }
  return {
    base,
    code: async (grant: PeerGrant): Promise<string> => new provider.AuthorizationCode(await granted(grant)).save(),
    refreshToken: async (grant: PeerGrant): Promise<string> => new provider.RefreshToken(await granted(grant)).save(),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
