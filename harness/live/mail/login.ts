import type { LiveMechanism, ObservedLive } from '../../model/live.ts'
import type { LiveContext } from '../context.ts'

/**
 * Logs in with each mechanism and a token that nobody issued: records `live.login`, looks for drift.
 *
 * @param account whose name is shown to the server; the token is good for nothing
 */
export async function offerBogusToken(_: LiveContext, __: string): Promise<string> {
  throw new Error('not written yet')
}

/**
 * Logs in once, asks for capabilities and ID, and logs out: records `live.login`, `live.capabilities`, `live.id`; looks for
 * drift. A refusal is no trouble but an observation.
 */
export async function logInOnce(
  _: LiveContext,
  __: {
    readonly account: string
    readonly accessToken: string
    readonly token: ObservedLive['live.login']['token']
    readonly mechanism: LiveMechanism
  },
): Promise<string> {
  throw new Error('not written yet')
}
