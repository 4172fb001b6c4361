import { appendFile, mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { folderIn } from './folder.fixture.ts'
import { type FleetWorld, addressOf, keyOf, openFleetWorld, prints, reportIn } from './live-accounts.fixture.ts'
import { control, send } from './serve.fixture.ts'

/** Many accounts by the command, as a process that may be killed, against a far side in another. */

const slow = 60_000
let root: string
let far: FleetWorld
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'oauth-imap-accounts-'))
  far = await openFleetWorld({ folder: root, accounts: 8, refusals: { 1: 'imap-not-enabled' } })
}, slow)
afterAll(async () => {
  await far[Symbol.asyncDispose]()
  await rm(root, { recursive: true, force: true })
})

const listOf = (...indexes: readonly number[]): string => indexes.map((index) => `${addressOf(index)}\n`).join('')
const keysOf = (...indexes: readonly number[]): Promise<readonly string[]> => Promise.all(indexes.map(keyOf))
const fleet = ['--accounts', 'fleet.txt', '--lanes', '1']

const logIn = (folder: string): string => join(folder, 'conformance-report', 'live.jsonl')
const finishedIn = async (folder: string): Promise<readonly string[]> =>
  (await readFile(logIn(folder), 'utf8'))
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .flatMap((line) => (JSON.parse(line) as { account?: { row: { key: string } } }).account?.row.key ?? [])

/** How many refreshes there were since. */
async function counting(): Promise<() => Promise<readonly number[]>> {
  const before = await far.refreshes()
  return async () => (await far.refreshes()).map((count, index) => count - before[index]!)
}

/** Requests at the token endpoint by which a run lets itself be refused, before the first account is refreshed. */
const refusalsAsked = 4

/** The far side keeps the account at this place of the list waiting, so that no run comes to its end before a signal. */
const holdUp = (place: number): Promise<Response> =>
  control(far.ready, '/fault', {
    ...{ name: 'held up', endpoint: 'token-endpoint', occurrence: refusalsAsked + place, delay: 3_600_000 },
  })

test(
  'each account is told by a row and a cause of its own, and none by its name',
  async () => {
    expect((await control(far.ready, '/revoke', { account: addressOf(0) })).status).toBe(204)
    const place = await folderIn(root, { 'fleet.txt': `# ours\n${listOf(0, 1, 2)}` })
    const { code, stdout, complaints } = await far.live(['--accounts', 'fleet.txt'], place).ended
    const report = await reportIn(place)
    expect([code, complaints]).toEqual([1, []])
    const rows = report.live!.accounts.map(({ key, verdict, cause }) => [key, verdict, cause?.id])
    const [dead, off, fine] = await keysOf(0, 1, 2)
    expect(rows).toEqual([
      [dead, 'fail', 'grant-dead'],
      [off, 'fail', 'imap-off'],
      [fine, 'pass', undefined],
    ])
    expect(stdout).toContain(`  3/3  `)
    const files = (await readdir(join(place, 'conformance-report'))).toSorted()
    expect(files).toEqual(['index.html', 'live.jsonl', 'report.json'])
    const written = await Promise.all(files.map((file) => readFile(join(place, 'conformance-report', file), 'utf8')))
    for (const text of [stdout, ...written]) expect(text).not.toMatch(/user\d|@example\.com|1\/\/0|ya29\./)
  },
  slow,
)

