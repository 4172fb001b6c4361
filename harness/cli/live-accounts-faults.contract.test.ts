import { afterAll, beforeAll, expect, test } from 'vitest'
import { Fault } from '../model/fault.ts'
import type { LiveResult } from '../live/results/result.ts'
import { usualBudget } from '../live/lines/lines.ts'
import type { AccountPlan } from '../live/play-account.ts'
import type { StoredGrant, TokenStore } from '../subjects/reference/token-store.ts'
import { type LivePorts, type LiveSettings, verifyLive } from '../verify-live.ts'
import { liveCatalogue } from './catalogue.ts'
import { type FarWorld, openFarWorld } from './far-world.fixture.ts'
import { driftOf } from './live/expectations.ts'
import { livePorts } from './live/ports.ts'

/** What goes wrong on our own side, of many accounts in one alone. */

let far: FarWorld
beforeAll(async () => void (far = await openFarWorld()))
afterAll(() => far[Symbol.asyncDispose]())

const empty: TokenStore = { load: async () => undefined, save: async () => {}, erase: async () => {} }

/** A mistake of ours that quotes what it must not. */
const mistaken = (told: string): TokenStore => ({
  ...empty,
  async load(): Promise<StoredGrant> {
    const grant = { scope: '', refreshToken: `1//0${told}` }
    return Object.defineProperty(grant, 'accessToken', {
      get() {
        throw new TypeError(`cannot read properties of ${told}, ${far.client.client_secret}`)
      },
      enumerable: true,
    })
  },
})

const planOf = (account: string, store: TokenStore): AccountPlan => ({
  ...{ account, store, from: 'vault', asking: undefined, again: false },
  ...{ directory: undefined, writes: false, revokes: false },
})

const settingsOf = (accounts: readonly AccountPlan[]): LiveSettings => ({
  ...{ farSide: far.farSide, client: far.client, accounts, expectations: driftOf(far.farSide), budget: usualBudget },
  ...{ selection: { only: [], steps: [] }, strict: false, includeMail: false, lanes: 2, fleet: true },
})

const ports = (told: Partial<LivePorts> = {}): LivePorts => ({ ...livePorts(new AbortController().signal), ...told })

test('is told in its row, without what it quotes, and ends no other', async () => {
  const kept: LiveResult[] = []
  const accounts = [planOf('alice@example.com', mistaken('alice@example.com')), planOf('bob@example.com', empty)]
  const { report } = await verifyLive(
    settingsOf(accounts),
    liveCatalogue,
    ports({ keep: async (result) => void kept.push(result) }),
  )
  expect(report.live!.accounts).toMatchObject([
    { verdict: 'error', cause: { id: 'our-fault', said: expect.stringContaining('cannot read properties of') } },
    { verdict: 'inconclusive', cause: { id: 'no-grant' } },
  ])
  expect(report.verdict).toBe('error')
  expect(kept).toHaveLength(3)
  expect(JSON.stringify([report, kept])).not.toMatch(/alice@|GOCSPX/)
  expect(far.client.client_secret).toMatch(/GOCSPX/)
})

test('ends the run where what it saw could not be kept, when the others have come to their end', async () => {
  const accounts = ['alice@example.com', 'bob@example.com'].map((account) => planOf(account, empty))
  let asked = 0
  const keep = async ({ account }: LiveResult): Promise<void> => {
    if (account === undefined) return
    asked++
    throw new Fault('OUTPUT_UNWRITABLE', 'Cannot write live.jsonl: ENOSPC.', 'Look at the disk.')
  }
  await expect(verifyLive(settingsOf(accounts), liveCatalogue, ports({ keep }))).rejects.toThrow('ENOSPC')
  expect(asked).toBe(2)
})
