import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { playLive } from './live.fixture.ts'
import { startServe } from './serve.fixture.ts'

/** `npm run test:live` as it is: Vitest in a process of its own, on Node, whatever runs this test. */

let root: string
beforeAll(async () => void (root = await mkdtemp(join(tmpdir(), 'oauth-imap-live-suite-'))))
afterAll(() => rm(root, { recursive: true, force: true }))

const checkout = fileURLToPath(new URL('../..', import.meta.url))
const bin = join(checkout, 'node_modules', '.bin')

interface Assertion {
  readonly status: string
  readonly title: string
}

async function suite(env: Readonly<Record<string, string>>) {
  const { PATH = '', HOME = '' } = process.env
  const file = join(await mkdtemp(join(root, 'suite-')), 'told.json')
  const args = ['run', '--project', 'live', '--reporter=json', `--outputFile=${file}`]
  const { status, stderr } = spawnSync(join(bin, 'node'), [join(checkout, 'node_modules/vitest/vitest.mjs'), ...args], {
    cwd: checkout,
    // Deno adds these to its own, and its own may want another runtime.
    env: { PATH: `${bin}:${PATH}`, HOME, EXPECT_RUNTIME: 'node', ...env },
    encoding: 'utf8',
  })
  const { testResults } = JSON.parse(await readFile(file, 'utf8')) as {
    readonly testResults: readonly { readonly assertionResults: readonly Assertion[] }[]
  }
  return { status, stderr, told: testResults.flatMap(({ assertionResults }) => assertionResults) }
}

test('without credentials its one test is skipped, and its name says what is missing', async () => {
  const { status, stderr, told } = await suite({})
  expect([status, told], stderr).toEqual([0, [expect.objectContaining({ status: 'skipped' })]])
  expect(told[0]!.title).toContain('set OAUTH_IMAP_CLIENT and OAUTH_IMAP_ACCOUNT')
}, 30_000)

test('with them each check is a test, and a grant that has ended fails', async () => {
  await using serve = await startServe([], root)
  await playLive([], { ready: serve.ready, folder: root })
  const env = {
    ...serve.ready.env,
    OAUTH_IMAP_CLIENT: serve.ready.client.file,
    OAUTH_IMAP_ACCOUNT: 'alice@example.com',
    OAUTH_IMAP_VAULT: join(root, 'vault'),
  }
  const { status, stderr, told } = await suite(env)
  expect([status, told.filter((test) => test.status === 'failed')], stderr).toEqual([0, []])
  expect(told.filter((test) => test.status === 'passed').map(({ title }) => title.split(':')[0])).toEqual(
    expect.arrayContaining(['is verified', 'live/xoauth2', 'live/refresh', 'live/read-only']),
  )
  // Another world issued none of these tokens.
  await using other = await startServe([], root)
  const ended = await suite({ ...env, ...other.ready.env, OAUTH_IMAP_CLIENT: other.ready.client.file })
  expect(ended.status).toBe(1)
  expect(ended.told.filter((test) => test.status === 'failed').map(({ title }) => title.split(':')[0])).toEqual(
    expect.arrayContaining(['is verified', 'live/refresh']),
  )
}, 60_000)
