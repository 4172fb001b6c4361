import type { Place } from '../model/configuration.ts'
import type { Profile } from './profile.ts'

/** The value that decided a step; `value` is null where it is secret, or where nothing is said. */
export interface Decider {
  readonly setting: string
  readonly value: string | null
  readonly place: Place
}

const redirect = ['redirectUri', 'client.redirect_uris']
const client = ['client.client_id']
const secret = ['clientSecret', 'client.client_secret']
const audience = ['testUsers', 'publishingStatus']

/**
 * Which values decide, by the reason that the mocks record and no client is told; the first that the profile has counts.
 * Reasons that begin alike are decided alike.
 */
const byReason: readonly (readonly [beginning: string, names: readonly string[]])[] = [
  ['redirect-uri', redirect],
  ['private-address', redirect],
  ['out-of-band', redirect],
  ['loopback', redirect],
  ['custom-scheme', redirect],
  ['scope', ['scopes']],
  ['device-scope', ['scopes']],
  ['assertion-scope', ['scopes']],
  ['wrong-scope', ['scopes']],
  ['client-secret', secret],
  ['client-deleted', ['lastUsed', ...client]],
  ['client', client],
  ['response-type', ['responseType']],
  ['parameter-not-allowed', ['responseType']],
  ['access-type', ['accessType']],
  ['prompt', ['prompt']],
  ['not-a-test-user', audience],
  ['outside-organisation', ['testUsers', 'userType']],
  ['grant-type', ['grantType']],
  ['device-', ['grantType']],
  ['refresh-token-', ['publishingStatus']],
  ['service-account', ['client.client_email']],
  ['assertion-signature', ['client.private_key']],
  ['assertion-audience', ['client.token_uri']],
  ['assertion-organisation', ['subject', 'userType']],
  ['assertion-', ['subject']],
  ['delegation', ['subject']],
  ['lookup-failed', ['subject']],
  ['wrong-user', ['subject']],
]

/** @param reason as `as.error.sent` and `imap.auth` tell it */
export const deciderOf = (profile: Profile, reason: string, otherwise: readonly string[]): Decider =>
  decided(profile, byReason.find(([beginning]) => reason.startsWith(beginning))?.[1] ?? otherwise)

/** The first of several values that the profile has; where it has none, its client file is at fault. */
export function decided(profile: Profile, names: readonly string[]): Decider {
  const found = names.map((name) => profile.said(name)).find((said) => said !== undefined)
  if (found === undefined) return { setting: names[0] ?? 'client', value: null, place: profile.place }
  const { name, secret: hidden, values, place } = found
  return { setting: name, value: hidden ? null : values.join(' '), place }
}
