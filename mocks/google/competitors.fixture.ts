import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { Agent, createServer, request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import material from '../../fixtures/keys/test-only-google-signing-key-1.json' with { type: 'json' }
import type { Pki } from '../doors/pki.ts'

/** A token server that runs and has a grant to refresh; ours has issued a first token by then, the others have not. */
export interface Competitor extends AsyncDisposable {
  /** Resolves with the answer's body: an access token and an id_token signed with RS256. */
  refresh(): Promise<string>
}

export const formType = 'application/x-www-form-urlencoded'

/** Posts one form after the other over one connection that is kept. */
export function keptConnection(port: number, ca: string, host: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return {
    post: (path: string, form: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const headers = { host, 'content-type': formType, 'content-length': form.length }
        const options = { host: '127.0.0.1', port, servername: host, ca, agent, path, method: 'POST', headers }
        const outgoing = request(options, (incoming) => {
          let body = ''
          incoming.setEncoding('utf8')
          incoming.on('data', (text: string) => (body += text))
          incoming.on('end', () =>
            incoming.statusCode === 200 ? resolve(body) : reject(new Error(`${incoming.statusCode} ${body}`)),
          )
        })
        outgoing.on('error', reject)
        outgoing.end(form)
      }),
    close: () => agent.destroy(),
  }
}

/** All three sign with RSA keys of one length. */
const key = { ...material, alg: 'RS256', use: 'sig', kid: 'the-key-of-the-benchmark' }
const credentials = { client_id: 'a-client-of-the-benchmark', client_secret: 'a-secret-of-the-benchmark-and-no-other' }

/** oauth2-mock-server over HTTPS, with the one key that all use. */
export async function startMockServer(pki: Pki): Promise<Competitor> {
  const { OAuth2Server } = await import('oauth2-mock-server')
  const directory = await mkdtemp(join(tmpdir(), 'oauth-imap-bench-'))
  await writeFile(join(directory, 'key.pem'), pki.key)
  await writeFile(join(directory, 'cert.pem'), pki.cert)
  const server = new OAuth2Server(join(directory, 'key.pem'), join(directory, 'cert.pem'))
  await server.issuer.keys.add({ ...key })
  await server.start(0, '127.0.0.1')
  const connection = keptConnection((server.address() as AddressInfo).port, pki.ca, 'localhost')
  const form = String(
    new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'any', scope: 'openid', ...credentials }),
  )
  return {
    refresh: () => connection.post('/token', form),
    async [Symbol.asyncDispose]() {
      connection.close()
      await server.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** oidc-provider over HTTPS, its store in memory, its refresh token made by its own model. */
export async function startProvider(pki: Pki): Promise<Competitor> {
  const { default: Provider } = await import('oidc-provider')
  const server = createServer(pki)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const provider = new Provider(`https://localhost:${port}`, {
    clients: [
      {
        ...credentials,
        redirect_uris: ['http://127.0.0.1/callback'],
        application_type: 'native',
        grant_types: ['authorization_code', 'refresh_token'],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    jwks: { keys: [key] },
    cookies: { keys: ['of no use to anybody'] },
    rotateRefreshToken: false,
    findAccount: (_: unknown, accountId: string) => ({ accountId, claims: () => ({ sub: accountId }) }),
  })
  server.on('request', provider.callback())
  const grant = new provider.Grant({ accountId: 'alice', clientId: credentials.client_id })
  grant.addOIDCScope('openid offline_access')
  const refreshToken = await new provider.RefreshToken({
    accountId: 'alice',
    client: await provider.Client.find(credentials.client_id),
    grantId: await grant.save(),
    scope: 'openid offline_access',
    gty: 'authorization_code',
  }).save()
  const connection = keptConnection(port, pki.ca, 'localhost')
  const form = String(new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken, ...credentials }))
  return {
    refresh: () => connection.post('/token', form),
    async [Symbol.asyncDispose]() {
      connection.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
