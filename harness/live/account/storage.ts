import type { StoredGrant } from '../../subjects/reference/token-store.ts'
import type { LiveContext } from '../context.ts'

/** Looks at the stored grant as another user of this machine would: records `live.storage`. */
export async function lookAtStorage(
  _: LiveContext,
  __: { readonly directory: string; readonly account: string; readonly grant: StoredGrant },
): Promise<string> {
  throw new Error('not written yet')
}
