import type { LiveContext } from '../context.ts'

/** What the later parts need to know of the issuer, as it told it itself. */
export interface IssuerMetadata {
  readonly tokenEndpoint: string
  readonly jwksUri: string | null
  readonly revocationEndpoint: string | null
}

/** Discovery (OpenID Connect Discovery 1.0 §4, RFC 8414 §3): records `live.metadata` and `live.clock`, looks for drift. */
export async function lookAtMetadata(_: LiveContext): Promise<IssuerMetadata> {
  throw new Error('not written yet')
}

/** The keys that sign id_tokens (RFC 7517): records `live.keys`. */
export async function lookAtKeys(_: LiveContext, __: IssuerMetadata): Promise<string> {
  throw new Error('not written yet')
}
