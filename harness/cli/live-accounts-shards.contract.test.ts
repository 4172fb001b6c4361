import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../model/report.ts'
import { folderIn } from './folder.fixture.ts'
import { type FleetWorld, addressOf, openFleetWorld, reportIn } from './live-accounts.fixture.ts'
import { runToEnd } from './program.fixture.ts'

const slow = 60_000
let root: string
let far: FleetWorld
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'oauth-imap-shards-'))
  far = await openFleetWorld({ folder: root, accounts: 5, refusals: { 1: 'imap-not-enabled' } })
}, slow)
afterAll(async () => {
  await far[Symbol.asyncDispose]()
  await rm(root, { recursive: true, force: true })
})

const list = { 'fleet.txt': [0, 1, 2, 3, 4].map((index) => `${addressOf(index)}\n`).join('') }

/** But for times and for what the length of one signature more or less changes on the wire. */
const withoutTimes = (report: Report): Report => {
  const text = JSON.stringify(report, (name, value: unknown) =>
    ['startedAt', 'durationMs', 'received', 'sent', 'mostAtOnce', 'evidence'].includes(name) ? undefined : value,
  )
  return JSON.parse(text) as Report
}

describe('shards', () => {
  let place: string
  let codes: readonly (number | null)[]
  const logs = [1, 2, 3].map((index) => join('conformance-report', `live-${index}-of-3.jsonl`))
  beforeAll(async () => {
    place = await folderIn(root, list)
    const shards = [1, 2, 3].map((index) => far.live(['--accounts', 'fleet.txt', '--shard', `${index}/3`], place).ended)
    codes = (await Promise.all(shards)).map(({ code }) => code)
  }, slow)

  test(
    'side by side, with logs of their own, merge to the report of one run over all accounts',
    async () => {
      expect(codes.toSorted()).toEqual([0, 0, 1])
      const merged = await runToEnd(['report', 'merge', ...logs], place)
      expect([merged.code, merged.complaints]).toEqual([1, []])
      const alone = await folderIn(root, list)
      await far.live(['--accounts', 'fleet.txt'], alone).ended
      const [one, all] = [await reportIn(place), await reportIn(alone)]
      expect(all.live!.accounts.map(({ verdict }) => verdict)).toEqual(['pass', 'fail', 'pass', 'pass', 'pass'])
      expect(withoutTimes(one)).toEqual(withoutTimes(all))
      expect(merged.stdout).toContain('1 of 5 accounts does not conform')
    },
    slow,
  )

  test('one of which is missing are told so, and never pass for whole', async () => {
    const logOf = (index: number): string => logs[index]!
    const passing = [0, 1, 2].filter((index) => codes[index] === 0)
    const { code, complaints } = await runToEnd(
      ['report', 'merge', ...passing.map(logOf), '--report', 'json=part.json'],
      place,
    )
    const absent = [1, 2, 3].find((index) => !passing.includes(index - 1))
    expect([code, complaints]).toEqual([2, [`oauth-imap: missing: shard ${absent}/3.`]])
    const part = JSON.parse(await readFile(join(place, 'part.json'), 'utf8')) as Report
    expect([part.verdict, part.interrupted]).toEqual(['inconclusive', true])
  })
})

test(
  'a shard without accounts asks nobody, and says so to whoever merges',
  async () => {
    const place = await folderIn(root, { 'fleet.txt': `${addressOf(0)}\n` })
    const shards = [1, 2].map((index) => far.live(['--accounts', 'fleet.txt', '--shard', `${index}/2`], place).ended)
    const ended = await Promise.all(shards)
    expect(ended.map(({ code }) => code)).toEqual([0, 0])
    expect(ended.filter(({ stdout }) => /No account belongs to shard \d\/2\./.test(stdout))).toHaveLength(1)
    const logs = [1, 2].map((index) => join('conformance-report', `live-${index}-of-2.jsonl`))
    expect(await runToEnd(['report', 'merge', ...logs], place)).toMatchObject({ code: 0, complaints: [] })
    expect((await reportIn(place)).live!.accounts).toHaveLength(1)
  },
  slow,
)

test.each([
  ['a list that does not exist', ['--accounts', 'none.txt'], /none\.txt does not exist\./],
  ['an account that stands twice', ['--accounts', 'twice.txt'], /twice\.txt:2: u…@e….com stands on line 1 already\./],
  ['both ways of naming accounts', ['--accounts', 'fleet.txt', '--account', 'a@b.c'], /--account one\./],
  ['a shard that is none', ['--accounts', 'fleet.txt', '--shard', '4/3'], /--shard takes I\/N, not "4\/3"\./],
  ['a shard of one account', ['--account', 'a@b.c', '--shard', '1/3'], /--shard is for several accounts\./],
  ['lanes of one account', ['--account', 'a@b.c', '--lanes', '4'], /--lanes is for several accounts\./],
  ['two accounts', ['--account', 'a@b.c', '--account', 'd@b.c'], /--account is given twice\. .*--accounts FILE/],
  ['a log of something else', ['--accounts', 'fleet.txt', '--log', 'fleet.txt'], /fleet\.txt is no log of live runs\./],
])('%s is told in one line, before anything is sent', async (_, args, told) => {
  const twice = `${addressOf(0)}\n${addressOf(0).toUpperCase()}\n`
  const place = await folderIn(root, { ...list, 'twice.txt': twice })
  const { code, complaints } = await far.live(args, place).ended
  expect([code, complaints]).toEqual([3, [expect.stringMatching(told)]])
  expect(complaints[0]).not.toMatch(/user0/i)
})

test.each([
  ['nothing', ['merge'], /missing required argument/],
  ['what is not there', ['merge', 'none.jsonl'], /none\.jsonl does not exist\./],
  ['what is no log', ['merge', 'fleet.txt'], /fleet\.txt is no log of live runs\./],
  ['anything else', ['mrege', 'fleet.txt'], /Did you mean merge\?/],
])('report merges not %s', async (_, args, told) => {
  const place = await folderIn(root, list)
  const { code, complaints } = await runToEnd(['report', ...args], place)
  expect([code, complaints]).toEqual([3, [expect.stringMatching(told)]])
})
