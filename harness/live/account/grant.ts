import type { StoredGrant, TokenStore } from '../../subjects/reference/token-store.ts'
import { VaultError } from '../../vault/vault-error.ts'
import type { LiveContext } from '../context.ts'
import { google } from '../far-side.ts'
import { LiveTrouble } from '../trouble.ts'
import { afterRevocation } from './after-revocation.ts'
import { askForGrant } from './ask.ts'
import { type Issuer, openIssuer, refresh, revoke } from './openid.ts'

/** How access is asked for where nothing is stored; undefined: nobody is there to answer. */
export interface Asking {
  /** @throws where no browser can be opened; the address is shown then */
  openBrowser(url: string): Promise<void>
  /** Milliseconds until nobody is thought to answer any more. */
  readonly patience: number
  /** Milliseconds after which hints are given. */
  readonly hintAfter: number
  hint(lines: readonly string[]): void
}

export interface AccountAccess {
  readonly account: string
  readonly store: TokenStore
  readonly from: 'vault' | 'environment'
  readonly asking: Asking | undefined
  /** Ask for access although a grant is stored. */
  readonly again: boolean
  /** Milliseconds in which a revocation must have its effect; the usual ones where it is left out. */
  readonly revocationPatience?: number | undefined
}

/**
 * A grant: the stored one, or one that the account’s owner gives now, which is stored. Records `live.consent`,
 * `live.tokens` and `live.grant`.
 *
 * @throws LiveTrouble; what was stored before stays then, whatever went wrong
 */
export async function obtainGrant(context: LiveContext, access: AccountAccess): Promise<StoredGrant> {
  const { account, asking, again, from } = access
  const stored = await load(context, access)
  if (stored !== undefined && !again) {
    const days = daysOf(stored, context.now())
    context.journal.record('live', 'live.grant', { from, days })
    return stored
  }
  if (asking === undefined) throw new LiveTrouble('no-grant', 'nothing is stored, and nobody is there to be asked')
  const given = await askForGrant(context, await issuerOf(context, account), account, asking)
  const { expiresAt } = given
  const grant = {
    ...given,
    ...(expiresAt === undefined ? {} : { expiresAt: soonest(expiresAt) }),
    grantedAt: context.now(),
  }
  await named(() => access.store.save(account, grant))
  context.journal.record('live', 'live.grant', { from: 'consent', days: 0 })
  return grant
}

/**
 * Refreshes whether or not it is due, and stores the result: records `live.tokens`.
 *
 * @throws LiveTrouble; a dead grant is left in the vault, so that nothing is lost by a mistake of the issuer
 */
export async function refreshNow(context: LiveContext, access: AccountAccess): Promise<StoredGrant> {
  const { account, store } = access
  const grant = await demand(context, access)
  const tokens = await refresh(await issuerOf(context, account), grant.refreshToken).catch((error: unknown) => {
    throw error instanceof LiveTrouble && error.trouble === 'grant-dead' ? dated(error, grant, context) : error
  })
  const refreshed: StoredGrant = {
    ...grant,
    // An issuer that rotates refresh tokens takes the old one no more.
    refreshToken: tokens.refreshToken ?? grant.refreshToken,
    accessToken: tokens.accessToken,
    expiresAt: soonest(context.now() + tokens.expiresIn * 1000),
    scope: tokens.scope ?? grant.scope,
  }
  await named(() => store.save(account, refreshed))
  return refreshed
}

/**
 * Ends the grant at the issuer, then shows that it is dead, then forgets it: records `live.revocation`. Whoever forgets
 * a grant that lives on can never revoke it again, so one that was not seen dead stays.
 */
export async function revokeNow(context: LiveContext, access: AccountAccess): Promise<string> {
  const { account, store } = access
  const grant = await demand(context, access)
  const issuer = await issuerOf(context, account)
  const status = await revoke(issuer, grant.refreshToken)
  const { after, error, refreshToken } = await afterRevocation(
    issuer,
    context,
    { account, refreshToken: grant.refreshToken },
    access.revocationPatience,
  )
  context.journal.record('live', 'live.revocation', { status, after, error })
  // RFC 6749 §5.2: the one error that speaks of the grant; the others speak of the client or of the moment.
  if (error === 'invalid_grant') {
    await named(() => store.erase(account))
    return `revoked, and refused since (${error})`
  }
  if (refreshToken !== grant.refreshToken) await named(() => store.save(account, { ...grant, refreshToken }))
  const instead = {
    granted: 'but it still gives tokens',
    refused: `but a refresh after it ended otherwise (${error})`,
    'not-asked': 'but whether it is dead could not be asked',
  }[after]
  return `the issuer says it is revoked, ${instead}: it stays in the vault`
}

/** JSON has no number without end: with such a time in it, the whole record could never be read again. */
const soonest = (time: number): number => Math.min(time, Number.MAX_SAFE_INTEGER)

const issuers = new WeakMap<LiveContext, Promise<Issuer>>()

/** Discovery once a run; a failure is tried again. */
function issuerOf(context: LiveContext, account: string): Promise<Issuer> {
  const known = issuers.get(context)
  if (known !== undefined) return known
  const opened = openIssuer(context, account)
  issuers.set(context, opened)
  opened.catch(() => issuers.delete(context))
  return opened
}

async function demand(context: LiveContext, access: AccountAccess): Promise<StoredGrant> {
  const grant = await load(context, access)
  if (grant === undefined) throw new LiveTrouble('no-grant', 'nothing is stored')
  return grant
}

async function load({ secrets }: LiveContext, { store, account }: AccountAccess): Promise<StoredGrant | undefined> {
  const grant = await named(() => store.load(account))
  if (grant === undefined) return undefined
  secrets.learn('refresh-token', grant.refreshToken)
  if (grant.accessToken !== undefined) secrets.learn('access-token', grant.accessToken)
  return grant
}

/** @throws LiveTrouble `vault-unusable` for whatever keeps the store from its work */
async function named<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    throw new LiveTrouble('vault-unusable', error.message, { cause: error })
  }
}

const day = 86_400_000

const daysOf = ({ grantedAt }: StoredGrant, now: number): number | null =>
  grantedAt === undefined ? null : Math.max(0, Math.floor((now - grantedAt) / day))

/** Days after which a grant of a project in status Testing dies. */
const testingDays = 7

function dated(dead: LiveTrouble, grant: StoredGrant, { now, farSide }: LiveContext): LiveTrouble {
  const days = daysOf(grant, now())
  if (days === null) return dead
  const age = `it was given ${days === 1 ? '1 day' : `${days} days`} ago`
  const isGoogle = farSide.issuer === google.issuer
  const testing = isGoogle && days >= testingDays ? ', and in status Testing a grant dies after 7 days' : ''
  return new LiveTrouble('grant-dead', `${dead.message}; ${age}${testing}`, { cause: dead })
}
