import type { ChallengeReply } from '../../../../harness/model/observation.ts'
import type { Exchange } from '../../command.ts'
import { type Outcome, type State, type Status, done } from '../../state.ts'
import { statusNamed } from '../words.ts'
import { describeMessage } from './evidence.ts'
import { type BearerMechanism, decodeBase64 } from './mechanism.ts'

const nobody: State = { name: 'not-authenticated' }

/** Sends the error challenge; whatever the client replies, the command then goes on to its end, or to BAD for `*`. */
export function awaitChallengeReply(
  { mechanism, response }: { readonly mechanism: BearerMechanism; readonly response: string },
  exchange: Exchange,
  end: () => Outcome,
): Outcome {
  const { tag, record, gmail, opaqueId } = exchange
  const json = mechanism.errorChallenge(gmail.policy.switches)
  /** Epoch milliseconds; undefined as long as the client does not know the challenge. */
  let sentAt: number | undefined
  const recordReply = (reply: ChallengeReply, text: string): void => {
    if (sentAt === undefined) return
    record('imap.challenge.reply', { tag, mechanism: mechanism.name, reply, text, after: gmail.clock.now() - sentAt })
  }
  return {
    kind: 'awaits',
    point: 'challenge',
    continuation: btoa(json),
    asked(by) {
      sentAt = gmail.clock.now()
      record('imap.challenge', { tag, mechanism: mechanism.name, json: by === 'rules' ? json : '‹another one›' })
    },
    receive(line) {
      const reply = replyOf(line, response)
      recordReply(reply, shown(reply, line, exchange))
      return reply === 'cancel' ? done(nobody, cancelled(opaqueId())) : end()
    },
    closed: (by) => recordReply(by === 'client' ? 'closed' : 'silence', ''),
  }
}

/** RFC 3501 §6.2.2: a lone `*` cancels the exchange. */
export const cancelled = (id: string): Status => statusNamed('sasl-cancelled', { id })

function replyOf(line: string, response: string): ChallengeReply {
  if (line === '') return 'empty'
  if (line === 'AQ==') return 'x01'
  if (line === '\x01') return 'raw-x01'
  if (line === '*') return 'cancel'
  return line === response ? 'resend' : 'other'
}

/** Only what can hold no secret is shown as it was sent. */
function shown(reply: ChallengeReply, line: string, { gmail }: Exchange): string {
  if (reply === 'resend') return '‹the same message›'
  if (reply === 'raw-x01') return '^A'
  if (reply !== 'other') return line
  const { message } = decodeBase64(line)
  return message === undefined ? `‹${line.length} octets›` : describeMessage(message, gmail.secrets).text
}
