/** Step 7, as the other steps see it: what is kept of a grant between two starts of the program. */
export interface StoredGrant {
  readonly refreshToken: string
  readonly accessToken?: string
  /** When the access token expires, milliseconds since the Unix epoch. */
  readonly expiresAt?: number
  /** The granted scopes, space-delimited, as the token endpoint named them. */
  readonly scope: string
  /** When the grant was given, milliseconds since the Unix epoch; a refresh does not change it. */
  readonly grantedAt?: number
}

/**
 * Keeps one grant per account, confidential and whole: a crash leaves the old record or the new one.
 *
 * @throws when a record exists but cannot be read; that is not the same as a record that does not exist
 */
export interface TokenStore {
  /** The stored grant, or undefined when nobody signed in. */
  load(account: string): Promise<StoredGrant | undefined>
  /** Replaces the account's grant. */
  save(account: string, grant: StoredGrant): Promise<void>
  /** Removes every copy of the account's grant. */
  erase(account: string): Promise<void>
}
