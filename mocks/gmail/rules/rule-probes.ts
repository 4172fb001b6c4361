import type { RsRule } from '../../../harness/model/observation.ts'
import type { Answer, Probing } from './probing-session.ts'

/** Where the stories play: in this process, or at a server of somebody else's. */
export interface Ground {
  /** A new connection. */
  connect(): Probing | Promise<Probing>
  /** A new connection that has selected the inbox, in which six messages lie or more. */
  select(): Probing | Promise<Probing>
  /** A SASL message that opens the mailbox, in base64. */
  readonly message: string
}

export interface RuleProbe {
  readonly rule: RsRule
  /** What the server answered where the rule binds it, and beside that. */
  play(ground: Ground): Promise<{ readonly rule: Answer; readonly control: Answer }>
}

const signIn = 'AUTHENTICATE XOAUTH2'

/** RFC 3501 §7.4.1: another session removes a message; this one may hear of it before the end of no such command. */
const noExpungeDuring = (rule: RsRule, command: string): RuleProbe => ({
  rule,
  async play({ select }) {
    const session = await select()
    const { untagged } = await session.say('FETCH 2 UID')
    const [, uid = ''] = /UID (\d+)/.exec(untagged[0] ?? '') ?? []
    const other = await select()
    await other.say(`UID MOVE ${uid} "[Gmail]/Trash"`)
    return { rule: await session.say(command), control: await session.say('NOOP') }
  },
})

/** Each rule that the standards set for the server of a mailbox, with a story that puts it to the test. */
export const ruleProbes: readonly RuleProbe[] = [
  // RFC 4959 §3: a client need not send an initial response.
  {
    rule: 'initial-response-optional',
    play: async ({ connect, message }) => ({
      rule: await (await connect()).say(signIn, message),
      control: await (await connect()).say(`${signIn} ${message}`),
    }),
  },
  // RFC 3501 §6.2.2, RFC 4959 §3: BAD for what cannot be decoded.
  {
    rule: 'base64-strict',
    play: async ({ connect, message }) => ({
      rule: await (await connect()).say(signIn, `${message.slice(0, 8)}!${message.slice(8)}`),
      control: await (await connect()).say(signIn, message),
    }),
  },
  // RFC 3501 §2.3.1.1: strictly ascending, and new messages get higher ones.
  {
    rule: 'uids-ascending',
    async play({ select }) {
      const session = await select()
      const control = await session.say('FETCH 1:* (UID)')
      await session.say('APPEND INBOX {14}', 'Subject: new\r\n')
      return { rule: await session.say('FETCH 1:* (UID)'), control }
    },
  },
  noExpungeDuring('no-expunge-during-fetch', 'FETCH 1 FLAGS'),
  noExpungeDuring('no-expunge-during-store', 'STORE 1 +FLAGS (\\Flagged)'),
  noExpungeDuring('no-expunge-during-search', 'SEARCH ALL'),
  // RFC 9051 §6.2.1.
  {
    rule: 'starttls-refused-inside-tls',
    async play({ connect }) {
      const session = await connect()
      return { rule: await session.say('STARTTLS'), control: await session.say('NOOP') }
    },
  },
]
