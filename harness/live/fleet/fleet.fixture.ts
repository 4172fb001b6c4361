import type { Check } from '../../model/check.ts'
import type { VerdictWord } from '../../model/verdict.ts'
import type { Catalogue } from '../../plan.ts'
import { accountKey, maskedAddress } from '../far-side.ts'
import { type LiveResult, accountScenario, serversScenario } from '../results/result.ts'
import type { Asked } from './asked.ts'

/** Two checks of accounts and one of servers; what they judge does not matter here: results are made up. */
const checkOf = (id: string, level: Check['level'], scenario: string): Check =>
  ({
    id,
    title: `title of ${id}`,
    step: 10,
    ...{ level, requiredBy: 'suite', clause: { text: 'of our own', url: 'https://example.com/' } },
    ...{ consequence: 'nothing', fix: 'nothing', counterexamples: [], scenarios: [scenario] },
    ...{ needs: [], instruments: [], time: 'none', observes: { names: 'nothing', types: [], select: () => [] } },
    judge: () => ({ finding: 'satisfied', at: [] }),
  }) as unknown as Check

export const catalogue: Catalogue = {
  version: 5,
  checks: [
    checkOf('live/a', 'MUST', accountScenario),
    checkOf('live/b', 'SHOULD', accountScenario),
    checkOf('live/s', 'MUST', serversScenario),
  ],
  scenarios: [],
}

export const asked: Asked = {
  ...{ issuer: 'https://accounts.google.com', imap: 'imap.gmail.com:993', scope: 'openid', client: '0123456789abcdef' },
  ...{ selection: { only: [], steps: [] }, catalogue: 5, tool: '0.1.0' },
  ...{ strict: false, includeMail: false, writes: false, revokes: false },
}

export const tool = { name: 'oauth-imap-conformance', version: '0.1.0' }

const variant = (scenario: string, verdict: VerdictWord, reason: string) => ({
  ...{ scenario, door: 'tls' as const, verdict, reason },
  evidence: [{ at: 'live#1', excerpt: `evidence of ${reason}` }],
})

const spent = { received: 1000, sent: 100, connections: 4, mostAtOnce: 2 }

export interface Fared {
  readonly a?: VerdictWord
  readonly b?: VerdictWord
  readonly startedAt?: string
}

export async function resultOf(
  address: string,
  { a = 'pass', b = 'pass', startedAt }: Fared = {},
): Promise<LiveResult> {
  const key = await accountKey(address)
  const of = (verdict: VerdictWord, told: string) => ({ ...variant(accountScenario, verdict, told), account: key })
  const bad = [a, b].find((verdict) => verdict !== 'pass')
  return {
    account: {
      ...{ key, address: maskedAddress(address), verdict: bad ?? 'pass' },
      ...{ startedAt: startedAt ?? '2026-11-23T07:00:00.000Z', durationMs: 120 },
    },
    variants: { 'live/a': of(a, `a ${a}`), 'live/b': of(b, `b ${b}`) },
    compared: [],
    spent,
  }
}

export const serversResult = (told = 'all well'): LiveResult => ({
  variants: { 'live/s': variant(serversScenario, 'pass', told) },
  compared: [],
  spent,
})
