import { unknownScopes } from '../../mocks/google/scopes.ts'
import type { OpenJournal } from '../journal.ts'
import { seedOf } from '../random.ts'
import type { SecretRegistry } from '../secrets.ts'
import { masked } from '../secrets.ts'
import { type Audience, accountOf, audienceOf } from './audience.ts'
import { codeGrant } from './code-grant.ts'
import { assertionGrant, deviceGrant, unknownGrant } from './other-grants.ts'
import { type Profile, profilesIn, textOf } from './profile.ts'
import { registeredClient } from './registered-client.ts'
import { signerOf } from './registered-service-account.ts'
import { openStand } from './stand.ts'
import { type PlayedStep, type Steps, tellingOf } from './telling.ts'

export interface Rehearsal {
  /** What was read of the project, and where the steps go. */
  readonly journal: OpenJournal
  readonly secrets: SecretRegistry
  /** Epoch milliseconds at which simulated time begins. */
  readonly now: number
  /** Told of each step when it is over. */
  progress?(step: PlayedStep): void
}

/**
 * Plays the life of a token with each profile of a project as it was read: what its files register at Google against what
 * its settings make the application send. Everything happens in this process and in simulated time; nothing is sent.
 */
export async function rehearse({ journal, secrets, now, progress }: Rehearsal): Promise<void> {
  for (const profile of profilesIn(journal.soFar(), secrets))
    for await (const step of lifeOf(profile, secrets, now)) {
      const told = masked(step, secrets)
      journal.record('configuration', 'config.played', told)
      progress?.(told)
    }
}

async function* lifeOf(profile: Profile, secrets: SecretRegistry, now: number): Steps {
  const missing = missingFor(profile)
  if (missing !== undefined) {
    yield tellingOf(profile, () => 0).undecided('registration', missing.names, missing.reason)
    return undefined
  }
  const number = /^\d+/.exec(textOf(profile, 'client.client_id') ?? '')?.[0]
  const audience = audienceOf(profile, number ?? textOf(profile, 'client.project_id') ?? '')
  const { asked, leftOut } = scopesOf(profile)
  const assumed = profile.kind === 'service_account' ? new Map<string, string>() : audience.assumed
  const seed = seedOf('rehearsal', profile.name)
  const life = profile.kind === 'service_account' ? serviceAccountLife : clientLife
  yield* life({ profile, secrets, now, seed, audience, scopes: asked, assumed, leftOut })
  return undefined
}

interface Cast {
  readonly profile: Profile
  readonly secrets: SecretRegistry
  readonly now: number
  readonly seed: number
  readonly audience: Audience
  readonly scopes: readonly string[]
  readonly leftOut: readonly string[]
  readonly assumed: ReadonlyMap<string, string>
}

async function* clientLife({ profile, secrets, now, seed, audience, scopes, assumed, leftOut }: Cast): Steps {
  const registered = registeredClient(profile, audience.project, secrets, now)
  const { account } = audience
  using stand = openStand({ ...registered, account, serviceAccounts: [] }, secrets, { start: now, seed })
  const tell = tellingOf(profile, stand.elapsed, assumed)
  yield { ...tell.done('registration', ['client.client_id']), reason: supposed(assumed, leftOut) }
  const playing = { profile, stand, tell }
  const registeredSecret = registered.clients[0]?.client_secret ?? ''
  const grantType = textOf(profile, 'grantType') ?? 'authorization_code'
  if (/(?:^|:)device_code$/.test(grantType)) return yield* deviceGrant(playing, scopes, registeredSecret)
  if (grantType !== 'authorization_code') return yield* unknownGrant(playing, grantType, registeredSecret)
  return yield* codeGrant(playing, { registeredSecret, scopes, secrets })
}

async function* serviceAccountLife({ profile, secrets, now, seed, audience, scopes, leftOut }: Cast): Steps {
  const account = accountOf(textOf(profile, 'subject') ?? audience.account.address)
  const { organisation = null } = account
  const signer = await signerOf(profile, audience.project, { organisation, scopes })
  if (signer === undefined) {
    yield tellingOf(profile, () => 0).undecided(
      'registration',
      ['client.private_key'],
      'the private key is no PKCS #8 key',
    )
    return undefined
  }
  // Google makes the addresses of service accounts; another one it does not know.
  const known = /\.gserviceaccount\.com$/.test(signer.email) ? [signer.registration] : []
  const registered = { clients: [], state: 'active', secretsDisabled: false, account, serviceAccounts: known } as const
  using stand = openStand(registered, secrets, { start: now, seed })
  const tell = tellingOf(profile, stand.elapsed)
  const delegated = new Map([['delegation', `${scopes.join(' ')} for ${organisation ?? 'nobody'}`]])
  yield { ...tell.done('registration', ['client.client_email']), reason: supposed(delegated, leftOut) }
  return yield* assertionGrant({ profile, stand, tell }, signer, scopes)
}

/** What nobody attested is said, and so is what the mock cannot tell. */
function supposed(assumed: ReadonlyMap<string, string>, leftOut: readonly string[]): string {
  const facts = [...assumed].map(([fact, value]) => `${fact}: ${value}`)
  const told = facts.length === 0 ? [] : [`nobody attested it, so it is played with ${facts.join('; ')}`]
  const less = leftOut.length === 0 ? [] : [`left out, for the mock knows no such scope: ${leftOut.join(' ')}`]
  return [...told, ...less].join('; ')
}

/** Scopes of other products are Google’s affair, and our list of them is short: what looks like one is not asked for. */
function scopesOf(profile: Profile): { readonly asked: readonly string[]; readonly leftOut: readonly string[] } {
  const all = profile.said('scopes')?.values ?? []
  const leftOut = unknownScopes(all).filter((scope) => otherProducts.test(scope))
  return { asked: all.filter((scope) => !leftOut.includes(scope)), leftOut }
}

const otherProducts =
  /^https:\/\/(?:www\.googleapis\.com\/auth\/(?!gmail\.(?!addons\.)|mail)[\w.-]+|www\.google\.com\/.+)$/

/** What nothing can be played without. */
function missingFor(profile: Profile): { readonly names: readonly string[]; readonly reason: string } | undefined {
  const { kind, problem } = profile
  if (kind === undefined)
    return { names: ['client'], reason: problem === undefined ? 'the profile names no client file' : problem.problem }
  if (kind !== 'installed' && kind !== 'web' && kind !== 'service_account')
    return { names: ['client'], reason: `its client file is none of a client or service account, but “${kind}”` }
  if (profile.said('scopes') === undefined) return { names: ['scopes'], reason: 'no scopes are mapped' }
  return undefined
}
