import type { LiveContext } from '../context.ts'

/**
 * Writes in one label of our own and removes it again: records `live.label`.
 *
 * @throws LiveTrouble `label-not-ours` before anything is changed
 */
export async function writeInLabel(
  _: LiveContext,
  __: { readonly account: string; readonly accessToken: string },
): Promise<string> {
  throw new Error('not written yet')
}
