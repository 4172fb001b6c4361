import { afterEach, beforeEach, expect, test } from 'vitest'
import { Fault } from '../../model/fault.ts'
import { makeTemporaryDirectory, readText, removeTree, statOf, walk, writeWhole } from '../../runtime/files.ts'
import { thisHolder } from '../../runtime/lock-holder.ts'
import { openLogFile } from '../../runtime/log-file.ts'
import { join } from '../../runtime/path.ts'
import { accountKey } from '../far-side.ts'
import { createCompactor } from './compact.ts'
import { asked, resultOf, serversResult } from './fleet.fixture.ts'
import { type FleetLog, type LogRequest, withFleetLog } from './log.ts'

let home = ''
let path = ''
beforeEach(async () => {
  home = await makeTemporaryDirectory('fleet')
  path = join(home, 'live.jsonl')
})
afterEach(() => removeTree(home))

const names = ['alice', 'bob', 'carol'].map((name) => `${name}@example.com`)
const keys = await Promise.all(names.map(accountKey))
const places = new Map(keys.map((key, index) => [key, index + 1]))

const run = { startedAt: '2026-11-23T07:00:00.000Z', lanes: 8, runtime: 'node 24', instruments: [] }
const ports = { now: () => '2026-11-23T07:00:01.000Z' }

const logged = <T>(work: (log: FleetLog) => Promise<T>, request: Partial<LogRequest> = {}): Promise<T> =>
  withFleetLog({ path, asked, shard: undefined, places, fresh: false, run, ...request }, ports, work)

const kept =
  (...whose: readonly string[]) =>
  async (log: FleetLog): Promise<readonly string[]> => {
    const compact = createCompactor()
    await log.keep(serversResult())
    for (const address of whose) await log.keep(compact(await resultOf(address)))
    return [...log.finished.keys()]
  }

const faultOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof Fault ? `${error.code} ${error.message} ${error.hint}` : String(error)),
  )

test('a run that was cut short is gone on with, and told what is finished', async () => {
  expect(await logged(kept('alice@example.com', 'bob@example.com'))).toEqual([])
  const finished = await logged(async (log) => log.finished)
  expect([...finished.keys()]).toEqual(keys.slice(0, 2))
  expect(finished.get(keys[1]!)).toEqual(createCompactor()(await resultOf('bob@example.com')))
})

test('a run that came to its end is begun anew', async () => {
  await logged(kept(...names))
  const ended = await readText(path)
  expect(ended.trimEnd().split('\n').at(-1)).toBe('{"ended":"2026-11-23T07:00:01.000Z"}')
  expect(await logged(kept('alice@example.com'))).toEqual([])
  expect((await readText(path)).length).toBeLessThan(ended.length)
  expect(await logged(kept())).toEqual(keys.slice(0, 1))
})

test('what a killed process had begun to write is cut off and not believed', async () => {
  await logged(kept('alice@example.com', 'bob@example.com'))
  const whole = await readText(path)
  for (const cut of [1, 40, 90]) {
    await writeWhole(path, whole.slice(0, -cut))
    expect(await logged(kept('bob@example.com'))).toEqual(keys.slice(0, 1))
    expect(await logged(kept())).toEqual(keys.slice(0, 2))
    for (const line of (await readText(path)).trimEnd().split('\n')) expect(() => JSON.parse(line)).not.toThrow()
  }
})

test('accounts that fared alike are written in few octets, and none of it names one', async () => {
  const many = Array.from({ length: 200 }, (_, index) => `somebody${index}@example.com`)
  const all = new Map(await Promise.all(many.map(async (one, index) => [await accountKey(one), index + 1] as const)))
  await logged(kept(...many), { places: all })
  const text = await readText(path)
  expect(text.length / many.length).toBeLessThan(400)
  expect(text).not.toContain('somebody')
  expect(text).toContain('s…@e….com')
  expect((await statOf(path)).mode).toBe('0600')
  expect((await walk(home)).map((entry) => entry.path)).toEqual(['live.jsonl'])
})

test.each([
  ['another client', { asked: { ...asked, client: 'f'.repeat(16) } }, 'client'],
  ['other checks', { asked: { ...asked, selection: { only: ['live/a'], steps: [] } } }, 'selection'],
  ['writing', { asked: { ...asked, writes: true } }, 'writes'],
  ['another shard', { shard: { index: 1, of: 2 } }, 'shard'],
])('a log of a run with %s is neither gone on with nor lost', async (_, request, told) => {
  await logged(kept('alice@example.com'))
  const before = await readText(path)
  expect(await faultOf(logged(kept(), request))).toBe(
    `USAGE ${path} holds a run that was asked otherwise (${told}). Name another file with --log, or begin this one anew with --fresh.`,
  )
  expect(await readText(path)).toBe(before)
  expect(await logged(kept(), { ...request, fresh: true })).toEqual([])
  expect(await logged(kept(), request)).toEqual([])
})

