import type { MintShape } from '../../harness/secrets.ts'
import { json } from './answers.ts'
import { identify } from './client-authentication.ts'
import { repeatedName, valueOf } from './form.ts'
import type { GoogleWorld } from './google-world.ts'
import type { RegisteredClient } from './registration/clients.ts'
import { type RefusalName, refuse } from './refusals.ts'
import { type Asked, route } from './route.ts'
import { deviceScopes, scopesOf } from './scopes.ts'
import { parametersOf, refuseToken } from './token-request.ts'

/** What a device was given; nobody ever enters its user code. */
interface DeviceCode {
  readonly clientId: string
  /** Epoch milliseconds. */
  readonly expiresAt: number
  lastPolled: number
}

export type DeviceCodes = Map<string, DeviceCode>

/** Seconds, as in Google's documented answer. */
const lifetime = 1800
const interval = 5
/** `4/4-GMM…` in the documented answer. */
const codeShape: MintShape = {
  prefix: '4/4-G',
  length: 96,
  alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
}
const userCodeLetters = 'BCDFGHJKLMNPQRSTVWXZ'

/** The device authorization endpoint (RFC 8628 §3.1), which no mail scope passes. */
export const deviceAuthorizationEndpoint = (google: GoogleWorld) =>
  route(google, 'device-authorization-endpoint', { POST: (asked) => authorizeDevice(google, asked) })

function authorizeDevice(google: GoogleWorld, asked: Asked): Response {
  const refused = (refusal: RefusalName, name = '') =>
    refuse(google, 'device-authorization-endpoint', refusal, { name })
  const form = parametersOf(asked, google)
  if (form === undefined) return refused('json-malformed')
  const repeated = repeatedName(form)
  if (repeated !== undefined) return refused('parameter-repeated', repeated)
  const client = identify(google, valueOf(form, 'client_id'))
  if (typeof client === 'string') return refused(client)
  if (client.type !== 'tv') return refused('device-client-type')
  if (!google.quotas.device.allows(client.client_id)) return refused('quota-exceeded')
  const scopes = scopesOf(form.get('scope') ?? '')
  if (scopes.length === 0) return refused('parameter-missing', 'scope')
  const refusedScopes = scopes.filter((scope) => !deviceScopes.has(scope))
  if (refusedScopes.length > 0) return refused('device-scope', refusedScopes.join(' '))
  return json('token', 200, issued(google, client))
}

function issued({ secrets, clock, random, deviceCodes }: GoogleWorld, { client_id }: RegisteredClient) {
  const code = secrets.mint('device-code', codeShape)
  const letters = random.text(8, userCodeLetters)
  deviceCodes.set(code, { clientId: client_id, expiresAt: clock.now() + lifetime * 1000, lastPolled: -Infinity })
  return {
    device_code: code,
    user_code: `${letters.slice(0, 4)}-${letters.slice(4)}`,
    verification_url: 'https://www.google.com/device',
    expires_in: lifetime,
    interval,
  }
}

/** RFC 8628 §3.4, with Google's statuses. */
export function pollDevice(google: GoogleWorld, client: RegisteredClient, parameters: URLSearchParams): Response {
  const value = valueOf(parameters, 'device_code')
  if (value === null) return refuseToken(google, 'parameter-missing', { name: 'device_code' })
  const code = google.deviceCodes.get(value)
  if (code === undefined || code.clientId !== client.client_id) return refuseToken(google, 'grant-bad')
  const now = google.clock.now()
  if (code.expiresAt <= now) return refuseToken(google, 'device-expired')
  const tooFast = now - code.lastPolled < interval * 1000
  code.lastPolled = now
  return refuseToken(google, tooFast ? 'device-too-fast' : 'device-pending')
}
