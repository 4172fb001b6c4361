import type { IdTokenDefect } from '../../../harness/model/scenario.ts'
import type { MockWorld } from '../../mock-world.ts'
import type { Issued } from '../grants/grants.ts'
import type { RegisteredClient } from '../registration/clients.ts'
import type { Switches } from '../switches.ts'
import { claimsOf } from './claims.ts'
import { flawedClaims, signed } from './defects.ts'
import { publishedKeys } from './keys.ts'
import { type Claims, verified } from './signature.ts'

/** Issues the id_tokens of one world, in the shape of a captured one. */
export class IdTokens {
  readonly #world: MockWorld
  readonly #switches: Switches
  #defect: IdTokenDefect | null = null

  constructor(world: MockWorld, switches: Switches) {
    this.#world = world
    this.#switches = switches
  }

  /** Names the flaw of the next id_token; null takes it back. */
  defect(defect: IdTokenDefect | null): void {
    this.#defect = defect
  }

  async issue(issued: Issued, client: RegisteredClient): Promise<string> {
    const defect = this.#defect
    this.#defect = null
    const { secrets, journal, clock } = this.#world
    const now = clock.now()
    const honest = claimsOf(issued, { iss: this.#switches.idTokenIssuer, now })
    const claims = flawedClaims(honest, defect, this.#world)
    const { jwt, alg, kid } = await signed(claims, defect, { now, clientSecret: client.client_secret })
    secrets.learn('id-token', jwt)
    const nonce = claims['nonce']
    const recorded = nonce === undefined ? claims : { ...claims, nonce: secrets.learn('nonce', String(nonce)) }
    journal.record('token-endpoint', 'as.idtoken.issued', { kid, alg, defect, claims: recorded })
    return jwt
  }

  /** What a live id_token says, its header's `alg`, `kid` and `typ` behind the claims; undefined for any other text. */
  async read(idToken: string): Promise<Claims | undefined> {
    const now = this.#world.clock.now()
    const read = await verified(idToken, await publishedKeys(now))
    if (read === undefined || Number(read.claims['exp']) * 1000 <= now) return undefined
    return { ...read.claims, alg: 'RS256', kid: read.kid, typ: 'JWT' }
  }
}
