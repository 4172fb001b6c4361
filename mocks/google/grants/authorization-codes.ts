import type { MockWorld } from '../../mock-world.ts'
import type { RegisteredAccount } from '../registration/accounts.ts'
import type { RegisteredClient } from '../registration/clients.ts'
import type { Consents, Grant } from './consents.ts'
import { withoutPorts } from '../sign-in/loopback.ts'
import { type Challenge, matches } from './pkce.ts'
import { type Refused, refused } from './refusal.ts'
import type { Switches } from '../switches.ts'
import { codeShape, isCode } from './token-shapes.ts'

/** What an authorization code is bound to. */
export interface Authorization {
  readonly client: RegisteredClient
  readonly account: RegisteredAccount
  readonly scopes: readonly string[]
  readonly redirectUri: string
  readonly accessType: 'online' | 'offline'
  readonly challenge: Challenge | null
  readonly nonce: string | null
  /** Whether the user saw a consent screen for it. */
  readonly consentShown: boolean
}

/** What a client shows for tokens (RFC 6749 §4.1.3, RFC 7636 §4.5). */
export interface Exchange {
  readonly code: string
  readonly clientId: string
  readonly redirectUri: string | null
  readonly verifier: string | null
}

export interface Code extends Authorization {
  readonly grant: Grant
  /** Epoch milliseconds. */
  readonly expiresAt: number
  used: boolean
}

/** The authorization codes of one world: single use, short-lived, bound to everything that asked for them. */
export class AuthorizationCodes {
  readonly #world: MockWorld
  readonly #switches: Switches
  readonly #consents: Consents
  readonly #codes = new Map<string, Code>()

  constructor(world: MockWorld, switches: Switches, consents: Consents) {
    this.#world = world
    this.#switches = switches
    this.#consents = consents
  }

  issue(authorization: Authorization, grant: Grant): string {
    const { secrets, clock, journal } = this.#world
    const value = secrets.mint('authorization-code', codeShape)
    const expiresAt = clock.now() + this.#switches.codeLifetime
    this.#codes.set(value, { ...authorization, grant, expiresAt, used: false })
    journal.record('authorization-endpoint', 'as.code.issued', {
      code: secrets.refer(value)!,
      account: authorization.account.address,
      clientId: authorization.client.client_id,
      scope: authorization.scopes.join(' '),
      redirectUri: withoutPorts(authorization.redirectUri),
      accessType: authorization.accessType,
      challengeMethod: authorization.challenge?.method ?? null,
    })
    return value
  }

  /** Uses a code up and returns what it was bound to. A code that is refused is returned with the refusal. */
  take(exchange: Exchange): { readonly code: Code } | (Refused & { readonly code?: Code }) {
    const code = this.#codes.get(exchange.code)
    if (code === undefined) return refused(isCode(exchange.code) ? 'code-unknown' : 'code-malformed')
    const refusal = this.#refusalOf(code, exchange) ?? pkceRefusal(code.challenge, exchange.verifier)
    if (refusal !== undefined) {
      if (this.#switches.refusedExchangeUsesCode) code.used = true
      return { ...refused(refusal), code }
    }
    code.used = true
    this.#world.journal.record('token-endpoint', 'as.code.redeemed', {
      code: this.#world.secrets.refer(exchange.code)!,
      verifier: exchange.verifier === null ? 'not-needed' : 'matches',
      redirectUri: withoutPorts(code.redirectUri),
    })
    return { code }
  }

  #refusalOf(code: Code, exchange: Exchange) {
    if (code.client.client_id !== exchange.clientId) return 'client-differs'
    if (code.used) return 'code-used'
    if (code.expiresAt <= this.#world.clock.now()) return 'code-expired'
    if (this.#consents.endOf(code.grant) !== undefined || code.account.state !== 'active') return 'grant-ended'
    if (code.account.policy === 'restricted') return 'admin-policy-enforced'
    return code.redirectUri === exchange.redirectUri ? undefined : 'redirect-uri-differs'
  }
}

/** Both directions: a challenge wants its verifier, and no challenge wants none (Google refuses a stray verifier). */
function pkceRefusal(challenge: Challenge | null, verifier: string | null) {
  if (challenge === null) return verifier === null ? undefined : 'verifier-not-needed'
  if (verifier === null) return 'verifier-missing'
  return matches(challenge, verifier) ? undefined : 'verifier-wrong'
}