test.each(['my notes\n', 'my notes', '{"v":2}\n', '{"v":1,"fingerprint":7}\n'])(
  'what is no log is never written into, however it is asked for (%j)',
  async (notes) => {
    await writeWhole(path, notes)
    expect(await faultOf(logged(kept()))).toMatch(/^SETTINGS_INVALID .*live\.jsonl is no log of live runs\./)
    expect(await faultOf(logged(kept(), { fresh: true }))).toMatch(/^SETTINGS_INVALID /)
    expect(await readText(path)).toBe(notes)
  },
)

test('an empty file, and one whose first line was never ended, become a log', async () => {
  for (const begun of ['', '{"v":1,"fing']) {
    await writeWhole(path, begun)
    expect(await logged(kept('alice@example.com'), { fresh: true })).toEqual([])
    expect(await logged(kept())).toEqual(keys.slice(0, 1))
  }
})

const outcomeOf = (variant: object, compared: readonly object[] = []): string =>
  JSON.stringify({ outcome: { variants: { 'live/a': variant }, compared } })
const told = { scenario: 'live-account', door: 'tls', verdict: 'fail', reason: 'it was so', evidence: [] }
const rowOf = (changed: object): string => {
  const row = { key: 'f'.repeat(16), address: 'a…', verdict: 'fail', startedAt: '2026-11-23T07:00:00Z', durationMs: 1 }
  const spent = { received: 1, sent: 1, connections: 1, mostAtOnce: 1 }
  return JSON.stringify({ account: { at: row.startedAt, place: 1, outcome: 0, spent, row: { ...row, ...changed } } })
}

test('lines that the damaged ones differ from are none of those', async () => {
  await logged(kept('alice@example.com'))
  const cause = { id: 'timed-out', title: 'a', next: 'b', said: 'c' }
  const row = {
    area: 'imap-tls',
    look: 'a',
    fact: 'b',
    state: 'same',
    expected: 'c',
    observed: null,
    since: null,
    note: null,
  }
  const lines = [outcomeOf(told, [row]), rowOf({}), rowOf({ cause })]
  await writeWhole(path, `${await readText(path)}${lines.join('\n')}\n`)
  expect(await faultOf(logged(kept()))).toBe('none')
})

test.each([
  ...['nonsense', '{}', '{"account":{"at":"2026-11-23T07:00:00Z","outcome":99}}', '{"ended":"never"}'],
  ...[outcomeOf({ verdict: 'fail' }), outcomeOf({ ...told, reason: {} }), outcomeOf({ ...told, evidence: [{}] })],
  ...[outcomeOf({ ...told, control: 3 }), outcomeOf(told, [{}]), rowOf({ cause: 5 }), rowOf({ cause: { id: 'a' } })],
  ...[rowOf({ durationMs: 'long' })],
])('a damaged line is named, and only --fresh passes over it (%s)', async (line) => {
  await logged(kept('alice@example.com'))
  await writeWhole(path, `${await readText(path)}${line}\n`)
  expect(await faultOf(logged(kept()))).toMatch(/^SETTINGS_INVALID .*live\.jsonl:7 is no line of a log/)
  expect(await logged(kept(), { fresh: true })).toEqual([])
})

test('a log that another run writes to is refused at once, and one whose run is gone is not', async () => {
  const told = await logged(() => faultOf(logged(kept('alice@example.com'))))
  expect(told).toMatch(/^OUTPUT_UNWRITABLE .*live\.jsonl is being written to by another run\. Wait for it/)
  const gone = { nonce: '11111111-2222-4333-8444-555555555555', ...thisHolder(), began: '1' }
  await writeWhole(`${path}.lock`, JSON.stringify(gone))
  expect(await logged(kept('alice@example.com'))).toEqual([])
  expect((await walk(home)).map((entry) => entry.path)).toEqual(['live.jsonl'])
})

test('who writes to it past the lock is found out before anything is mixed', async () => {
  const told = logged(async (log) => {
    const other = await openLogFile(path, () => {})
    await other.append('{"ended":"2026-11-23T07:00:00Z"}\n')
    await other.close()
    await log.keep(serversResult())
  })
  expect(await faultOf(told)).toMatch(/^OUTPUT_UNWRITABLE .*live\.jsonl is being written to by another run\./)
  expect((await readText(path)).trimEnd().split('\n').at(-1)).toBe('{"ended":"2026-11-23T07:00:00Z"}')
})

test('a place that cannot be written to is told before anything is asked of anybody', async () => {
  expect(await faultOf(logged(kept(), { path: join(path, 'under', 'a-file') }))).toBe('none')
  await writeWhole(join(home, 'file'), '')
  expect(await faultOf(logged(kept(), { path: join(home, 'file', 'live.jsonl') }))).toMatch(/^OUTPUT_UNWRITABLE /)
  expect(await faultOf(logged(kept(), { path: home }))).toMatch(/^OUTPUT_UNWRITABLE /)
})
