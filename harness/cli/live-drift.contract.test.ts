import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { alteredJson } from '../../fixtures/counterexamples/observations/altered-json.ts'
import { compare } from '../live/drift/compare.ts'
import { makeRecording, readRecording } from '../live/drift/recording.ts'
import { driftAreas } from '../model/drift.ts'
import { runtime } from '../runtime/runtime.ts'
import { type FarWorld, openFarWorld } from './far-world.fixture.ts'
import { type Drifted, type Row, placeOf, playDrift, unseen } from './live-drift.fixture.ts'
import { type PlantedDrift, plantedDrifts, says } from './live-planted-drifts.fixture.ts'
import { googleExpectations } from './live/expectations.ts'

/** The real live parts, played against the mocks: they, the fixtures and what is expected cannot part unseen. */

const node = runtime().name === 'node'
/** Libraries of other runtimes may not be able to ask for what nobody should agree to. */
const unaskable = (place: string): boolean => !node && /^imap-tls\/\w+-TLSv1(?:\.1)?$/.test(place)

const unknownIn = ({ rows }: Drifted): readonly Row[] => rows.filter(({ state }) => state === 'unknown')
const verdictsOf = ({ report }: Drifted): Readonly<Record<string, string>> =>
  Object.fromEntries(report.checks.map(({ id, verdict }) => [id, verdict]))
const passed = Object.fromEntries(driftAreas.map((area) => [`drift/${area}`, 'pass']))

describe('the mocks, the fixtures and what is expected', () => {
  let far: FarWorld
  let played: Drifted
  beforeAll(async () => {
    far = await openFarWorld()
    played = await playDrift(far)
  })
  afterAll(() => far[Symbol.asyncDispose]())

  test('agree in every look, and each is made', () => {
    expect(unknownIn(played)).toEqual([])
    expect(unseen(played).filter((place) => !unaskable(place))).toEqual([])
    expect(verdictsOf(played)).toEqual(passed)
    const places = new Set(played.rows.map(placeOf))
    expect([...places].toSorted()).toEqual(googleExpectations.looks.map(placeOf).toSorted())
  })

  test('differ as is known, with its day', () => {
    expect(played.report.live!.drift).toEqual(
      ['openid-configuration', 'oauth-authorization-server'].map((look) =>
        expect.objectContaining({
          ...{ look, fact: 'authorization_response_iss_parameter_supported', state: 'known' },
          ...{ expected: null, observed: 'true', since: '2026-08-07' },
        }),
      ),
    )
  })

  test('would not agree if anything else were expected', () => {
    const made = new Set(played.looks.map(placeOf))
    for (const look of googleExpectations.looks)
      for (const [fact, value] of Object.entries(look.facts)) {
        const looks = [{ ...look, facts: { ...look.facts, [fact]: `${value}, once` } }]
        const rows = compare(played.looks, { looks, known: [] }).filter((row) => placeOf(row) === placeOf(look))
        const unknown = rows.filter(({ state }) => state === 'unknown').map((row) => row.fact)
        expect(unknown.filter((name) => name !== 'authorization_response_iss_parameter_supported')).toEqual(
          made.has(placeOf(look)) ? [fact] : [],
        )
      }
  })

  test('are recorded alike by every run, and nothing of an account is', async () => {
    const at = { recordedOn: '2026-11-23', issuer: far.farSide.issuer, imap: 'imap.gmail.com:993' }
    await using other = await openFarWorld(undefined, {}, 99)
    const again = await playDrift(other, { seed: 99 })
    const text = makeRecording(played.looks, at, played.scanners)
    expect(makeRecording(again.looks, at, again.scanners)).toBe(text)
    expect(text).not.toMatch(/alice|127\.0\.0\.1|ya29/)
    const rows = compare(readRecording(text).looks, googleExpectations)
    expect(rows.filter(({ state }) => state === 'unknown')).toEqual([])
    expect(played.scanners.map(({ scanText }) => scanText(far.accounts[0]!).length)).toEqual([1, 1])
  })
})

const worlds = [undefined, 'fixtures/worlds/example.yaml', 'fixtures/worlds/presets/two-accounts.yaml']
const cleanRuns = Array.from({ length: 30 }, (_, index) => [index, worlds[index % worlds.length]] as const)

describe('nothing is invented', () => {
  test.concurrent.each(cleanRuns)(
    'in clean run %d, of %s',
    async (index, world) => {
      await using far = await openFarWorld(world, {}, index)
      const played = await playDrift(far, { seed: index })
      expect(unknownIn(played)).toEqual([])
      expect(unseen(played).filter((place) => !unaskable(place))).toEqual([])
    },
    60_000,
  )
})

/** What only somebody who logged in sees. */
const withAccount: readonly string[] = ['after-login', 'id-after-login', 'special-use']

async function finds({ alterations, row }: PlantedDrift): Promise<void> {
  await using far = await openFarWorld(undefined, alterations)
  const played = await playDrift(far, { alone: !withAccount.includes(row.look) })
  const found = unknownIn(played)
  expect([...new Set(found.map((one) => JSON.stringify(one)))].map((text) => JSON.parse(text) as Row)).toEqual([
    { ...row, state: 'unknown', since: null, note: null },
  ])
  expect(verdictsOf(played)).toEqual({ ...passed, [`drift/${row.area}`]: 'warn' })
  const check = played.report.checks.find(({ id }) => id === `drift/${row.area}`)!
  expect(check.reason).toBe(
    `expected ${row.look}: ${row.fact} ${row.expected ?? 'not there'}; saw ${row.observed ?? 'not there'}`,
  )
  expect(check.stale?.length).toBeGreaterThan(1)
  expect(played.report.live!.drift.filter(({ state }) => state === 'unknown')).toEqual([expect.objectContaining(row)])
}

