import type { ObservedLive } from '../model/live.ts'
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
  const troubles: (LiveTrouble | undefined)[] = []
  const held: { grant?: StoredGrant } = {}
  troubles.push(
    await playPart(context, 'sign-in', async () => {
      held.grant = await obtainGrant(context, plan)
      return 'a grant is there'
    }),
  )
  const { grant } = held
  if (grant === undefined) return troubles[0]
  if (directory !== undefined)
    troubles.push(await playPart(context, 'storage', () => lookAtStorage(context, { directory, account, grant })))
  const unrefreshed = await playPart(context, 'refresh', async () => {
    held.grant = await refreshNow(context, plan)
    return 'a new access token'
  })
  troubles.push(unrefreshed)
  const { accessToken, expiresAt = 0 } = held.grant ?? grant
  // What a token that may be over meets would say nothing about the mail server.
  if (accessToken === undefined || (unrefreshed !== undefined && expiresAt <= context.now()))
    return troubles.find((trouble) => trouble !== undefined)
  const login = { account, accessToken, token: held.grant === grant ? ('issued' as const) : ('refreshed' as const) }
  troubles.push(await playPart(context, 'xoauth2', () => logInOnce(context, { ...login, mechanism: 'XOAUTH2' })))
  troubles.push(
    await playPart(context, 'oauthbearer', () => logInOnce(context, { ...login, mechanism: 'OAUTHBEARER' })),
  )
  troubles.push(await playPart(context, 'mailbox', () => passOverHeaders(context, login)))
  if (plan.writes) troubles.push(await playPart(context, 'write', () => writeInLabel(context, login)))
  if (plan.revokes) troubles.push(await playPart(context, 'revoke', () => revokeNow(context, plan)))
  return troubles.find((trouble) => trouble !== undefined)
}

const alsoAsked = ({ directory, writes, revokes }: AccountPlan): ObservedLive['live.asked']['also'] => [
  ...(directory === undefined ? [] : (['storage'] as const)),
  ...(writes ? (['write'] as const) : []),
  ...(revokes ? (['revoke'] as const) : []),
]
