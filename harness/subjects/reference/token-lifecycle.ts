/** Step 9: an access token that is never stale, refreshed once for everybody, and a grant that ends once. */
import * as oidc from 'openid-client'
import { AccountProblem } from './account-problem.ts'
import type { ReferencePolicy } from './policy.ts'
import type { StoredGrant, TokenStore } from './token-store.ts'

export interface TokenPorts {
  readonly policy: ReferencePolicy
  readonly server: () => Promise<oidc.Configuration>
  readonly store: TokenStore
  readonly now: () => number
  readonly log: (event: string, account: string, detail?: unknown) => void
}

export interface TokenLifecycle {
  /** A token that lives long enough to begin something with; refreshes when the stored one does not. */
  fresh(account: string): Promise<string>
  /** The token that follows one which Gmail refused. */
  after(account: string, refused: string): Promise<string>
  /** Ends the grant at Google, then forgets it here. */
  signOut(account: string): Promise<void>
}

export function tokenLifecycle({ policy, server, store, now, log }: TokenPorts): TokenLifecycle {
  const flights = new Map<string, Promise<string>>()

  const stored = async (account: string): Promise<StoredGrant> => {
    const grant = await store.load(account)
    if (grant === undefined)
      throw new AccountProblem('needs-consent', `${account} has not signed in, or access has ended`)
    return grant
  }

  const refresh = async (account: string, grant: StoredGrant): Promise<string> => {
    const tokens = await oidc
      .refreshTokenGrant(await server(), grant.refreshToken)
      .catch((error: unknown) => refreshFailed(account, grant, error))
    if (typeof tokens === 'string') return tokens
    log('refreshed', account, tokens)
    await store.save(account, {
      // Google does not rotate refresh tokens, others do: a new one replaces the old one.
      refreshToken: tokens.refresh_token ?? grant.refreshToken,
      accessToken: tokens.access_token,
      expiresAt: now() + (tokens.expires_in ?? 0) * 1000,
      scope: tokens.scope ?? grant.scope,
    })
    return tokens.access_token
  }

  const refreshFailed = async (account: string, grant: StoredGrant, error: unknown): Promise<string> => {
    const code = error instanceof oidc.ResponseBodyError ? error.error : undefined
    log('refresh-failed', account, code)
    if (code === undefined)
      throw new AccountProblem('transient', 'the token endpoint could not be reached', { cause: error })
    if (code !== 'invalid_grant')
      throw new AccountProblem('configuration', `Google refused the client: ${code}`, { cause: error })
    // Another process may have signed in meanwhile: its newer grant is not the one that died.
    const current = await store.load(account)
    if (current !== undefined && current.refreshToken !== grant.refreshToken && current.accessToken !== undefined)
      return current.accessToken
    if (policy.isDeadGrant(code)) await store.erase(account)
    throw new AccountProblem('needs-consent', 'access has ended: sign in again', { cause: error })
  }

  const single = (account: string, work: () => Promise<string>): Promise<string> => {
    const running = policy.sharesRefresh ? flights.get(account) : undefined
    if (running !== undefined) return running
    const flight = work().finally(() => flights.delete(account))
    flights.set(account, flight)
    return flight
  }

  return {
    fresh: (account) =>
      single(account, async () => {
        const grant = await stored(account)
        const { accessToken, expiresAt } = grant
        const usable = accessToken !== undefined && expiresAt !== undefined && !policy.isStale(expiresAt, now())
        return usable ? accessToken : refresh(account, grant)
      }),

    after: (account, refused) =>
      single(account, async () => {
        const grant = await stored(account)
        const replaced = grant.accessToken !== undefined && grant.accessToken !== refused
        return replaced ? grant.accessToken : refresh(account, grant)
      }),

    async signOut(account) {
      const grant = await store.load(account)
      if (grant === undefined) return
      if (policy.revokesOnSignOut) await revoke(await server(), grant.refreshToken)
      await store.erase(account)
      log('signed-out', account)
    },
  }
}

/** A token that is dead already needs no revocation (RFC 7009 §2.2); a server that cannot answer has not revoked. */
async function revoke(server: oidc.Configuration, token: string): Promise<void> {
  try {
    await oidc.tokenRevocation(server, token)
  } catch (error) {
    if (error instanceof oidc.ResponseBodyError && error.error === 'invalid_token') return
    throw new AccountProblem('transient', 'access could not be revoked at Google; try again', { cause: error })
  }
}
