import type { ImapAlteration } from '../../../harness/model/alteration.ts'
import type { MockWorld } from '../../mock-world.ts'
import type { NewMessage } from '../core/message.ts'
import { createGmail } from '../gmail.ts'
import { octetsOf } from '../wire/command-stream.ts'
import { ProbingSession } from './probing-session.ts'
import { type Ground, ruleProbes } from './rule-probes.ts'

const mailScope = 'https://mail.google.com/'
const tokenShape = {
  prefix: 'ya29.',
  length: 60,
  alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
}

const messages = (now: number): NewMessage[] =>
  Array.from({ length: 6 }, (_, index) => ({
    bytes: octetsOf(`Subject: ${index + 1}\r\n\r\n`),
    labels: ['\\Inbox'],
    flags: [],
    internalDate: now,
  }))

/**
 * Asks a Gmail of the same making, with an account of its own for each story, what it does where the standards bind a
 * server, and records what it answered.
 */
export async function probeImapRules(world: MockWorld, alteration: ImapAlteration = (serve) => serve): Promise<void> {
  const { secrets, clock } = world
  const accounts = new Map(
    ruleProbes.map(({ rule }) => [secrets.mint('access-token', tokenShape), `${rule}@example.com`] as const),
  )
  const gmail = createGmail(world, {
    lookup(token) {
      const address = accounts.get(token)
      if (address === undefined) return { status: 'unknown' }
      return { status: 'live', address, scopes: [mailScope], expiresAt: clock.now() + 3_600_000 }
    },
    mailboxes: Object.fromEntries([...accounts.values()].map((address) => [address, messages(clock.now())])),
  })
  const serve = alteration((outlet) => gmail.serve(outlet))
  const connect = (): ProbingSession => new ProbingSession(serve)
  const grounds = [...accounts].map(([token, address]) => groundOf(connect, token, address))
  await recordProbes(world, grounds)
  gmail.close()
}

/** Plays each story on a ground of its own, and records what was answered. */
export async function recordProbes(
  { journal, secrets }: Pick<MockWorld, 'journal' | 'secrets'>,
  grounds: readonly Ground[],
): Promise<void> {
  for (const [index, { rule, play }] of ruleProbes.entries()) {
    const answers = await play(grounds[index]!)
    for (const story of ['control', 'rule'] as const) {
      const { tagged, untagged } = answers[story]
      journal.record('mailbox', 'rs.probe', { rule, story, tagged, untagged: untagged.map(secrets.mask) })
    }
  }
}

function groundOf(connect: () => ProbingSession, token: string, address: string): Ground {
  const message = btoa(`user=${address}\x01auth=Bearer ${token}\x01\x01`)
  return {
    connect,
    message,
    select() {
      const session = connect()
      session.say(`AUTHENTICATE XOAUTH2 ${message}`)
      session.say('SELECT INBOX')
      return session
    },
  }
}
