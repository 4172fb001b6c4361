import { beforeAll, describe, expect, test } from 'vitest'
import { Fault } from '../harness/model/fault.ts'
import type { Journal } from '../harness/model/observation.ts'
import type { Report } from '../harness/model/report.ts'
import { makePlan } from '../harness/plan.ts'
import { playAll } from '../harness/play-all.ts'
import { run } from '../harness/run.ts'
import type { ProgressEvent } from '../harness/play.ts'
import type { RunPorts, RunSettings } from '../harness/run-settings.ts'
import { catalogueVersion, checks } from './catalogue/index.ts'
import { scenarios } from './scenarios/index.ts'

/** The Vitest face of the catalogue: one test per check, judged on the reference client. */

const catalogue = { version: catalogueVersion, checks, scenarios }
const settings: RunSettings = {
  subject: {
    name: 'reference',
    kind: 'reference',
    module: new URL('../harness/subjects/reference/index.ts', import.meta.url).href,
    evidence: 'example',
  },
  configuration: { directory: new URL('../fixtures/clients/example', import.meta.url).pathname, evidence: 'example' },
  selection: { only: [], steps: [] },
  seed: 1,
  strict: true,
}
const ports: RunPorts = {
  progress: () => {},
  signal: new AbortController().signal,
  stopwatch: () => () => ({ startedAt: '2026-01-14T09:00:00.000Z', durationMs: 0 }),
}

describe('the reference client conforms', () => {
  let report: Report
  beforeAll(async () => {
    report = await run(settings, catalogue, ports)
  })

  test.each(checks.map(({ id, title, scenarios: [first] }) => ({ id, title, first })))(
    '$id: $title',
    ({ id, first }) => {
      const check = report.checks.find((judged) => judged.id === id)
      // One project cannot have everything that files can show; what a check of files misses there it says.
      if (first === 'configuration' && check?.verdict === 'inapplicable') expect(check.reason).toMatch(/\w/)
      else expect(check).toMatchObject({ verdict: 'pass' })
    },
  )

  test('every step has evidence', () => {
    expect(report.steps.map(({ number, verdict }) => `${number} ${verdict}`)).toEqual(
      Array.from({ length: 12 }, (_, index) => `${index + 1} pass`),
    )
  })
})

/** Consent, expiry, refresh and sign-out, with the mail on a server that nobody here wrote. */
async function reportOnGreenMail(): Promise<Report | Fault> {
  const lifecycle = scenarios.filter(({ id }) => id === 'lifecycle')
  const its = checks.filter((check) => check.scenarios.includes('lifecycle')).map(({ id }) => id)
  const asked: RunSettings = { ...settings, mailbox: { kind: 'greenmail' }, selection: { only: its, steps: [] } }
  const progress = (event: ProgressEvent): void => {
    if (event.event === 'preparing') console.log(event.told)
  }
  try {
    return await run(asked, { ...catalogue, scenarios: lifecycle }, { ...ports, progress })
  } catch (error) {
    if (error instanceof Fault && error.code === 'MAILBOX_SERVER_UNAVAILABLE') return error
    throw error
  }
}

const onGreenMail = await reportOnGreenMail()
const absent = onGreenMail instanceof Fault ? `${onGreenMail.message} ${onGreenMail.hint}` : ''
if (absent !== '') console.warn(`The lifecycle was not played on GreenMail. ${absent}`)

/** None where it could not be played, unless it has to be. */
const played = onGreenMail instanceof Fault ? [] : [onGreenMail]
const required = process.env['REQUIRE_CONTAINERS'] === '1' ? [absent] : []
const verdicts = played.flatMap(({ checks: judged }) =>
  judged.map(({ id, title, verdict }) => ({ id, title, verdict })),
)

test.each(required)('the lifecycle on GreenMail is played, because REQUIRE_CONTAINERS says so', (reason) => {
  expect(reason).toBe('')
})

test.each(verdicts)('the lifecycle on GreenMail > $id: $title', ({ verdict }) => {
  expect(verdict).toBe('pass')
})

test.each(played)('the report tells that GreenMail held the mail', ({ environment }) => {
  expect(environment).toMatchObject({
    mailbox: 'greenmail',
    mailboxImage: expect.stringContaining('greenmail'),
    mailboxDigest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
  })
})

describe('what crosses a door does not depend on the door', () => {
  let journals: readonly Journal[]
  beforeAll(async () => {
    const lifecycle = scenarios.filter(({ id }) => id === 'lifecycle')
    const { plays } = makePlan({ only: ['authz/pkce-s256'], steps: [] }, { ...catalogue, scenarios: lifecycle })
    journals = (await playAll(plays, settings, ports)).plays.map(({ journal }) => journal)
  })

  test('the lifecycle is played through interception and through TLS', () => {
    expect(journals.map(({ door }) => door)).toEqual(['interception', 'tls'])
  })

  /** Sockets exist at one door only, and each runtime's fetch adds headers of its own. */
  const told = ({ observations }: Journal) =>
    observations
      .filter(({ stream }) => stream !== 'tls')
      .map(({ fields, ...rest }) => JSON.stringify({ ...rest, fields: { ...fields, headers: undefined } }))
      .toSorted()

  test('both journals are equal', () => {
    const [interception, tls] = journals
    expect(told(interception!)).toEqual(told(tls!))
  })
})
