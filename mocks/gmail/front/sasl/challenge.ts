import type { ChallengeReply } from '../../../../harness/model/observation.ts'
import type { Exchange } from '../../command.ts'
import { type Outcome, type State, type Status, bad, done } from '../../state.ts'
import { describeMessage } from './evidence.ts'
import { type BearerMechanism, decodeBase64 } from './mechanism.ts'

const nobody: State = { name: 'not-authenticated' }

/** Sends the error challenge; whatever the client replies, the command then ends with `status`, or BAD for `*`. */
export function awaitChallengeReply(
  { mechanism, response }: { readonly mechanism: BearerMechanism; readonly response: string },
  exchange: Exchange,
  status: Status,
): Outcome {
  const { tag, record } = exchange
  record('imap.challenge', { tag, mechanism: mechanism.name, json: mechanism.errorChallenge })
  const recordReply = (reply: ChallengeReply, text: string): void =>
    record('imap.challenge.reply', { tag, mechanism: mechanism.name, reply, text })
  return {
    kind: 'awaits',
    continuation: btoa(mechanism.errorChallenge),
    receive(line) {
      const reply = replyOf(line, response)
      recordReply(reply, shown(reply, line, exchange))
      return done(nobody, reply === 'cancel' ? bad('Client aborted AUTHENTICATE command.') : status)
    },
    closed: () => recordReply('closed', ''),
  }
}

function replyOf(line: string, response: string): ChallengeReply {
  if (line === '') return 'empty'
  if (line === 'AQ==') return 'x01'
  if (line === '*') return 'cancel'
  return line === response ? 'resend' : 'other'
}

/** Only what can hold no secret is shown as it was sent. */
function shown(reply: ChallengeReply, line: string, { gmail }: Exchange): string {
  if (reply === 'resend') return '‹the same message›'
  if (reply !== 'other') return line
  const { message } = decodeBase64(line)
  return message === undefined ? `‹${line.length} octets›` : describeMessage(message, gmail.secrets).text
}
