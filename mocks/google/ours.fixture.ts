import { createInterception } from '../doors/interception.ts'
import type { Pki } from '../doors/pki.ts'
import { listenHttps } from '../doors/tls-listener.ts'
import { type Competitor, formType, keptConnection } from './competitors.fixture.ts'
import { authorizationParameters, consent, exchangeForm, refreshForm, tokenUrl } from './flow.fixture.ts'
import { type OpenGoogle, openGoogle } from './google.fixture.ts'

/** A user consents, and the code is exchanged: none of our tokens comes without. */
async function signIn(google: OpenGoogle, post: (form: string) => Promise<string>): Promise<string> {
  const arrived = await consent(google, await authorizationParameters())
  const code = arrived?.searchParams.get('code') ?? ''
  const tokens = await post(String(new URLSearchParams(exchangeForm(code))))
  const { refresh_token: refreshToken } = JSON.parse(tokens) as { readonly refresh_token: string }
  return String(new URLSearchParams(refreshForm(refreshToken)))
}

/** Our Google behind its TLS door. */
export async function startOurs(pki: Pki): Promise<Competitor> {
  const google = openGoogle()
  const door = await listenHttps(google.world, google.google.handlers, pki)
  const connection = keptConnection(door.port, pki.ca, 'oauth2.googleapis.com')
  const post = (form: string): Promise<string> => connection.post('/token', form)
  const form = await signIn(google, post)
  return {
    refresh: () => post(form),
    async [Symbol.asyncDispose]() {
      connection.close()
      await door[Symbol.asyncDispose]()
    },
  }
}

/** Our Google behind the interception door: no wire at all. */
export async function interceptOurs(): Promise<Competitor> {
  const google = openGoogle()
  const { respond } = createInterception(google.world, google.google.handlers)
  const post = async (body: string): Promise<string> =>
    (
      await respond(new Request(tokenUrl, { method: 'POST', body, headers: { 'content-type': formType } }), 'subject')
    ).text()
  const form = await signIn(google, post)
  return { refresh: () => post(form), async [Symbol.asyncDispose]() {} }
}
