import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MailboxServer } from '../mocks/mailbox-servers/mailbox-server.ts'
import { openDovecot } from '../mocks/mailbox-servers/dovecot.ts'
import { type Journal, all } from './model/observation.ts'
import { scenario } from './model/scenario.ts'
import { referenceStage } from './reference-story.fixture.ts'

/** The same story on a mail store of our own and on Dovecot behind the front: what checks look at is the same. */

const journalOf = referenceStage()
const minute = 60_000
let server: MailboxServer

beforeAll(async () => void (server = await openDovecot()))
afterAll(() => server[Symbol.asyncDispose]())

const story = scenario({
  id: 'mailbox-server',
  title: 'From consent to sign-out, with a session that Gmail ends',
  stage: 'worker',
  doors: ['tls'],
  async play({ account, clock, gmail, perform }) {
    const folder = 'INBOX'
    await perform({ act: 'sign-in', account })
    gmail.offer(['XOAUTH2'])
    await perform({ act: 'check-mail', account, folder })
    gmail.offer(['XOAUTH2', 'OAUTHBEARER'])
    await perform({ act: 'read', account, folder, uid: 1 })
    await perform({ act: 'watch', account, folder })
    await clock.advance(61 * minute)
    gmail.deliver(account, 'plain.eml')
    await perform({ act: 'check-mail', account, folder })
    await perform({ act: 'sign-out', account })
  },
})

const outcomes = (journal: Journal) =>
  all(journal, 'subject.op.end').map(({ fields }) => [fields.act.act, fields.outcome])
const fieldsOf = <T extends 'subject.delivered' | 'imap.bye' | 'imap.idle' | 'imap.flags' | 'imap.auth'>(
  journal: Journal,
  type: T,
) => all(journal, type).map(({ fields }) => fields)
const idles = (journal: Journal) => fieldsOf(journal, 'imap.idle').map(({ event }) => event)
/** Commands, but for those that a client sends or leaves out by what the server can do. */
const commands = (journal: Journal) =>
  all(journal, 'imap.cmd').flatMap(({ fields: { verb, problem, state } }) =>
    ['SELECT', 'EXAMINE', 'AUTHENTICATE', 'IDLE'].includes(verb) ? [[verb, state, problem]] : [],
  )

test('the reference lives on Dovecot as it does on a mail store of our own', async () => {
  const own = await journalOf(story)
  const behind = await journalOf(story, 'tls', server)
  expect(all(behind, 'scenario.end')[0]?.fields).toEqual({ completed: true })
  expect(all(behind, 'imap.server.failed')).toEqual([])
  expect(outcomes(behind)).toEqual(outcomes(own))
  expect(outcomes(behind).every(([, outcome]) => outcome === 'done')).toBe(true)
  const delivered = (journal: Journal) =>
    fieldsOf(journal, 'subject.delivered').map(({ folder, uid, expected, sha256 }) => ({
      folder,
      uid,
      expected,
      sha256,
    }))
  expect(delivered(behind)).toEqual(delivered(own))
  expect(delivered(own).some(({ expected }) => expected === 'same-bytes')).toBe(true)
  for (const type of ['imap.bye', 'imap.flags'] as const) expect(fieldsOf(behind, type)).toEqual(fieldsOf(own, type))
  expect(fieldsOf(behind, 'imap.bye')).toContainEqual({ reason: 'session-expired' })
  expect(idles(behind)).toEqual(idles(own))
  expect(idles(own).length).toBeGreaterThan(1)
  expect(fieldsOf(behind, 'imap.auth').map(({ mechanism, result }) => [mechanism, result])).toEqual(
    fieldsOf(own, 'imap.auth').map(({ mechanism, result }) => [mechanism, result]),
  )
  expect(commands(behind)).toEqual(commands(own))
})
