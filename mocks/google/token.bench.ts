import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, expect, test, vi } from 'vitest'
import { createPki } from '../doors/pki.ts'
import { type Competitor, startMockServer, startProvider } from './competitors.fixture.ts'
import { interceptOurs, startOurs } from './ours.fixture.ts'

/** What our Google costs beside two other servers that tests use, each over HTTPS on loopback with the same key. */

// oidc-provider tells everybody that it keeps its tokens in memory.
vi.spyOn(console, 'info').mockImplementation(() => {})
vi.spyOn(console, 'warn').mockImplementation(() => {})

const pki = await createPki()
const all = {
  'ours, TLS door': await startOurs(pki),
  'ours, interception': await interceptOurs(),
  'oauth2-mock-server': await startMockServer(pki),
  'oidc-provider': await startProvider(pki),
}
const cache = await mkdtemp(join(tmpdir(), 'oauth-imap-bench-'))
afterAll(async () => {
  for (const competitor of Object.values(all)) await competitor[Symbol.asyncDispose]()
  await rm(cache, { recursive: true, force: true })
})

/** An answer that the others would give too, or the comparison means nothing. */
for (const competitor of Object.values(all)) {
  const answer = JSON.parse(await competitor.refresh()) as Record<string, unknown>
  expect(answer).toMatchObject({ access_token: expect.any(String), token_type: 'Bearer' })
  expect(String(answer['id_token']).split('.')).toHaveLength(3)
}

test('one token request: a refresh with an id_token, over a kept connection', async ({ bench }) => {
  const ask = (name: keyof typeof all) => bench(name, async () => void (await all[name].refresh()))
  await bench.compare(
    ask('ours, TLS door'),
    ask('ours, interception'),
    ask('oauth2-mock-server'),
    ask('oidc-provider'),
    { warmupIterations: 200, iterations: 1000, time: 0 },
  )
})

/** Ours has a user consent first, and its first token is the one that the code is exchanged for. */
test('time to first token, in a process that has started others before', async ({ bench }) => {
  const start = (of: () => Promise<Competitor>, refreshes: boolean) => async (): Promise<void> => {
    await using competitor = await of()
    if (refreshes) await competitor.refresh()
  }
  await bench.compare(
    bench(
      'ours, TLS door',
      start(() => startOurs(pki), false),
    ),
    bench(
      'oauth2-mock-server',
      start(() => startMockServer(pki), true),
    ),
    bench(
      'oidc-provider',
      start(() => startProvider(pki), true),
    ),
    { warmupIterations: 20, iterations: 100, time: 0 },
  )
})

test('time to first token, in a process of its own, certificates and modules included', async ({ bench }) => {
  const program = fileURLToPath(new URL('first-token.fixture.ts', import.meta.url))
  const env = { PATH: process.env['PATH'] ?? '', NODE_COMPILE_CACHE: cache }
  const start = (name: string) =>
    bench(
      name,
      async () => void (await promisify(execFile)(process.execPath, [program, name], { env, timeout: 20_000 })),
    )
  await bench.compare(start('ours'), start('oauth2-mock-server'), start('oidc-provider'), {
    warmupIterations: 2,
    iterations: 10,
    time: 0,
  })
})
