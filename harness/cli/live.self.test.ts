import { describe, expect, test } from 'vitest'
import { counterexamples } from '../../fixtures/counterexamples/index.ts'
import { usualBudget } from '../live/lines/lines.ts'
import type { BrokenFarSide, Counterexample } from '../model/counterexample.ts'
import type { Report } from '../model/report.ts'
import type { VerdictWord } from '../model/verdict.ts'
import { makeTemporaryDirectory, removeTree } from '../runtime/files.ts'
import { wallClock } from '../runtime/wall-clock.ts'
import type { TokenStore } from '../subjects/reference/token-store.ts'
import { openVault } from '../vault/vault.ts'
import { verifyLive } from '../verify-live.ts'
import { liveCatalogue } from './catalogue.ts'
import { openFarWorld } from './far-world.fixture.ts'
import { googleExpectations } from './live/expectations.ts'

/** Live runs against the mocks, over real sockets: one in which nothing is wrong, and one for each thing that can be. */

interface Asked {
  readonly writes: boolean
  readonly revokes: boolean
}
const everything: Asked = { writes: true, revokes: true }

async function played(broken: BrokenFarSide = {}, asked = everything): Promise<Report> {
  await using open = new AsyncDisposableStack()
  const { default: google, imap, door } = broken
  const far = open.use(await openFarWorld(undefined, { google, imap, door }))
  const directory = await makeTemporaryDirectory('oauth-imap-live')
  open.defer(() => removeTree(directory))
  const vault = await openVault({ directory, key: new Uint8Array(32).fill(7) })
  const store: TokenStore = {
    load: (account) => vault.load(account),
    erase: (account) => vault.erase(account),
    async save(account, grant) {
      await vault.save(account, grant)
      await broken.stored?.(directory)
    },
  }
  const [account] = far.accounts as [string]
  const openBrowser =
    broken.browse === undefined ? far.browser(broken.person) : (url: string) => broken.browse!(new URL(url))
  const asking = { openBrowser, patience: 8_000, hintAfter: 20_000, hint: () => {} }
  const plan = {
    ...{ account, store, asking, directory, from: 'vault' as const, again: false, revocationPatience: 0 },
    ...asked,
  }
  const { report } = await verifyLive(
    {
      ...{ farSide: far.farSide, client: far.client, accounts: [plan], lanes: 1 },
      ...{ selection: { only: [], steps: [] }, strict: true, includeMail: false },
      ...{ budget: { ...usualBudget, burst: 100, pause: 0 }, expectations: googleExpectations },
    },
    liveCatalogue,
    {
      progress: () => {},
      signal: new AbortController().signal,
      stopwatch: () => () => ({ startedAt: '2026-11-23T00:00:00.000Z', durationMs: 0 }),
      now: wallClock.now,
      random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    },
  )
  return report
}

const idsOf = ({ checks }: Report, word: VerdictWord): readonly string[] =>
  checks
    .filter(({ verdict }) => verdict === word)
    .map(({ id }) => id)
    .toSorted()
const reasonsOf = ({ checks }: Report, word: VerdictWord): Readonly<Record<string, string>> =>
  Object.fromEntries(checks.filter(({ verdict }) => verdict === word).map(({ id, reason }) => [id, reason]))

describe('where nothing is wrong', () => {
  test('every check passes', async () => {
    const report = await played()
    expect(report.checks.filter(({ verdict }) => verdict !== 'pass').map(({ id, reason }) => [id, reason])).toEqual([])
    expect(report.verdict).toBe('pass')
  })

  test('what nobody asked for does not apply, and is named', async () => {
    const report = await played({}, { writes: false, revokes: false })
    expect(reasonsOf(report, 'inapplicable')).toEqual({
      'live/label': 'nothing is written without --write',
      'live/revocation': 'nothing is revoked without --revoke',
    })
    expect(idsOf(report, 'pass').length).toBe(liveCatalogue.checks.length - 2)
  })
})

const load = async ({ name }: Counterexample): Promise<BrokenFarSide> =>
  (await import(`../../fixtures/counterexamples/observations/${name}.ts`)) as BrokenFarSide

async function fails(counterexample: Counterexample): Promise<void> {
  const report = await played(await load(counterexample))
  expect(idsOf(report, 'fail')).toEqual([counterexample.breaks, ...Object.keys(counterexample.entails)].toSorted())
  expect(idsOf(report, 'error')).toEqual([])
}

describe('each counterexample fails exactly what it declares', () => {
  const observed = counterexamples.filter(({ kind }) => kind === 'observation')
  test.concurrent.each(observed)('$name breaks $breaks', fails)
})
