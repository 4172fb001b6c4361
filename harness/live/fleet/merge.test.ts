import { expect, test } from 'vitest'
import { Fault } from '../../model/fault.ts'
import type { Report } from '../../model/report.ts'
import { makePlan } from '../../plan.ts'
import { accountKey } from '../far-side.ts'
import { reportOfResults } from '../results/live-report.ts'
import type { LiveResult } from '../results/result.ts'
import { type Asked, fingerprintOf } from './asked.ts'
import { createCompactor } from './compact.ts'
import { type Fared, asked, catalogue, resultOf, serversResult, tool } from './fleet.fixture.ts'
import { type LogLine, createLogReader } from './log-lines.ts'
import { type Merged, type NamedLog, mergeLogs } from './merge.ts'
import { type Shard, inShard, shardText } from './shard.ts'

const names = Array.from({ length: 70 }, (_, index) => `user${index}@example.com`)

interface Written {
  readonly shard?: Shard
  readonly whose?: readonly string[]
  readonly fared?: (address: string) => Fared
  readonly servers?: LiveResult
  readonly asked?: Asked
  readonly ended?: boolean
}

/** A log as `withFleetLog` writes it. */
async function logOf(name: string, written: Written = {}): Promise<NamedLog> {
  const { shard, servers = serversResult(), ended = true, fared = () => ({}) } = written
  const compact = createCompactor()
  const whose =
    written.whose ??
    (
      await inShard(
        names.map((account) => ({ account })),
        shard,
      )
    ).map(({ account }) => account)
  const at = '2026-11-23T07:01:00.000Z'
  const run = {
    startedAt: '2026-11-23T07:00:00.000Z',
    accounts: whose.length,
    lanes: 8,
    runtime: 'node 24',
    instruments: [],
  }
  const question = written.asked ?? asked
  const lines: LogLine[] = [
    {
      v: 1,
      fingerprint: await fingerprintOf(question),
      asked: question,
      ...(shard === undefined ? {} : { shard: shardText(shard) }),
    },
    { run },
  ]
  let outcome = 0
  for (const result of [servers, ...(await Promise.all(whose.map((one) => resultOf(one, fared(one)))))].map(compact)) {
    const { account, spent, ...told } = result
    lines.push({ outcome: told })
    if (account === undefined) lines.push({ servers: { at, outcome: outcome++, spent } })
    else {
      const place = names.findIndex((one) => `u…@e….com` === account.address && places.get(one) === account.key) + 1
      lines.push({ account: { at, place, row: account, outcome: outcome++, spent } })
    }
  }
  const reader = createLogReader()
  for (const line of [...lines, ...(ended ? [{ ended: at }] : [])]) reader.add(JSON.stringify(line))
  return { name, log: reader.contents() }
}

const places = new Map(await Promise.all(names.map(async (name) => [name, await accountKey(name)] as const)))

const merge = (logs: readonly NamedLog[], strict = false): Merged => mergeLogs(logs, { catalogue, tool, strict })

const third = (index: number): Shard => ({ index, of: 3 })

const unlike = (address: string): Fared =>
  address.startsWith('user1') ? { a: 'fail' } : address.startsWith('user2') ? { b: 'warn' } : {}

test('shards merge to what one run over everything would have told', async () => {
  const shards = await Promise.all(
    [3, 1, 2].map((index) => logOf(`${index}.jsonl`, { shard: third(index), fared: unlike })),
  )
  const { report, missing } = merge(shards)
  const results = await Promise.all(names.map((name) => resultOf(name, unlike(name))))
  const alone = reportOfResults(
    makePlan(asked.selection, catalogue),
    [serversResult(), ...results].map(createCompactor()),
    {
      ...{ tool, issuer: asked.issuer, imap: asked.imap, selection: asked.selection, subject: '70 accounts' },
      ...{ catalogue: { version: 5, checks: 3 }, runtime: 'node 24', instruments: [], lanes: 8, strict: false },
      ...{ interrupted: false, startedAt: '2026-11-23T07:00:00.000Z', durationMs: 60_000 },
    },
  )
  expect(missing).toEqual([])
  expect(report).toEqual(alone)
  expect([report.verdict, report.live?.accounts.length, report.live?.spent.received]).toEqual(['fail', 70, 71_000])
})

test('the log of another list does not stand for the shards that are missing', async () => {
  const shard = await logOf('one.jsonl', { shard: third(1) })
  const other = await logOf('other.jsonl', { whose: ['somebody.else@example.com'] })
  expect(merge([shard, other]).missing).toEqual(['shard 2/3', 'shard 3/3'])
  expect(merge([shard, await logOf('all.jsonl')]).missing).toEqual([])
  const empty = await logOf('empty.jsonl', { shard: third(2), whose: [] })
  expect(merge([empty]).missing).toEqual(['shard 1/3', 'shard 3/3'])
})

