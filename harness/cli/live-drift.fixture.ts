import type { TokenStore } from '../subjects/reference/token-store.ts'
import { usualBudget } from '../live/lines/lines.ts'
import type { AccountPlan } from '../live/play-account.ts'
import type { LiveResult } from '../live/results/result.ts'
import type { ExpectedLook } from '../model/drift.ts'
import { createRandom } from '../random.ts'
import { wallClock } from '../runtime/wall-clock.ts'
import { type Verified, verifyLive } from '../verify-live.ts'
import { liveCatalogue } from './catalogue.ts'
import type { FarWorld } from './far-world.fixture.ts'
import { googleExpectations } from './live/expectations.ts'

export type Row = LiveResult['compared'][number]

export interface Drifted extends Verified {
  /** Everything that was compared, servers first. */
  readonly rows: readonly Row[]
}

interface Told {
  /** Of what is made up. */
  readonly seed?: number
  readonly looks?: readonly ExpectedLook[]
  /** Nobody consents: only what the servers show to everybody is seen. */
  readonly alone?: boolean
}

/** A live run of one account, judged by the checks for drift alone: real sockets, real TLS, a person who consents. */
export async function playDrift(
  far: FarWorld,
  { seed = 1, looks = googleExpectations.looks, alone = false }: Told = {},
): Promise<Drifted> {
  const random = createRandom(seed)
  const rows: Row[] = []
  const verified = await verifyLive(
    {
      ...{ farSide: far.farSide, client: far.client, accounts: [planOf(far, alone)], lanes: 1 },
      ...{ selection: { only: ['drift/*'], steps: [] }, strict: false, includeMail: false },
      budget: { ...usualBudget, burst: 100, pause: 0 },
      expectations: { looks, known: googleExpectations.known },
    },
    liveCatalogue,
    {
      progress: () => {},
      signal: new AbortController().signal,
      stopwatch: () => () => ({ startedAt: '2026-11-23T00:00:00.000Z', durationMs: 0 }),
      now: wallClock.now,
      random: (length) => random.bytes(length),
      async keep({ compared }) {
        rows.push(...compared)
      },
    },
  )
  return { ...verified, rows }
}

function planOf(far: FarWorld, alone: boolean): AccountPlan {
  const [account] = far.accounts as [string]
  const asking = { openBrowser: far.browser({ account }), patience: 8_000, hintAfter: 20_000, hint: () => {} }
  return {
    ...{ account, store: inMemory(), asking: alone ? undefined : asking, from: 'vault', again: false },
    ...neither,
  }
}

const neither = { directory: undefined, writes: false, revokes: false }

function inMemory(): TokenStore {
  const grants = new Map<string, Awaited<ReturnType<TokenStore['load']>>>()
  return {
    load: async (account) => grants.get(account),
    save: async (account, grant) => void grants.set(account, grant),
    erase: async (account) => void grants.delete(account),
  }
}

/** Looks that no journal of the run has; of each a row without a fact. */
export function unseen({ rows }: Drifted): readonly string[] {
  const made = new Set(rows.filter(({ fact }) => fact !== '').map(placeOf))
  return [...new Set(rows.map(placeOf))].filter((place) => !made.has(place))
}

export const placeOf = ({ area, look }: Pick<ExpectedLook, 'area' | 'look'>): string => `${area}/${look}`
