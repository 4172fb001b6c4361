import { expect, test } from 'vitest'
import { type Journal, all } from './model/observation.ts'
import type { TransportFault } from './model/response-fault.ts'
import { type Scenario, scenario } from './model/scenario.ts'
import { type TlsSecurity, certificateFlaws, oldVersions } from './model/tls-security.ts'
import { referenceStage } from './reference-story.fixture.ts'

/** Whole stories on the real route: the reference meets answers that break on their way, and servers that are not Google. */

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

/** The token has expired when Google's port turns bad, and it turns good again for a second attempt. */
const shaking = (security: TlsSecurity): Scenario =>
  scenario({
    id: `refresh-meets-${security}`,
    title: 'A refresh meets a server that cannot be trusted',
    stage: 'worker',
    doors: ['tls'],
    async play({ account, clock, google, perform, phase }) {
      const check = { act: 'check-mail', account, folder: 'INBOX' } as const
      await perform({ act: 'sign-in', account })
      await clock.advance(3_600_000)
      phase('fault')
      google.secure(security)
      await perform(check)
      phase('afterwards')
      google.secure('tls')
      await perform(check)
    },
  })

test.each([...certificateFlaws, ...oldVersions])(
  'the reference sends nothing to a server whose TLS is bad: %s',
  async (security) => {
    const journal = await journalOf(shaking(security))
    expect(outcomes(journal)).toEqual(['done', 'transient', 'done'])
    const asked = all(journal, 'http.request').filter(({ stream }) => stream === 'token-endpoint')
    expect(asked.map(({ phase }) => phase)).toEqual(['start', 'afterwards'])
    const met = all(journal, 'tls.hello').filter(({ phase, fields }) => phase === 'fault' && fields.server === 'google')
    expect(met.length).toBeGreaterThan(0)
    expect(new Set(met.map(({ fields }) => fields.sni))).toEqual(new Set(['oauth2.googleapis.com']))
  },
)

test('where there is no TLS door no port can be secured otherwise, and the scenario says so', async () => {
  const journal = await journalOf(shaking('expired'), 'interception')
  expect(all(journal, 'scenario.end').map(({ fields }) => fields)).toEqual([
    {
      completed: false,
      reason:
        'a port that is secured by “expired” needs the TLS door, and this world has none; play the scenario at “tls” only',
    },
  ])
})
