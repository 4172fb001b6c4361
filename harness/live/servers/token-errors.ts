import type { LiveContext } from '../context.ts'
import type { IssuerMetadata } from './metadata.ts'

/** Asks the token endpoint for what it must refuse: a made-up code, client and refresh token; looks for drift. */
export async function lookAtTokenErrors(_: LiveContext, __: IssuerMetadata): Promise<string> {
  throw new Error('not written yet')
}