test('of an account that stands in two logs the newer row counts', async () => {
  const older = await logOf('older', {
    whose: ['alice@example.com'],
    fared: () => ({ a: 'fail', startedAt: '2026-11-22T07:00:00Z' }),
  })
  const newer = await logOf('newer', {
    whose: ['alice@example.com'],
    fared: () => ({ startedAt: '2026-11-23T07:00:00Z' }),
  })
  for (const order of [
    [older, newer],
    [newer, older],
  ]) {
    const { report } = merge(order)
    expect([report.verdict, report.live?.accounts.length, report.subject.name]).toEqual(['pass', 1, 'a…@e….com'])
  }
})

const serversTold = (report: Report): readonly string[] =>
  report.checks.find(({ id }) => id === 'live/s')!.variants.map(({ reason }) => reason)

test('what the servers told one shard and no other is not lost', async () => {
  const alike = await Promise.all([1, 2, 3].map((index) => logOf(`${index}`, { shard: third(index) })))
  expect(serversTold(merge(alike).report)).toEqual(['all well'])
  const other = await logOf('2', { shard: third(2), servers: serversResult('another server answered') })
  expect(serversTold(merge([alike[0]!, other, alike[2]!]).report)).toEqual(['all well', 'another server answered'])
})

test('a shard that is missing and a run that was cut short are named, and nothing passes for whole', async () => {
  const shards = [
    await logOf('one.jsonl', { shard: third(1) }),
    await logOf('three.jsonl', { shard: third(3), ended: false }),
  ]
  const { report, missing } = merge(shards)
  const { accounts } = shards[1]!.log
  expect(missing).toEqual(['shard 2/3', `three.jsonl was cut short: ${accounts.size} of ${accounts.size} accounts`])
  expect([report.interrupted, report.verdict]).toEqual([true, 'inconclusive'])
  expect(report.live?.missing).toEqual(missing)
  const failing = await logOf('one.jsonl', { shard: third(1), fared: () => ({ a: 'fail' }) })
  expect(merge([failing]).report.verdict).toBe('fail')
})

test('a violated SHOULD fails where --strict is given, and only there', async () => {
  const log = await logOf('one', { fared: unlike, whose: ['user2@example.com', 'user3@example.com'] })
  expect([merge([log]).report.verdict, merge([log], true).report.verdict]).toEqual(['warn', 'fail'])
  const { report } = merge([log], true)
  expect(report.live?.accounts.map(({ verdict }) => verdict)).toEqual(['fail', 'pass'])
  expect(report.environment['strict']).toBe(true)
})

const faultOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof Fault) return `${error.code} ${error.message} ${error.hint}`
    throw error
  }
  return 'none'
}

test('what does not belong together is not told as one', async () => {
  const [one, other] = [
    await logOf('a.jsonl', {}),
    await logOf('b.jsonl', { asked: { ...asked, client: 'f'.repeat(16) } }),
  ]
  expect(faultOf(() => merge([one, other]))).toBe(
    'USAGE b.jsonl and a.jsonl were asked for different things. Merge them apart.',
  )
  const half = await logOf('c.jsonl', { shard: { index: 1, of: 2 } })
  const thirds = await logOf('d.jsonl', { shard: third(2) })
  expect(faultOf(() => merge([half, thirds]))).toMatch(/^USAGE These are shards of different numbers of parts\./)
  const older = await logOf('e.jsonl', { asked: { ...asked, tool: '0.0.9' } })
  expect(faultOf(() => merge([older]))).toMatch(
    /^USAGE e\.jsonl was written by version 0\.0\.9 .* Merge with the version/,
  )
  const none = { name: 'f.jsonl', log: createLogReader().contents() }
  expect(faultOf(() => merge([none]))).toMatch(/^SETTINGS_INVALID f\.jsonl is no log of live runs\./)
})

test('of thousands a report tells as many as can be read, and counts the others', async () => {
  const { report } = merge([await logOf('one', { fared: unlike })])
  const [a] = report.checks
  expect(a!.variants.map(({ verdict, reason }) => `${verdict} ${reason}`)).toEqual([
    ...Array.from({ length: 5 }, () => 'fail a fail'),
    'fail so it is with 6 further accounts',
    ...Array.from({ length: 5 }, () => 'pass a pass'),
    'pass so it is with 54 further accounts',
  ])
  expect(a!.variants[0]!.account).toBe(places.get('user1@example.com'))
  expect(a!.variants.find(({ verdict }) => verdict === 'pass')!.evidence).toEqual([])
  expect(a!.variants[0]!.evidence).toHaveLength(1)
})
