import { expect, test } from 'vitest'
import { imap as countsDownwards } from '../../../fixtures/counterexamples/mocks/mock-counts-uids-downwards.ts'
import { imap as expungesInASearch } from '../../../fixtures/counterexamples/mocks/mock-expunges-in-a-search.ts'
import { imap as readsAnyBase64 } from '../../../fixtures/counterexamples/mocks/mock-reads-any-base64.ts'
import { imap as takesStartTls } from '../../../fixtures/counterexamples/mocks/mock-takes-starttls-inside-tls.ts'
import { imap as wantsAnInitialResponse } from '../../../fixtures/counterexamples/mocks/mock-wants-an-initial-response.ts'
import { createClock } from '../../../harness/clock.ts'
import { openJournal } from '../../../harness/journal.ts'
import type { ImapAlteration } from '../../../harness/model/alteration.ts'
import { type Observed, all, rsRules } from '../../../harness/model/observation.ts'
import { createRandom } from '../../../harness/random.ts'
import { openSecrets } from '../../../harness/secrets.ts'
import { probeImapRules } from './probe-rules.ts'

type Probe = Readonly<Observed['rs.probe']>

async function probe(alteration?: ImapAlteration) {
  const clock = createClock(Date.UTC(2026, 0, 14, 9))
  const random = createRandom(1)
  const secrets = openSecrets(random)
  const recorder = openJournal({ scenario: 'rs-rules', door: 'interception', seed: 1 }, clock.elapsed)
  await probeImapRules({ journal: recorder, secrets, clock, random }, alteration)
  const journal = recorder.seal()
  return { journal, secrets, told: all(journal, 'rs.probe').map(({ fields }) => fields) }
}

const uids = ({ untagged }: Probe): readonly (string | undefined)[] =>
  untagged.map((line) => /UID (\d+)/.exec(line)?.[1])

test('asks about every rule, in a story that puts it at stake and in one beside it', async () => {
  const { told } = await probe()
  expect(told.map(({ rule, story }) => `${rule} ${story}`)).toEqual(
    rsRules.flatMap((rule) => [`${rule} control`, `${rule} rule`]),
  )
  const answers = Object.fromEntries(told.map((one) => [`${one.rule} ${one.story}`, one]))
  const tagged = (name: string): string | null | undefined => answers[name]?.tagged
  expect(tagged('initial-response-optional rule')).toBe('OK')
  expect([tagged('base64-strict control'), tagged('base64-strict rule')]).toEqual(['OK', 'BAD'])
  expect(uids(answers['uids-ascending control']!)).toEqual(['1', '2', '3', '4', '5', '6'])
  expect(uids(answers['uids-ascending rule']!)).toEqual(['1', '2', '3', '4', '5', '6', '7'])
  for (const verb of ['fetch', 'store', 'search']) {
    expect(answers[`no-expunge-during-${verb} rule`]?.untagged.join()).not.toContain('EXPUNGE')
    expect(answers[`no-expunge-during-${verb} control`]?.untagged).toContain('2 EXPUNGE')
  }
  expect(tagged('starttls-refused-inside-tls rule')).toBe('BAD')
})

test('numbers its connections, and shows no token', async () => {
  const { journal, secrets } = await probe()
  const connections = all(journal, 'imap.conn.open').map(({ fields }) => fields.connection)
  expect(connections).toEqual(connections.map((_, index) => index + 1))
  expect(secrets.scanner.scanText(JSON.stringify(journal))).toEqual([])
})

test.each([
  ['initial-response-optional', wantsAnInitialResponse],
  ['base64-strict', readsAnyBase64],
  ['uids-ascending', countsDownwards],
  ['no-expunge-during-search', expungesInASearch],
  ['starttls-refused-inside-tls', takesStartTls],
] as const)('a mock that breaks %s answers otherwise there', async (rule, alteration) => {
  const { told: honest } = await probe()
  const { told } = await probe(alteration)
  const otherwise = told.filter((one, index) => {
    const { tagged, untagged } = honest[index]!
    return one.tagged !== tagged || one.untagged.join() !== untagged.join()
  })
  expect(otherwise.map((one) => one.rule)).toContain(rule)
})
