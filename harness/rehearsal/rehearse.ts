import type { OpenJournal } from '../journal.ts'
import { seedOf } from '../random.ts'
import { type SecretRegistry, masked } from '../secrets.ts'
import { audienceOf } from './audience.ts'
import { clientLife, serviceAccountLife } from './lives.ts'
import { type Profile, profilesIn, textOf } from './profile.ts'
import { requestedScopes } from './requested-scopes.ts'
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
      const shown = masked(step, secrets)
      journal.record('configuration', 'config.played', shown)
      progress?.(shown)
    }
}

async function* lifeOf(profile: Profile, secrets: SecretRegistry, now: number): Steps {
  const missing = missingFor(profile)
  if (missing !== undefined) {
    yield tellingOf(profile, () => 0).undecided('registration', [missing.name], missing.reason)
    return undefined
  }
  const number = /^\d+/.exec(textOf(profile, 'client.client_id') ?? '')?.[0]
  const audience = audienceOf(profile, number ?? textOf(profile, 'client.project_id') ?? '')
  const life = profile.kind === 'service_account' ? serviceAccountLife : clientLife
  const seed = seedOf('rehearsal', profile.name)
  return yield* life({ profile, audience, scopes: requestedScopes(profile), secrets, now, seed })
}

/** A value that is put together at run time, as the checks of files have it. */
const isTemplate = /\$\{|\{\{|^\$[A-Za-z_]|^%[A-Za-z_]\w*%|^(?:env|environment|vault|keyring|secret):/
const sent = [
  ...['client.client_id', 'client.client_secret', 'scopes', 'redirectUri', 'authorizationEndpoint', 'tokenEndpoint'],
  ...['grantType', 'responseType', 'accessType', 'prompt', 'approvalPrompt', 'subject'],
  ...['mechanisms', 'imap.host', 'imap.port', 'imap.tls'],
]

/** What nothing can be played without. */
function missingFor(profile: Profile): { readonly name: string; readonly reason: string } | undefined {
  const { kind, problem } = profile
  if (kind === undefined)
    return {
      name: 'client',
      reason:
        problem?.problem ??
        'the profile names no client file: download it from the Google console and name it as “client”',
    }
  if (kind !== 'installed' && kind !== 'web' && kind !== 'service_account')
    return { name: 'client', reason: `its client file is none of a client or service account, but “${kind}”` }
  if (profile.said('scopes') === undefined) return { name: 'scopes', reason: 'no scopes are mapped' }
  const template = sent.find((name) => profile.said(name)?.values.some((value) => isTemplate.test(value)))
  return template === undefined ? undefined : { name: template, reason: `${template} is put together at run time` }
}
