import type { ClientState } from '../../../harness/model/google-setup.ts'
import type { ClientCredentials } from '../../../harness/model/world.ts'
import { idleLimit } from '../grants/lifetimes.ts'
import type { Switches } from '../switches.ts'
import type { Project } from './projects.ts'

/** The types that the Google Cloud console offers; Desktop and Web clients alone hold a secret that Google wants. */
export type ClientType = 'web' | 'desktop' | 'android' | 'ios' | 'chrome' | 'tv'

/** At most two for each client; both work until one is disabled (Google, Manage OAuth Clients). */
export interface ClientSecret {
  readonly value: string
  enabled: boolean
}

/** An OAuth client as it is registered. */
export interface ClientRegistration extends ClientCredentials {
  readonly project: Project
  /** What the file's `kind` means unless told: `web`, else `desktop`. */
  readonly type?: ClientType
  /** A second secret beside `client_secret`. */
  readonly otherSecret?: string
  /** The Android client's advanced setting for custom schemes, off by default. */
  readonly customScheme?: boolean
}

/** An OAuth client as Google keeps it, with what changes in a world. */
export interface RegisteredClient extends ClientCredentials {
  readonly project: Project
  readonly type: ClientType
  readonly secrets: readonly ClientSecret[]
  readonly customScheme: boolean
  state: ClientState
  /** Epoch milliseconds of its last token request, or of the world's beginning. */
  lastUsed: number
}

export function registerClient(registration: ClientRegistration, now: number): RegisteredClient {
  const { kind, client_secret, otherSecret, type = kind === 'web' ? 'web' : 'desktop' } = registration
  const secrets = [client_secret, otherSecret]
    .filter((value) => value !== undefined && value !== '')
    .map((value) => ({ value: value!, enabled: true }))
  return { customScheme: false, ...registration, type, secrets, state: 'active', lastUsed: now }
}

export const findClient = (clients: readonly RegisteredClient[], clientId: string): RegisteredClient | undefined =>
  clients.find((client) => client.client_id === clientId)

/**
 * What a client is now. Google deletes one that asked for no token in six months (Manage OAuth Clients, "Unused Client
 * Deletion"), if the switch says so.
 */
export const stateOf = (
  { state, lastUsed }: RegisteredClient,
  now: number,
  { inactiveClient }: Switches,
): ClientState => (inactiveClient === 'deleted' && now - lastUsed >= idleLimit ? 'deleted' : state)
