import { openJournal } from '../journal.ts'
import type { LiveCause } from '../model/live.ts'
import type { Observation } from '../model/observation.ts'
import type { StoredGrant, TokenStore } from '../subjects/reference/token-store.ts'
import { type AccountAccess, refreshNow } from './account/grant.ts'
import { type LiveContext, shown } from './context.ts'
import { google } from './far-side.ts'
import { jsonObjectIn } from './json-object.ts'
import { logInOnce } from './mail/login.ts'
import { recordedFetch } from './recorded-fetch.ts'
import { LiveTrouble } from './trouble.ts'

/** What became of the three steps, the last of which may be the one that failed. */
export interface Diagnosed {
  /** As a program’s log would have it, for `createLogReader`; no secret and no address stands in it. */
  readonly lines: readonly string[]
  /** What ended it; undefined where a token, its scopes and the login are as they must be. */
  readonly cause: LiveCause | undefined
}

const tokeninfo = 'https://oauth2.googleapis.com/tokeninfo'

/**
 * One refresh, one look at the token, one login. Nothing is stored, not even the access token: a run that only looks
 * leaves everything as it was, but for a refresh token that the issuer has replaced.
 *
 * @throws whatever is no trouble of the far side, and LiveTrouble `interrupted`
 */
export async function diagnose(context: LiveContext, access: AccountAccess): Promise<Diagnosed> {
  const journal = openJournal({ scenario: 'live-diagnosis', door: 'tls', seed: 0 }, () => 0)
  const own: LiveContext = { ...context, journal, look: () => {} }
  const lines: string[] = []
  const tell = (line: string): void => void lines.push(shown(line, context.secrets))
  let step = ''
  try {
    step = 'refreshing the access token'
    const grant = await refreshNow(own, { ...access, store: unchanging(access) })
    tell(`token endpoint answered 200: ${tokensTold(journal.soFar())}`)
    step = 'asking what the token is'
    await lookAtToken(own, access.account, grant, tell)
    step = 'AUTHENTICATE with the new access token'
    await logIn(own, access.account, grant)
    tell(`${step}: accepted`)
    return { lines, cause: undefined }
  } catch (error) {
    if (!(error instanceof LiveTrouble) || error.trouble === 'interrupted') throw error
    tell(`${step}: ${error.message}`)
    return { lines, cause: error.trouble }
  }
}

/** What is stored stays, unless the issuer has put a new refresh token in its place: the old one would be dead then. */
const unchanging = ({ store }: AccountAccess): TokenStore => ({
  load: (account) => store.load(account),
  async save(account, grant) {
    if ((await store.load(account))?.refreshToken !== grant.refreshToken) await store.save(account, grant)
  },
  erase: async () => {},
})

function tokensTold(observations: readonly Observation[]): string {
  const isTokens = (each: Observation): each is Observation<'live.tokens'> => each.type === 'live.tokens'
  const { expiresIn, refreshTokenExpiresIn, scope } = observations.findLast(isTokens)!.fields
  const ends = refreshTokenExpiresIn === null ? {} : { refresh_token_expires_in: refreshTokenExpiresIn }
  return JSON.stringify({ expires_in: expiresIn, ...ends, scope: scope?.join(' ') })
}

/** What the token is, by Google’s own word; no other issuer is known to tell it without being asked as RFC 7662 has it. */
async function lookAtToken(
  context: LiveContext,
  account: string,
  { accessToken = '' }: StoredGrant,
  tell: (line: string) => void,
): Promise<void> {
  const { issuer, mailScope } = context.farSide
  if (issuer !== google.issuer) return
  // As a form: what stands in an address, stands in the logs of whoever is between.
  const response = await recordedFetch(context, account, { records: false })(tokeninfo, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ access_token: accessToken }).toString(),
  })
  const answer = jsonObjectIn(await response.text()) ?? {}
  if (response.status !== 200) return tell(`tokeninfo answered ${response.status} ${JSON.stringify(answer)}`)
  const { scope, email, expires_in } = answer
  const isOther = typeof email === 'string' && email.toLowerCase() !== account.toLowerCase()
  tell(`tokeninfo answered 200: ${JSON.stringify({ scope, expires_in })}${isOther ? ', of another account' : ''}`)
  if (isOther) throw new LiveTrouble('wrong-account', 'the token belongs to another account than the one named')
  if (mailScope !== null && typeof scope === 'string' && !scope.split(' ').includes(mailScope))
    throw new LiveTrouble('scope-unticked', `the token does not hold ${mailScope}`)
}

/** One login, with the mechanism that Gmail documents; a server that has the other alone is asked by that. */
async function logIn(context: LiveContext, account: string, { accessToken = '' }: StoredGrant): Promise<void> {
  for (const mechanism of ['XOAUTH2', 'OAUTHBEARER'] as const) {
    const came = await logInOnce(context, { account, accessToken, token: 'refreshed', mechanism })
    if (came === 'accepted') return
  }
  throw new LiveTrouble('mechanism-missing', 'the server offers neither AUTH=XOAUTH2 nor AUTH=OAUTHBEARER')
}
