import type { LiveContext } from '../context.ts'

/**
 * Special-use folders and the newest headers, all read-only (EXAMINE, BODY.PEEK): records `live.folders`, `live.headers`.
 *
 * @throws LiveTrouble
 */
export async function passOverHeaders(
  _: LiveContext,
  __: { readonly account: string; readonly accessToken: string },
): Promise<string> {
  throw new Error('not written yet')
}