test(
  'a run that is killed is gone on with, and no account that was finished is asked anything again',
  async () => {
    const place = await folderIn(root, { 'fleet.txt': listOf(2, 3, 4, 5, 6) })
    const refreshed = await counting()
    await holdUp(3)
    const killed = far.live(fleet, place)
    await prints(killed, '  2/5  ')
    send(killed, 'SIGKILL')
    await killed.ended
    const finished = await finishedIn(place)
    expect(finished).toEqual(await keysOf(2, 3))
    // What a process leaves that is killed while it writes.
    await appendFile(logIn(place), '{"account":{"at":"2026-11-')

    const { code, stdout, complaints } = await far.live(fleet, place).ended
    expect([code, complaints]).toEqual([0, []])
    expect(stdout).toContain(
      `${finished.length} of 5 accounts are finished in ${join('conformance-report', 'live.jsonl')}`,
    )
    const keys = await keysOf(2, 3, 4, 5, 6)
    expect((await reportIn(place)).live!.accounts.map(({ key }) => key)).toEqual(keys)
    expect(await finishedIn(place)).toEqual(keys)
    const counts = (await refreshed()).slice(2, 7)
    expect(counts.slice(0, finished.length)).toEqual(finished.map(() => 1))
    // The one that was under way may have been asked twice.
    expect(Math.max(...counts.slice(finished.length))).toBeLessThanOrEqual(2)
    expect(counts.slice(finished.length + 1).every((count) => count === 1)).toBe(true)
  },
  slow,
)

test(
  'Ctrl-C keeps what is finished, and the next run begins behind it',
  async () => {
    const place = await folderIn(root, { 'fleet.txt': listOf(2, 3, 4, 5, 6, 7) })
    const refreshed = await counting()
    await holdUp(2)
    const interrupted = far.live(fleet, place)
    await prints(interrupted, '  1/6  ')
    send(interrupted, 'SIGINT')
    const { code } = await interrupted.ended
    const report = await reportIn(place)
    const finished = await finishedIn(place)
    expect([code, report.interrupted, finished]).toEqual([130, true, await keysOf(2)])
    const passed = report.live!.accounts.filter(({ verdict }) => verdict === 'pass').map(({ key }) => key)
    expect(passed).toEqual(finished)

    expect((await far.live(fleet, place).ended).code).toBe(0)
    expect((await reportIn(place)).live!.accounts).toHaveLength(6)
    expect((await refreshed()).slice(2, 2 + finished.length)).toEqual(finished.map(() => 1))
  },
  slow,
)

test(
  'a run that came to its end is no reason to believe it the next time',
  async () => {
    const place = await folderIn(root, { 'fleet.txt': listOf(2) })
    const refreshed = await counting()
    for (let run = 0; run < 2; run++) expect((await far.live(fleet, place).ended).code).toBe(0)
    expect((await refreshed())[2]).toBe(2)
  },
  slow,
)

test(
  'accounts that nobody could be asked for are not finished',
  async () => {
    const place = await folderIn(root, { 'fleet.txt': listOf(2, 3) })
    const nowhere = { HTTPS_PROXY: 'http://127.0.0.1:9', https_proxy: 'http://127.0.0.1:9' }
    const refreshed = await counting()
    const { code } = await far.live(fleet, place, nowhere).ended
    const { accounts } = (await reportIn(place)).live!
    expect([code === 0, accounts.map(({ cause }) => cause?.id === undefined)]).toEqual([false, [false, false]])
    expect(await finishedIn(place)).toEqual([])
    expect((await far.live(fleet, place).ended).code).toBe(0)
    expect((await refreshed()).slice(2, 4)).toEqual([1, 1])
  },
  slow,
)

test(
  'grants may come from the environment, each from its own variable, and no vault is made then',
  async () => {
    const lines = [2, 3].map((index) => JSON.stringify({ account: addressOf(index), grant: `env:GRANT_${index}` }))
    const place = await folderIn(root, { 'fleet.jsonl': lines.join('\n') })
    const [two, three] = await Promise.all([2, 3].map(far.grantOf))
    const env = { GRANT_2: two!.refreshToken, GRANT_3: three!.refreshToken }
    const args = ['--accounts', 'fleet.jsonl', '--vault', join(place, 'none')]
    const { code, stdout } = await far.live(args, place, env).ended
    expect([code, (await reportIn(place)).live!.accounts.map(({ verdict }) => verdict)]).toEqual([0, ['pass', 'pass']])
    expect(await readdir(place)).not.toContain('none')
    for (const secret of Object.values(env))
      expect(stdout + (await readFile(logIn(place), 'utf8'))).not.toContain(secret)
  },
  slow,
)
