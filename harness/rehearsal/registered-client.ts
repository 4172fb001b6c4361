import type { ClientRegistration, ClientType } from '../../mocks/google/registration/clients.ts'
import type { Project } from '../../mocks/google/registration/projects.ts'
import { idleLimit } from '../../mocks/google/grants/lifetimes.ts'
import type { ClientState } from '../model/google-setup.ts'
import type { Secrets } from '../secrets.ts'
import { type Profile, textOf } from './profile.ts'

/** What Google has of the profile’s client; a client whose id is none of Google’s is unknown there. */
export interface RegisteredAtGoogle {
  readonly clients: readonly ClientRegistration[]
  readonly state: ClientState
  /** Every secret of the client is attested as disabled. */
  readonly secretsDisabled: boolean
}

/** google-facts 7.4: the number of the project, and 32 characters where the client is younger than its project. */
const idForm = /^\d+(?:-[a-z0-9]+)?\.apps\.googleusercontent\.com$/
/** google-facts 7.4: new secrets, and those of before 2021. */
const secretForm = /^(?:GOCSPX-[\w-]{28}|[\w-]{24})$/
const secretShape = { prefix: 'GOCSPX-', length: 35, alphabet: 'abcdefghijklmnopqrstuvwxyz0123456789' }

const mobile: Readonly<Record<string, ClientType>> = {
  android: 'android',
  ios: 'ios',
  'chrome-extension': 'chrome',
}

/** @param now epoch milliseconds */
export function registeredClient(
  profile: Profile,
  project: Project,
  secrets: Secrets,
  now: number,
): RegisteredAtGoogle {
  const id = textOf(profile, 'client.client_id') ?? ''
  const kind = profile.kind === 'web' ? 'web' : 'installed'
  const type = typeOf(profile)
  const held = profile.said('client.client_secret') ?? profile.said('clientSecret')
  const client: ClientRegistration = {
    kind,
    type,
    project,
    client_id: id,
    client_secret: held === undefined ? '' : registeredSecret(held.elsewhere ? '' : (held.values[0] ?? ''), secrets),
    redirect_uris: registrable(profile),
    customScheme: textOf(profile, 'customScheme') === 'true',
  }
  return {
    clients: idForm.test(id) ? [client] : [],
    state: isAbandoned(profile, now) ? 'deleted' : 'active',
    secretsDisabled: allDisabled(profile.said('secrets')?.values ?? []),
  }
}

/** A file called `installed` is a Desktop client’s where it has a secret: the other types hold none. */
function typeOf(profile: Profile): ClientType {
  if (profile.kind === 'web') return 'web'
  if (/device_code/.test(textOf(profile, 'grantType') ?? '')) return 'tv'
  if (profile.said('client.client_secret') !== undefined) return 'desktop'
  return mobile[textOf(profile, 'runtime') ?? ''] ?? 'desktop'
}

/** What is no secret of Google’s making is none that Google has. */
const registeredSecret = (said: string, secrets: Secrets): string =>
  secretForm.test(said) ? said : secrets.mint('client-secret', secretShape)

/** A scheme of one’s own, in the manner of a domain, that is not another client’s id written backwards. */
const ownScheme = /^(?!com\.googleusercontent\.)[a-z][\w+-]*(?:\.[\w+-]+)+:/i

/** Package name or bundle id, which no file tells: taken to be what the application redirects to. */
export const supposedScheme = (profile: Profile): string | undefined =>
  ownScheme.exec(
    mobile[textOf(profile, 'runtime') ?? ''] === undefined ? '' : (textOf(profile, 'redirectUri') ?? ''),
  )?.[0]

/** Google’s console takes no host outside the public suffix list (google-facts 7.1), which the mock lets pass. */
function registrable(profile: Profile): readonly string[] {
  const refused = new Set(
    profile
      .uris('client.redirect_uris')
      .filter(({ parsed }) => parsed?.hostKind === 'name' && parsed.suffix === 'unknown')
      .map(({ uri }) => uri),
  )
  const scheme = supposedScheme(profile)
  const listed = (profile.said('client.redirect_uris')?.values ?? []).filter((uri) => !refused.has(uri))
  return scheme === undefined ? listed : [...listed, `${scheme}/`]
}

const day = 24 * 3_600_000

/**
 * Google, Manage OAuth Clients, "Unused Client Deletion": six months. A client that was in use when somebody looked is taken
 * to be in use still.
 */
function isAbandoned(profile: Profile, now: number): boolean {
  const { values = [], statedOn = '' } = profile.said('lastUsed') ?? {}
  const lastUsed = Date.parse(values[0] ?? '')
  return now - lastUsed >= idleLimit && Date.parse(statedOn) - lastUsed >= 30 * day
}

/** Attested as `created=2025-02-01,enabled=true`. */
const allDisabled = (attested: readonly string[]): boolean =>
  attested.length > 0 && attested.every((secret) => secret.includes('enabled=false'))
