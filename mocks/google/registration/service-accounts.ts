import type { ClientState } from '../../../harness/model/google-setup.ts'
import type { Project } from './projects.ts'

/** The public half of a key, as Google keeps it. */
export interface ServiceAccountKey {
  /** `private_key_id` of the key file. */
  readonly id: string
  /** RSA modulus and exponent (RFC 7518 §6.3.1). */
  readonly n: string
  readonly e: string
}

/** What an administrator enters in the Admin console: a client may act for the organisation's users. */
export interface Delegation {
  /** As entered: the numeric client ID counts, an e-mail address does nothing. */
  readonly clientId: string
  /** Workspace domain. */
  readonly organisation: string
  readonly scopes: readonly string[]
}

/** A service account as the key file describes it. */
export interface ServiceAccountRegistration {
  readonly email: string
  /** Numeric. */
  readonly clientId: string
  readonly project: Project
  readonly keys: readonly ServiceAccountKey[]
  /** What administrators entered long before the world began. */
  readonly delegations?: readonly Delegation[]
}

/** A service account with what changes in a world. */
export interface RegisteredServiceAccount extends Omit<ServiceAccountRegistration, 'keys' | 'delegations'> {
  state: ClientState
  keys: readonly (ServiceAccountKey & { enabled: boolean })[]
}

export const registerServiceAccount = ({
  email,
  clientId,
  project,
  keys,
}: ServiceAccountRegistration): RegisteredServiceAccount => ({
  email,
  clientId,
  project,
  state: 'active',
  keys: keys.map((key) => ({ ...key, enabled: true })),
})
