import { expect, test } from 'vitest'
import { type Journal, all } from './model/observation.ts'
import type { TransportFault } from './model/response-fault.ts'
import { type Scenario, scenario } from './model/scenario.ts'
import { referenceStage } from './reference-story.fixture.ts'

/** Whole stories on the real route: the reference meets answers that break on their way. */

const journalOf = referenceStage()

/** Signs in, and meets the fault at the first refresh and none at the second. */
const refreshing = (transport: TransportFault): Scenario =>
  scenario({
    id: `refresh-meets-${transport.kind}`,
    title: 'The answer to a refresh breaks on its way',
    stage: 'worker',
    doors: ['tls'],
    async play({ account, clock, google, perform, phase }) {
      const check = { act: 'check-mail', account, folder: 'INBOX' } as const
      await perform({ act: 'sign-in', account })
      await clock.advance(3_600_000)
      phase('fault')
      google.fault({ name: transport.kind, endpoint: 'token-endpoint', occurrence: 1, transport })
      await perform(check)
      phase('afterwards')
      await perform(check)
    },
  })

const outcomes = (journal: Journal) => all(journal, 'subject.op.end').map(({ fields }) => fields.outcome)

test.each([
  [{ kind: 'huge-body', octets: 3_000_000 }, ['done', 'done', 'done'], 200],
  [{ kind: 'truncation', after: 40 }, ['done', 'transient', 'done'], 200],
  [{ kind: 'reset' }, ['done', 'transient', 'done'], 0],
] as const)('the reference lives with %o', async (transport, expected, status) => {
  const journal = await journalOf(refreshing(transport))
  expect(outcomes(journal)).toEqual(expected)
  const [answer, ...others] = all(journal, 'http.response').filter(({ fields }) => fields.transport !== undefined)
  expect([answer?.fields, others]).toMatchObject([{ status, transport: transport.kind }, []])
  expect(all(journal, 'fault.fired')).toHaveLength(1)
})

test('a drip takes the world’s time, whether an act waits for it or the scenario goes on meanwhile', async () => {
  const transport = { kind: 'drip', octets: 400, every: 1_000 } as const
  const meanwhile = scenario({
    ...refreshing(transport),
    async play({ account, clock, google, perform, together }) {
      await perform({ act: 'sign-in', account })
      await clock.advance(3_600_000)
      google.fault({ name: 'drip', endpoint: 'token-endpoint', occurrence: 1, transport })
      await together([{ act: 'check-mail', account, folder: 'INBOX' }], () => clock.advance(10_000))
    },
  })
  const waits: number[] = []
  for (const story of [refreshing(transport), meanwhile]) {
    const journal = await journalOf({ ...story, id: `drip-${waits.length}` })
    const [answered] = all(journal, 'http.response').filter(({ fields }) => fields.transport === 'drip')
    const used = all(journal, 'imap.auth').find(({ at }) => at >= answered!.at)
    waits.push((used!.at - answered!.at) / 1_000)
  }
  expect(waits[0]).toBeGreaterThanOrEqual(1)
  expect(waits).toEqual([Math.floor(waits[0]!), waits[0]])
})

test('where there is no TLS door the scenario ends, and says why', async () => {
  const journal = await journalOf(refreshing({ kind: 'reset' }), 'interception')
  expect(all(journal, 'scenario.end').map(({ fields }) => fields)).toEqual([
    {
      completed: false,
      reason:
        'fault “reset”: a transport fault needs the TLS door, and this world has none; play the scenario at “tls” only',
    },
  ])
})
