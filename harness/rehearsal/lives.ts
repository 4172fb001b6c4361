import type { SecretRegistry } from '../secrets.ts'
import { type Audience, accountOf } from './audience.ts'
import { codeGrant } from './code-grant.ts'
import { assertionGrant, deviceGrant, unknownGrant } from './other-grants.ts'
import { type Profile, textOf } from './profile.ts'
import { registeredClient, supposedScheme } from './registered-client.ts'
import { signerOf } from './registered-service-account.ts'
import type { RequestedScopes } from './requested-scopes.ts'
import { openStand } from './stand.ts'
import { type Steps, tellingOf } from './telling.ts'

/** Everything that a life is made of. */
export interface Cast {
  readonly profile: Profile
  readonly audience: Audience
  readonly scopes: RequestedScopes
  readonly secrets: SecretRegistry
  /** Epoch milliseconds. */
  readonly now: number
  readonly seed: number
}

/** A client of a user’s, by whatever grant it is configured for. */
export async function* clientLife({ profile, audience, scopes, secrets, now, seed }: Cast): Steps {
  const { account, project, assumed } = audience
  const registered = registeredClient(profile, project, secrets, now)
  using stand = openStand({ ...registered, account, serviceAccounts: [] }, secrets, { start: now, seed })
  const tell = tellingOf(profile, stand.elapsed, assumed)
  const scheme = supposedScheme(profile)
  const supposed = new Map([...assumed, ...(scheme === undefined ? [] : [['bundle id or package', scheme] as const])])
  yield { ...tell.done('registration', ['client.client_id']), reason: told(supposed, scopes) }
  const playing = { profile, stand, tell }
  const registeredSecret = registered.clients[0]?.client_secret ?? ''
  const grantType = textOf(profile, 'grantType') ?? 'authorization_code'
  if (/(?:^|:)device_code$/.test(grantType)) return yield* deviceGrant(playing, scopes.asked, registeredSecret)
  if (grantType !== 'authorization_code') return yield* unknownGrant(playing, grantType, registeredSecret)
  return yield* codeGrant(playing, { registeredSecret, scopes: scopes.asked, secrets })
}

/** A service account that reads the mail of a member of an organisation. */
export async function* serviceAccountLife({ profile, audience, scopes, secrets, now, seed }: Cast): Steps {
  const subject = textOf(profile, 'subject')
  const account = subject === undefined ? audience.account : accountOf(subject)
  const organisation = subject === undefined ? null : (account.organisation ?? null)
  const signer = await signerOf(profile, audience.project, { organisation, scopes: scopes.asked })
  if (signer === undefined) {
    const reason = 'the private key is no PKCS #8 key'
    yield tellingOf(profile, () => 0).undecided('registration', ['client.private_key'], reason)
    return undefined
  }
  // Google makes the addresses of service accounts; another one it does not know.
  const known = signer.email.endsWith('.gserviceaccount.com') ? [signer.registration] : []
  const registered = { clients: [], state: 'active', secretsDisabled: false, account, serviceAccounts: known } as const
  using stand = openStand(registered, secrets, { start: now, seed })
  const tell = tellingOf(profile, stand.elapsed)
  const supposed = organisation === null ? [] : [['delegation by', organisation] as const]
  yield { ...tell.done('registration', ['client.client_email']), reason: told(new Map(supposed), scopes) }
  return yield* assertionGrant({ profile, stand, tell }, signer, scopes.asked)
}

/** What no file says is told, and so is what the mock knows nothing of. */
function told(supposed: ReadonlyMap<string, string>, { leftOut }: RequestedScopes): string {
  const facts = [...supposed].map(([fact, value]) => `${fact} ${value}`)
  const played = facts.length === 0 ? [] : [`no file says it, so it is played with ${facts.join(', ')}`]
  const less = leftOut.length === 0 ? [] : [`left out, for the mock knows no such scope: ${leftOut.join(' ')}`]
  return [...played, ...less].join('; ')
}
