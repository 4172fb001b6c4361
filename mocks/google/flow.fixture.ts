import { createUserAgent } from '../user-agent/user-agent.ts'
import type { ClientRegistration } from './registration/clients.ts'
import { type OpenGoogle, alice, desktop } from './google.fixture.ts'
import { base64url, sha256 } from './grants/pkce.ts'

export const redirectUri = 'http://127.0.0.1:53789/callback'
export const verifier = 'Zq7tRk2wXv9LmB4nHs8PdYc3JfGu6AeTo1iQy5rWzKx'

export const challengeFor = (text: string): string => base64url(sha256(text))

export async function authorizationParameters(changes: Readonly<Record<string, string | null>> = {}) {
  const parameters = {
    client_id: desktop.client_id,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'https://mail.google.com/ openid email',
    state: 'hQ2vN8sKx4TbW7mZp9RcLd3F',
    nonce: 'uY6gJ1oEa5XkV0nBt8SqHw2M',
    code_challenge: challengeFor(verifier),
    code_challenge_method: 'S256',
    ...changes,
  }
  return new URLSearchParams(Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== null))
}

/** Plays the browser from the authorization request to the redirect, and returns where it was sent. */
export async function consent(
  google: OpenGoogle,
  parameters: URLSearchParams,
  decision: 'allow' | 'deny' = 'allow',
  browser = userAgentFor(google),
): Promise<URL | undefined> {
  browser.script({ decision })
  browser.arrived.length = 0
  await browser.open(`https://accounts.google.com/o/oauth2/v2/auth?${parameters}`)
  return browser.arrived[0]
}

export function userAgentFor(
  { world, respond }: OpenGoogle,
  account = alice,
  answer: () => Promise<{ readonly status: number }> = async () => ({ status: 200 }),
) {
  const arrived: URL[] = []
  const userAgent = createUserAgent(world, {
    account,
    fetch: (request) => respond(request, 'user-agent'),
    callback: (url) => {
      arrived.push(url)
      return answer()
    },
  })
  return { ...userAgent, arrived }
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Readonly<Record<string, unknown>>
}

/** Bun sets none beside other headers. */
const formType = { 'content-type': 'application/x-www-form-urlencoded' }

/** Posts a form and reads the JSON answer. */
export async function post(
  { respond }: OpenGoogle,
  url: string,
  form: Readonly<Record<string, string>> | URLSearchParams,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const init = { method: 'POST', body: String(new URLSearchParams(form)), headers: { ...formType, ...headers } }
  const response = await respond(new Request(url, init), 'subject')
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) }
}

export const tokenUrl = 'https://oauth2.googleapis.com/token'

export const exchangeForm = (code: string, changes: Readonly<Record<string, string>> = {}) => ({
  grant_type: 'authorization_code',
  code,
  redirect_uri: redirectUri,
  code_verifier: verifier,
  client_id: desktop.client_id,
  client_secret: desktop.client_secret,
  ...changes,
})

export const refreshForm = (refreshToken: string, client: ClientRegistration = desktop) => ({
  grant_type: 'refresh_token',
  refresh_token: refreshToken,
  client_id: client.client_id,
  client_secret: client.client_secret,
})

/** A whole sign-in: consent and exchange. */
export async function signIn(google: OpenGoogle, changes: Readonly<Record<string, string | null>> = {}) {
  const arrived = await consent(google, await authorizationParameters(changes))
  const code = arrived?.searchParams.get('code') ?? ''
  const tokens = await post(google, tokenUrl, exchangeForm(code))
  return {
    code,
    tokens,
    refreshToken: String(tokens.body['refresh_token']),
    accessToken: String(tokens.body['access_token']),
  }
}
