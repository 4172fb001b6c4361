import type { AuthRefusal, Observed } from '../../../harness/model/observation.ts'
import type { SecretRef } from '../../../harness/model/secret.ts'
import type { Exchange } from '../command.ts'
import type { Outcome } from '../state.ts'
import { admit, closedTo, refusalFor, refuse } from './admission.ts'
import { announcesSaslIr } from './capability.ts'

export interface PasswordAttempt {
  readonly mechanism: 'LOGIN' | 'PLAIN' | 'PLAIN-CLIENTTOKEN'
  readonly initialResponse: boolean
  readonly user: string
  /** Null where there was none to be read. */
  readonly password: { readonly value: string; readonly ref: SecretRef } | null
  /** The decoded message, the password as a mark. */
  readonly message: string
  readonly base64: Observed['imap.auth']['base64']
}

/** Opens the mailbox for a password that was made for programs; any other is as wrong as any other. */
export function logInWithPassword(attempt: PasswordAttempt, exchange: Exchange): Outcome {
  const { user, password, mechanism } = attempt
  const known = exchange.gmail.policy.appPasswords.get(user.toLowerCase())?.has(password?.value ?? '') ?? false
  const refusal = closedTo(exchange.gmail, user, 'password')
  if (refusal !== undefined) {
    recordPassword(attempt, exchange, refusal)
    return refuse(refusalFor(refusal, exchange), exchange)
  }
  if (!known || mechanism === 'PLAIN-CLIENTTOKEN') {
    recordPassword(attempt, exchange, 'password')
    return refuse(refusalFor('invalid-credentials', exchange), exchange)
  }
  return admit({ address: user.toLowerCase(), expiresAt: null }, exchange, (unreachable) =>
    recordPassword(attempt, exchange, unreachable),
  )
}

export function recordPassword(attempt: PasswordAttempt, exchange: Exchange, refusal?: AuthRefusal): void {
  const { gmail, tag, stage } = exchange
  exchange.record('imap.auth', {
    tag,
    mechanism: attempt.mechanism,
    initialResponse: attempt.initialResponse,
    saslIr: announcesSaslIr(stage, gmail),
    user: gmail.secrets.mask(attempt.user),
    token: attempt.password?.ref ?? null,
    message: attempt.message,
    base64: attempt.base64,
    result: refusal === undefined ? 'accepted' : 'refused',
    ...(refusal === undefined ? {} : { refusal }),
  })
}
