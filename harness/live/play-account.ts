import type { LivePart, ObservedLive } from '../model/live.ts'
import type { StoredGrant } from '../subjects/reference/token-store.ts'
import { type AccountAccess, obtainGrant, refreshNow, revokeNow } from './account/grant.ts'
import { lookAtStorage } from './account/storage.ts'
import { type LiveContext, playPart } from './context.ts'
import { passOverHeaders } from './mail/headers.ts'
import { writeInLabel } from './mail/label.ts'
import { logInOnce } from './mail/login.ts'
import type { LiveTrouble } from './trouble.ts'

export interface AccountPlan extends AccountAccess {
  /** Where the vault is; undefined where the grant is kept in memory alone. */
  readonly directory: string | undefined
  readonly writes: boolean
  readonly revokes: boolean
}

/**
 * One account from its grant to its mail. Nothing is changed there unless the plan says so.
 *
 * @returns the first trouble, if there was any
 */
export async function playAccount(context: LiveContext, plan: AccountPlan): Promise<LiveTrouble | undefined> {
  const { account, directory } = plan
  const { issuer, mailScope } = context.farSide
  context.journal.record('live', 'live.asked', { issuer, mailScope, also: alsoAsked(plan) })
  let first: LiveTrouble | undefined
  const play = async (part: LivePart, work: () => Promise<string>): Promise<LiveTrouble | undefined> => {
    const trouble = await playPart(context, part, work)
    first ??= trouble
    return trouble
  }
  const held: { grant?: StoredGrant } = {}
  await play('sign-in', async () => {
    held.grant = await obtainGrant(context, plan)
    return 'a grant is there'
  })
  const { grant } = held
  if (grant === undefined) return first
  if (directory !== undefined) await play('storage', () => lookAtStorage(context, { directory, account, grant }))
  const unrefreshed = await play('refresh', async () => {
    held.grant = await refreshNow(context, plan)
    return 'a new access token'
  })
  const { accessToken, expiresAt = 0 } = held.grant ?? grant
  // What a token that may be over meets would say nothing about the mail server.
  if (accessToken === undefined || (unrefreshed !== undefined && expiresAt <= context.now())) return first
  const login = { account, accessToken, token: held.grant === grant ? ('issued' as const) : ('refreshed' as const) }
  await play('xoauth2', () => logInOnce(context, { ...login, mechanism: 'XOAUTH2' }))
  await play('oauthbearer', () => logInOnce(context, { ...login, mechanism: 'OAUTHBEARER' }))
  await play('mailbox', () => passOverHeaders(context, login))
  if (plan.writes) await play('write', () => writeInLabel(context, login))
  if (plan.revokes) await play('revoke', () => revokeNow(context, plan))
  return first
}

const alsoAsked = ({ directory, writes, revokes }: AccountPlan): ObservedLive['live.asked']['also'] => [
  ...(directory === undefined ? [] : (['storage'] as const)),
  ...(writes ? (['write'] as const) : []),
  ...(revokes ? (['revoke'] as const) : []),
]
