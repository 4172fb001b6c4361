import type { GoogleSwitches } from './google-switches.ts'

/** A Google Cloud project as its "Audience" and "Branding" pages describe it. */
export interface ProjectSetup {
  /** What the consent screen calls the application. */
  readonly name: string
  readonly userType: 'external' | 'internal'
  readonly publishingStatus: 'testing' | 'production'
  /** Brand and restricted scopes are verified; otherwise users meet a warning, and at most 100 new ones get past it. */
  readonly verified: boolean
  /** Addresses; they count while the status is Testing. */
  readonly testUsers: readonly string[]
  /** Domain of the Workspace organisation that the project belongs to, or null. */
  readonly organisation: string | null
  /** Users who consented before the world began, for the cap of unverified applications. */
  readonly earlierUsers: number
}

/** How a Workspace administrator treats the application: `restricted` ends in `admin_policy_enforced`. */
export type AccountPolicy = 'allowed' | 'trusted' | 'restricted' | 'not-configured'
export type AccountState = 'active' | 'disabled' | 'deleted'
export type ClientState = 'active' | 'disabled' | 'deleted'

/** What Google and an administrator hold about one account. */
export interface AccountSetup {
  /** Workspace domain, as the `hd` claim names it; null for a consumer account. */
  readonly organisation: string | null
  readonly policy: AccountPolicy
  /** Milliseconds after which tokens for Cloud Platform want a new sign-in (session control); null: never. */
  readonly sessionLength: number | null
}

/** What a scenario asks of its world's Google before anything happens; what is not named is the default. */
export interface GoogleSetup {
  readonly project?: Partial<ProjectSetup>
  readonly account?: Partial<AccountSetup>
  readonly switches?: Partial<GoogleSwitches>
}
