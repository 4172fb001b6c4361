import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { createServer, request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import Provider from 'oidc-provider'
import key from '../../fixtures/keys/test-only-google-signing-key-1.json' with { type: 'json' }
import type { Pki } from '../../mocks/doors/pki.ts'
import type { ClientCredentials } from '../model/world.ts'

/** Who has an account at the issuer. The name with which one signs in there is none of the mail server’s. */
export const person = { name: 'alice', address: 'alice@example.com' }

export const client: ClientCredentials = {
  kind: 'installed',
  client_id: 'a-mail-program',
  client_secret: ['a', 'secret', 'for', 'tests', 'only'].join('-'),
  redirect_uris: ['http://127.0.0.1/callback'],
}
/** The mail server, as a client of the introspection endpoint. */
export const mailServer = { id: 'the-mail-server', secret: ['another', 'secret', 'for', 'tests'].join('-') }

export interface IssuerManners {
  /** Each refresh gives another refresh token, and ends the one before. */
  readonly rotates?: boolean
  /** What the id_token says of who signed in; by itself the address is told at userinfo alone. */
  readonly addressInIdToken?: boolean
  /** Takes client secrets in this way alone (RFC 6749 §2.3.1). */
  readonly clientAuthentication?: 'client_secret_basic' | 'client_secret_post' | 'none'
  /** Its name ends with a slash. */
  readonly slash?: boolean
}

/**
 * panva’s oidc-provider behind TLS on loopback: an issuer that nobody here wrote, with discovery, opaque access tokens,
 * introspection (RFC 7662), revocation (RFC 7009) and sign-in pages of its own.
 */
export async function openIssuer(
  { key: privateKey, cert }: Pki,
  {
    rotates = false,
    addressInIdToken = false,
    clientAuthentication = 'client_secret_post',
    slash = false,
  }: IssuerManners = {},
) {
  const server = createServer({ key: privateKey, cert })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const issuer = `https://localhost:${port}${slash ? '/' : ''}`
  const provider = new Provider(issuer, {
    clients: [
      {
        ...{ client_id: client.client_id, redirect_uris: client.redirect_uris },
        ...(clientAuthentication === 'none' ? {} : { client_secret: client.client_secret }),
        ...{ application_type: 'native', grant_types: ['authorization_code', 'refresh_token'] },
        ...{ response_types: ['code'], token_endpoint_auth_method: clientAuthentication },
      },
      {
        ...{ client_id: mailServer.id, client_secret: mailServer.secret, redirect_uris: [] },
        ...{ grant_types: [], response_types: [], token_endpoint_auth_method: 'client_secret_basic' },
      },
    ],
    jwks: { keys: [key] },
    cookies: { keys: ['of no use to anybody'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: !addressInIdToken,
    rotateRefreshToken: rotates,
    clientAuthMethods: ['client_secret_basic', clientAuthentication],
    features: { introspection: { enabled: true }, revocation: { enabled: true }, devInteractions: { enabled: true } },
    // RFC 7662 §2.2: `username`, in an answer of the introspection endpoint.
    extraTokenClaims: () => ({ username: person.address }),
    findAccount: (_: unknown, accountId: string) =>
      accountId === person.name
        ? { accountId, claims: () => ({ sub: accountId, email: person.address, email_verified: true }) }
        : undefined,
  })
  server.on('request', provider.callback())
  return {
    issuer,
    port,
    introspection: `https://localhost:${port}/token/introspection`,
    userinfo: `https://localhost:${port}/me`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await once(server.close(), 'close')
    },
  }
}

/** The person at the browser: signs in at the issuer’s own pages, decides, and follows the way back. */
export function browserOf(ca: string, decision: 'grant' | 'deny' = 'grant'): (url: string) => Promise<void> {
  return async (url) => {
    const get = browse(ca)
    let page = await get(url)
    for (let pages = 0; pages < 20; pages++) {
      if (page.location !== undefined) {
        // The application, which listens in the clear on loopback.
        if (page.location.protocol === 'http:') return void (await fetch(page.location))
        page = await get(page.location.href)
        continue
      }
      const [, action] = /<form[^>]* action="([^"]+)"/.exec(page.body) ?? []
      const [, prompt] = /name="prompt" value="([^"]+)"/.exec(page.body) ?? []
      if (action === undefined) throw new Error(`a page without a form: ${page.body.slice(0, 500)}`)
      if (prompt === 'consent' && decision === 'deny') page = await get(`${action}/abort`)
      else page = await get(action, { prompt: prompt!, login: person.name, password: 'any' })
    }
    throw new Error('the sign-in pages do not end')
  }
}

interface Page {
  readonly location: URL | undefined
  readonly body: string
}

/** Keeps cookies, follows nothing by itself. */
function browse(ca: string) {
  const cookies = new Map<string, string>()
  return async (url: string, form?: Readonly<Record<string, string>>): Promise<Page> => {
    const headers = {
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    }
    const outgoing = request(url, { ca, headers, agent: false, method: form === undefined ? 'GET' : 'POST' })
    outgoing.end(form === undefined ? undefined : String(new URLSearchParams(form)))
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
    for (const cookie of response.headers['set-cookie'] ?? []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!
      cookies.set(name!, value!)
    }
    const { location } = response.headers
    return { location: location === undefined ? undefined : new URL(location, url), body: await text(response) }
  }
}
