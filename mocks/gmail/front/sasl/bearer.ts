import type { AuthRefusal } from '../../../../harness/model/observation.ts'
import type { Exchange } from '../../command.ts'
import { type Outcome, type State, done } from '../../state.ts'
import { admit, closedTo, refusalFor, refuse } from '../admission.ts'
import { announcesSaslIr } from '../capability.ts'
import { checkToken } from '../token-check.ts'
import { type Refusal, statusNamed } from '../words.ts'
import { awaitChallengeReply } from './challenge.ts'
import { describeMessage } from './evidence.ts'
import { type Base64Form, type BearerMechanism, type BearerMessage, type Mechanism, decodeBase64 } from './mechanism.ts'

const nobody: State = { name: 'not-authenticated' }

interface Attempt {
  readonly mechanism: BearerMechanism
  /** As sent, in base64. */
  readonly response: string
  readonly initialResponse: boolean
  readonly form: Base64Form
  readonly message: string | undefined
}

/** A mechanism for tokens. */
export const bearer = (mechanism: BearerMechanism): Mechanism => {
  const read = ({ form, message }: Attempt): BearerMessage | undefined =>
    form === 'canonical' && message !== undefined ? mechanism.read(message) : undefined
  return {
    decide(response, initialResponse, exchange) {
      const attempt = { mechanism, response, initialResponse, ...decodeBase64(response) }
      const message = read(attempt)
      return message === undefined ? malformed(attempt, exchange) : decide(attempt, message, exchange)
    },
    unasked(response, exchange) {
      const attempt = { mechanism, response, initialResponse: true, ...decodeBase64(response) }
      recordBearer(attempt, read(attempt)?.user ?? '', exchange, 'not-offered')
    },
  }
}

function malformed(attempt: Attempt, exchange: Exchange): Outcome {
  recordBearer(attempt, '', exchange, 'malformed')
  const filling = { id: exchange.opaqueId() }
  if (exchange.gmail.policy.switches.malformedSasl === 'bad')
    return done(nobody, statusNamed('sasl-malformed', filling))
  return awaitChallengeReply(attempt, exchange, () => done(nobody, statusNamed('sasl-malformed-2013', filling)))
}

function decide(attempt: Attempt, { user, token }: BearerMessage, exchange: Exchange): Outcome {
  const { gmail } = exchange
  const afterChallenge = (refusal: Refusal): Outcome =>
    awaitChallengeReply(attempt, exchange, () => refuse(refusal, exchange))
  const verdict = checkToken(gmail, user, token)
  if (!verdict.accepted) {
    recordBearer(attempt, user, exchange, verdict.refusal)
    const words = verdict.refusal === 'lookup-failed' ? verdict.refusal : attempt.mechanism.badToken
    return afterChallenge(refusalFor(words, exchange))
  }
  const closed = closedTo(gmail, verdict.address, 'token')
  if (closed !== undefined) {
    recordBearer(attempt, user, exchange, closed)
    const refusal = refusalFor(closed, exchange)
    const late = refusal.challenge || gmail.policy.switches.refusalsAfterChallenge === 'all'
    return late ? afterChallenge(refusal) : refuse(refusal, exchange)
  }
  return admit(verdict, exchange, (unreachable) => recordBearer(attempt, user, exchange, unreachable))
}

function recordBearer(attempt: Attempt, user: string, exchange: Exchange, refusal?: AuthRefusal): void {
  const { tag, gmail, stage, record } = exchange
  const { text, token } = describeMessage(attempt.message ?? '', gmail.secrets)
  record('imap.auth', {
    tag,
    mechanism: attempt.mechanism.name,
    initialResponse: attempt.initialResponse,
    saslIr: announcesSaslIr(stage, gmail),
    user: gmail.secrets.mask(user),
    token,
    message: text,
    base64: attempt.form,
    result: refusal === undefined ? 'accepted' : 'refused',
    ...(refusal === undefined ? {} : { refusal }),
  })
}
