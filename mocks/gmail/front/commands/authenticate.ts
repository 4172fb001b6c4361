import type { AuthRefusal } from '../../../../harness/model/observation.ts'
import { type Exchange, command } from '../../command.ts'
import { type Outcome, type State, type Status, bad, done, no, ok } from '../../state.ts'
import { announcesSaslIr, capabilities } from '../capability.ts'
import { awaitChallengeReply } from '../sasl/challenge.ts'
import { describeMessage } from '../sasl/evidence.ts'
import { type BearerMechanism, type BearerMessage, decodeBase64 } from '../sasl/mechanism.ts'
import { oauthbearer } from '../sasl/oauthbearer.ts'
import { plain } from '../sasl/plain.ts'
import { xoauth2 } from '../sasl/xoauth2.ts'
import { checkToken } from '../token-check.ts'

const mechanisms: readonly BearerMechanism[] = [xoauth2, oauthbearer]
const nobody: State = { name: 'not-authenticated' }
/** Gmail's limit for one account (Google, "Other mail clients"). */
const mostConnections = 15

interface Attempt {
  readonly mechanism: BearerMechanism
  /** As sent, in base64. */
  readonly response: string
  readonly initialResponse: boolean
}

/** AUTHENTICATE (RFC 3501 §6.2.2, RFC 4959), with the texts and challenges that Gmail was seen to send. */
export const authenticate = command('AUTHENTICATE', ['not-authenticated'], {
  secret: true,
  arguments(wire) {
    const mechanism = wire.sp().atom().toUpperCase()
    // RFC 4422 §3.1; anything longer may be a credential in the wrong place.
    if (!/^[A-Z0-9_-]{1,20}$/.test(mechanism)) wire.fail('auth-type')
    return { mechanism, response: wire.takes(' ') ? wire.remainder() : null }
  },
  shown: ({ mechanism, response }) => (response === null ? mechanism : `${mechanism} ‹initial response›`),
  run(_, { mechanism: name, response }, exchange) {
    if (name === 'PLAIN') return plain(response, exchange)
    const mechanism = mechanisms.find((known) => known.name === name)
    if (mechanism === undefined) return notOffered(exchange)
    if (response !== null) return answer({ mechanism, response, initialResponse: true }, exchange)
    if (!offered(mechanism, exchange)) return notOffered(exchange)
    return {
      kind: 'awaits',
      continuation: '',
      receive: (line) => answer({ mechanism, response: line, initialResponse: false }, exchange),
      closed: () => {},
    }
  },
})

const offered = ({ name }: BearerMechanism, { gmail }: Exchange): boolean => gmail.policy.mechanisms.includes(name)
const notOffered = (exchange: Exchange): Outcome =>
  done(nobody, no(`Unsupported authentication mechanism. ${exchange.opaqueId()}`))

function answer(attempt: Attempt, exchange: Exchange): Outcome {
  if (attempt.response === '*') return done(nobody, bad('Client aborted AUTHENTICATE command.'))
  const { form, message } = decodeBase64(attempt.response)
  const read = form === 'canonical' && message !== undefined ? attempt.mechanism.read(message) : undefined
  const record = (result: 'accepted' | 'refused', refusal?: AuthRefusal): void =>
    recordAttempt(attempt, { form, message, user: read?.user ?? '' }, exchange, { result, ...(refusal && { refusal }) })

  if (!offered(attempt.mechanism, exchange)) {
    record('refused')
    return notOffered(exchange)
  }
  if (read === undefined) {
    record('refused', 'malformed')
    return done(nobody, bad(`Invalid SASL argument. ${exchange.opaqueId()}`))
  }
  return decide(attempt, read, exchange, record)
}

function decide(
  attempt: Attempt,
  { user, token }: BearerMessage,
  exchange: Exchange,
  record: (result: 'accepted' | 'refused', refusal?: AuthRefusal) => void,
): Outcome {
  const { gmail } = exchange
  const verdict = checkToken(gmail, user, token)
  const challenge = (status: Status): Outcome => awaitChallengeReply(attempt, exchange, status)
  if (!verdict.accepted) {
    record('refused', verdict.refusal)
    return challenge(attempt.mechanism.failed(exchange.opaqueId()))
  }
  if (gmail.policy.imapDisabled.has(verdict.address.toLowerCase())) {
    record('refused', 'imap-disabled')
    return done(nobody, no(imapDisabled))
  }
  if (gmail.connectionsOf(verdict.address) >= mostConnections) {
    record('refused')
    // Seen after the error challenge, as if the token were bad.
    return challenge(no('[ALERT] Too many simultaneous connections. (Failure)'))
  }
  record('accepted')
  exchange.authenticated(verdict.address, verdict.expiresAt)
  exchange.untagged(`CAPABILITY ${capabilities(true, gmail.policy)}`)
  const store = gmail.storeOf(verdict.address)
  return done({ name: 'authenticated', store }, ok(`${verdict.address} authenticated (Success)`))
}

const imapDisabled =
  '[ALERT] IMAP access is disabled for your domain. Please contact your domain administrator for questions about this feature. (Failure)'

function recordAttempt(
  { mechanism, initialResponse }: Attempt,
  sent: { form: ReturnType<typeof decodeBase64>['form']; message: string | undefined; user: string },
  { tag, gmail, record }: Exchange,
  result: { result: 'accepted' | 'refused'; refusal?: AuthRefusal },
): void {
  const { text, token } = describeMessage(sent.message ?? '', gmail.secrets)
  record('imap.auth', {
    tag,
    mechanism: mechanism.name,
    initialResponse,
    saslIr: announcesSaslIr,
    user: gmail.secrets.mask(sent.user),
    token,
    message: text,
    base64: sent.form,
    ...result,
  })
}
