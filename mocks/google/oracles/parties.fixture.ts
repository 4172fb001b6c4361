import {
  authorizationParameters,
  challengeFor,
  consent,
  exchangeForm,
  post,
  redirectUri,
  tokenUrl,
  verifier,
} from '../flow.fixture.ts'
import { desktop, openGoogle, web } from '../google.fixture.ts'
import type { ClientRegistration } from '../registration/clients.ts'
import { openPeer } from './oidc-provider.fixture.ts'

export interface Sent {
  readonly endpoint: 'authorization' | 'token'
  readonly method: string
  /** Without the question mark. */
  readonly query: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** An authorization server that is asked what the other is asked. */
export interface Party {
  send(sent: Sent): Promise<Response>
  /** Where an answer of the authorization endpoint leads: to a page that shows an error, to the application, onward. */
  end(answer: Response): Promise<End>
  /** A code that may be redeemed; with PKCE unless told. */
  code(of?: { readonly client?: ClientRegistration; readonly pkce?: boolean }): Promise<string>
  refreshToken(client?: ClientRegistration): Promise<string>
}

export type End = { readonly end: 'page' | 'screen' } | { readonly end: 'application'; readonly url: URL }

export const redirectUriOf = (client: ClientRegistration): string =>
  client === web ? 'http://localhost:8080/callback' : redirectUri

const init = ({ method, headers, body }: Sent): RequestInit => ({
  method,
  headers,
  ...(body === '' ? {} : { body }),
  redirect: 'manual',
})

function openOurs(): Party {
  const google = openGoogle()
  const get = (url: string) => google.respond(new Request(url), 'user-agent')
  const code: Party['code'] = async ({ client = desktop, pkce = true } = {}) => {
    const parameters = await authorizationParameters({
      client_id: client.client_id,
      redirect_uri: redirectUriOf(client),
      access_type: 'offline',
      prompt: 'consent',
      scope: 'openid email https://mail.google.com/',
      ...(pkce ? {} : { code_challenge: null, code_challenge_method: null }),
    })
    return (await consent(google, parameters))?.searchParams.get('code') ?? ''
  }
  return {
    send(sent) {
      const address = sent.endpoint === 'token' ? tokenUrl : 'https://accounts.google.com/o/oauth2/v2/auth'
      return google.respond(new Request(`${address}?${sent.query}`, init(sent)), 'subject')
    },
    async end(answer) {
      const url = URL.parse(answer.headers.get('location') ?? '')
      if (url === null) return { end: 'screen' }
      if (url.origin !== 'https://accounts.google.com') return { end: 'application', url }
      if (url.pathname.startsWith('/signin/oauth/error')) return { end: 'page' }
      return this.end(await get(url.href))
    },
    code,
    async refreshToken(client = desktop) {
      const form = exchangeForm(await code({ client }), {
        client_id: client.client_id,
        client_secret: client.client_secret,
        redirect_uri: redirectUriOf(client),
      })
      return String((await post(google, tokenUrl, form)).body['refresh_token'])
    },
  }
}

/** Ours and panva's oidc-provider, side by side. */
export async function openParties() {
  const peer = await openPeer([redirectUri, redirectUriOf(web)])
  const granted = async (client: ClientRegistration, pkce: boolean) => ({
    client,
    redirectUri: redirectUriOf(client),
    ...(pkce ? { challenge: challengeFor(verifier) } : {}),
  })
  const theirs: Party = {
    send: (sent) => fetch(`${peer.base}${sent.endpoint === 'token' ? '/token' : '/auth'}?${sent.query}`, init(sent)),
    async end(answer) {
      await answer.body?.cancel()
      const url = URL.parse(answer.headers.get('location') ?? '', peer.base)
      if (answer.status >= 400 || url === null) return { end: 'page' }
      return url.origin === peer.base ? { end: 'screen' } : { end: 'application', url }
    },
    code: async ({ client = desktop, pkce = true } = {}) => peer.code(await granted(client, pkce)),
    refreshToken: async (client = desktop) => peer.refreshToken(await granted(client, true)),
  }
  return { ours: openOurs(), theirs, [Symbol.asyncDispose]: () => peer[Symbol.asyncDispose]() }
}