describe('a planted drift is found, by its name and with both sides, and nothing besides', () => {
  test.concurrent.each(plantedDrifts.map((drift) => [drift.row.area, drift.story, drift] as const))(
    '%s: %s',
    (_, __, drift) => finds(drift),
    60_000,
  )
})

test('response modes that Google announces are known, others are not', async () => {
  const told = async (modes: readonly string[]) => {
    await using far = await openFarWorld()
    far.world.google.turn({ discoveryExtras: { response_modes_supported: modes } })
    const { rows } = await playDrift(far, { alone: true })
    return rows
      .filter(({ fact }) => fact === 'response_modes_supported')
      .map(({ look, state, since }) => [look, state, since])
  }
  expect(await told(['query', 'fragment', 'form_post'])).toEqual([
    ['openid-configuration', 'known', '2026-11-23'],
    ['oauth-authorization-server', 'known', '2026-11-23'],
  ])
  expect(await told(['query', 'query.jwt'])).toEqual([
    ['openid-configuration', 'unknown', null],
    ['oauth-authorization-server', 'unknown', null],
  ])
})

/** Refusals of grants that nobody gave, in other words than the mock’s. */
async function refusedWith(description: string) {
  const google = alteredJson((answered) =>
    answered.members['error'] === 'invalid_grant'
      ? { ...answered, members: { ...answered.members, error_description: description } }
      : answered,
  )
  await using far = await openFarWorld(undefined, { google })
  const { rows } = await playDrift(far, { alone: true })
  return rows
    .filter(({ area, since, state }) => area === 'token-errors' && (since !== null || state === 'unknown'))
    .map(({ look, state, since }) => [look, state, since])
}

test('words of refusals that were seen of Google are known to differ, others are not', async () => {
  expect(await refusedWith('Malformed auth code.')).toEqual([
    ['made-up-code', 'known', '2023-03-15'],
    ['made-up-refresh-token', 'unknown', null],
  ])
  expect(await refusedWith('Token has been expired or revoked.')).toEqual([
    ['made-up-code', 'unknown', null],
    ['made-up-refresh-token', 'known', '2020-07-15'],
  ])
})

test.each([
  [
    'Lookup failed where the mock has invalid credentials',
    says('[AUTHENTICATIONFAILED] Invalid credentials (Failure)', 'Lookup failed c9mb22601693ltc'),
    [
      ['xoauth2', 'code', 'known'],
      ['xoauth2', 'text', 'known'],
    ],
  ],
  [
    'invalid credentials where the mock has Lookup failed',
    says(/Lookup failed \S+/, '[AUTHENTICATIONFAILED] Invalid credentials (Failure)'),
    [
      ['oauthbearer', 'text', 'known'],
      ['oauthbearer', 'code', 'known'],
    ],
  ],
  [
    'words that nobody saw',
    says(/Lookup failed \S+/, '[AUTHENTICATIONFAILED] Sign in again'),
    [
      ['oauthbearer', 'text', 'unknown'],
      ['oauthbearer', 'code', 'known'],
    ],
  ],
] as const)('of a bad token: %s', async (_, alterations, expected) => {
  await using far = await openFarWorld(undefined, alterations)
  const { rows } = await playDrift(far, { alone: true })
  const told = rows.filter(({ area, state }) => area === 'xoauth2-error' && /known/.test(state))
  expect(told.map(({ look, fact, state }) => [look, fact, state]).toSorted()).toEqual(
    expected.map((row) => [...row]).toSorted(),
  )
})

test('TLS of before 1.2 at Google is known, and no TLS 1.2 is not', () => {
  const looks = (['TLSv1', 'TLSv1.1', 'TLSv1.2'] as const).flatMap((version) =>
    (['issuer', 'imap'] as const).map((server) => ({
      ...{ area: 'imap-tls' as const, look: `${server}-${version}` },
      facts: { agreement: version === 'TLSv1.2' ? 'refused' : 'accepted' },
    })),
  )
  const rows = compare(looks, googleExpectations).filter(({ state }) => state !== 'not-observed')
  expect(rows.map(({ look, state, since }) => [look, state, since]).toSorted()).toEqual([
    ['imap-TLSv1', 'known', '2026-04-14'],
    ['imap-TLSv1.1', 'known', '2026-04-14'],
    ['imap-TLSv1.2', 'unknown', null],
    ['issuer-TLSv1', 'known', '2026-04-14'],
    ['issuer-TLSv1.1', 'known', '2026-04-14'],
    ['issuer-TLSv1.2', 'unknown', null],
  ])
})

test('what nobody could look at is inconclusive, and no drift', async () => {
  await using far = await openFarWorld()
  const nowhere = { ...far.farSide.at, 'imap.gmail.com:993': { host: '127.0.0.1', port: 1 } }
  const played = await playDrift({ ...far, farSide: { ...far.farSide, at: nowhere } }, { alone: true })
  expect(unknownIn(played)).toEqual([])
  expect(verdictsOf(played)).toMatchObject({
    'drift/as-metadata': 'pass',
    'drift/token-errors': 'pass',
    'drift/imap-capability': 'inconclusive',
    'drift/xoauth2-error': 'inconclusive',
  })
  expect(unseen(played)).toContain('imap-capability/before-login')
})

test('of another service nothing is compared', async () => {
  await using far = await openFarWorld()
  const played = await playDrift(far, { looks: [], alone: true })
  expect(played.rows).toEqual([])
  expect(new Set(Object.values(verdictsOf(played)))).toEqual(new Set(['inapplicable']))
})
