import type { RsRule } from '../../../harness/model/observation.ts'
import type { Answer, ProbingSession } from './probing-session.ts'

/** Where the stories play. */
export interface Ground {
  /** A new connection. */
  connect(): ProbingSession
  /** A new connection that has selected the inbox, in which six messages lie or more. */
  select(): ProbingSession
  /** A SASL message that opens the mailbox, in base64. */
  readonly message: string
}

export interface RuleProbe {
  readonly rule: RsRule
  /** What the server answered where the rule binds it, and beside that. */
  play(ground: Ground): { readonly rule: Answer; readonly control: Answer }
}

const signIn = 'AUTHENTICATE XOAUTH2'

/** RFC 3501 §7.4.1: another session removes a message; this one may hear of it before the end of no such command. */
const noExpungeDuring = (rule: RsRule, command: string): RuleProbe => ({
  rule,
  play({ select }) {
    const session = select()
    const [, uid = ''] = /UID (\d+)/.exec(session.say('FETCH 2 UID').untagged[0] ?? '') ?? []
    select().say(`UID MOVE ${uid} "[Gmail]/Trash"`)
    return { rule: session.say(command), control: session.say('NOOP') }
  },
})

/** Each rule that the standards set for the server of a mailbox, with a story that puts it to the test. */
export const ruleProbes: readonly RuleProbe[] = [
  // RFC 4959 §3: a client need not send an initial response.
  {
    rule: 'initial-response-optional',
    play: ({ connect, message }) => ({
      rule: connect().say(signIn, message),
      control: connect().say(`${signIn} ${message}`),
    }),
  },
  // RFC 3501 §6.2.2, RFC 4959 §3: BAD for what cannot be decoded.
  {
    rule: 'base64-strict',
    play: ({ connect, message }) => ({
      rule: connect().say(signIn, `${message.slice(0, 8)}!${message.slice(8)}`),
      control: connect().say(signIn, message),
    }),
  },
  // RFC 3501 §2.3.1.1: strictly ascending, and new messages get higher ones.
  {
    rule: 'uids-ascending',
    play({ select }) {
      const session = select()
      const control = session.say('FETCH 1:* (UID)')
      session.say('APPEND INBOX {14}', 'Subject: new\r\n')
      return { rule: session.say('FETCH 1:* (UID)'), control }
    },
  },
  noExpungeDuring('no-expunge-during-fetch', 'FETCH 1 FLAGS'),
  noExpungeDuring('no-expunge-during-store', 'STORE 1 +FLAGS (\\Flagged)'),
  noExpungeDuring('no-expunge-during-search', 'SEARCH ALL'),
  // RFC 9051 §6.2.1.
  {
    rule: 'starttls-refused-inside-tls',
    play({ connect }) {
      const session = connect()
      return { rule: session.say('STARTTLS'), control: session.say('NOOP') }
    },
  },
]
