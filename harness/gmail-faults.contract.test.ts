import { expect, test } from 'vitest'
import type { ImapFault } from './model/imap-fault.ts'
import { type Journal, all } from './model/observation.ts'
import { type GmailDirector, scenario } from './model/scenario.ts'
import { referenceStage } from './reference-story.fixture.ts'

/** Whole stories on the real route: the reference meets a Gmail that misbehaves, or a port that is not Gmail's. */

const journalOf = referenceStage()

/** Looks at the mailbox before, while and after something is the matter with Gmail. */
const looking = (
  id: string,
  befall: (gmail: GmailDirector, account: string) => void,
  mend = (_: GmailDirector) => {},
) =>
  scenario({
    id,
    title: 'Something is the matter with Gmail',
    stage: 'worker',
    doors: ['tls'],
    async play({ account, gmail, perform, phase }) {
      const check = { act: 'check-mail', account, folder: 'INBOX' } as const
      await perform({ act: 'sign-in', account })
      await perform(check)
      phase('befallen')
      befall(gmail, account)
      await perform(check)
      phase('mended')
      gmail.clearFaults()
      gmail.secure('tls')
      gmail.refuse(account, null)
      gmail.throttle(account, null)
      mend(gmail)
      await perform(check)
    },
  })

const outcomes = (journal: Journal) => all(journal, 'subject.op.end').map(({ fields }) => fields.outcome)
const during = (journal: Journal, type: 'imap.cmd' | 'imap.auth' | 'fault.fired') =>
  all(journal, type).filter(({ phase }) => phase === 'befallen').length

const faults: readonly (readonly [string, ImapFault['at'], ImapFault['effect'], string])[] = [
  ['no greeting', 'connection', { kind: 'end' }, 'transient'],
  ['a greeting that never comes', 'connection', { kind: 'silence' }, 'transient'],
  ['BYE in place of the greeting', 'connection', { kind: 'refuse', refusal: 'unavailable' }, 'transient'],
  ['OK, then BYE', 'after AUTHENTICATE', { kind: 'end', bye: 'System Error' }, 'transient'],
  ['a literal that is cut', 'literal', { kind: 'end', octets: 10 }, 'failed'],
  ['octet by octet', 'connection', { kind: 'trickle', octets: 1 }, 'done'],
  ['late messages', 'command UID FETCH', { kind: 'wait', milliseconds: 2_000 }, 'done'],
  ['what nobody knows', 'answer *', { kind: 'say', lines: ['* XFOO (a)', '* OK [XCODE a b] odd'] }, 'done'],
]

test.each(faults)('the reference meets %s', async (name, at, effect, outcome) => {
  const fault = { name, at, effect, occurrence: 'every' } as ImapFault
  const journal = await journalOf(looking(`fault-${name.replaceAll(/\W+/g, '-')}`, (gmail) => gmail.fault(fault)))
  expect(outcomes(journal)).toEqual(['done', 'done', outcome, 'done'])
  expect(during(journal, 'fault.fired')).toBeGreaterThan(0)
  expect(all(journal, 'scenario.end')[0]?.fields).toEqual({ completed: true })
})

test.each(['unknown-authority', 'wrong-name', 'expired', 'tls-1.1', 'stalled-handshake', 'clear'] as const)(
  'the reference says nothing to a port that is %s',
  async (security) => {
    const journal = await journalOf(looking(`port-${security}`, (gmail) => gmail.secure(security)))
    expect(outcomes(journal)).toEqual(['done', 'done', 'transient', 'done'])
    expect(during(journal, 'imap.cmd')).toBe(0)
  },
)

test.each([
  ['too-many-connections', 'configuration'],
  ['imap-not-enabled', 'configuration'],
  ['unavailable', 'transient'],
  ['overquota-bye', 'transient'],
] as const)('the reference is refused: %s', async (refusal, outcome) => {
  const journal = await journalOf(looking(`refused-${refusal}`, (gmail, account) => gmail.refuse(account, refusal)))
  expect(outcomes(journal)).toEqual(['done', 'done', outcome, 'done'])
  expect(all(journal, 'imap.auth').some(({ fields }) => fields.refusal === refusal)).toBe(true)
})

test('the reference reads on in a throttled account', async () => {
  const journal = await journalOf(looking('throttled', (gmail, account) => gmail.throttle(account, 0)))
  expect(outcomes(journal)).toEqual(['done', 'done', 'done', 'done'])
  expect(all(journal, 'imap.line.out').some(({ fields }) => fields.line.endsWith('[THROTTLED]'))).toBe(true)
})

test('a session that Gmail ends early and without a word is opened again', async () => {
  const minute = 60_000
  const journal = await journalOf(
    scenario({
      id: 'silent-end',
      title: 'Gmail ends a session early, without BYE',
      stage: 'worker',
      doors: ['tls'],
      async play({ account, clock, gmail, perform, phase }) {
        await perform({ act: 'sign-in', account })
        await perform({ act: 'watch', account, folder: 'INBOX' })
        gmail.sessionEnd({ beforeExpiry: 50 * minute, bye: false })
        phase('early')
        await clock.advance(11 * minute)
      },
    }),
  )
  expect(all(journal, 'imap.bye').map(({ fields }) => fields.reason)).not.toContain('session-expired')
  expect(all(journal, 'imap.conn.close').map(({ fields }) => fields.cause)).toContain('session-expired')
  expect(all(journal, 'imap.auth').filter(({ phase }) => phase === 'early').length).toBeGreaterThan(0)
})
