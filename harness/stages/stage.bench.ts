import { afterAll, test } from 'vitest'
import type { WorldAccess } from '../model/world.ts'
import { makeTemporaryDirectory, removeTree } from '../runtime/files.ts'
import { childCarrier } from './child.ts'
import { keepProcesses } from './observe.ts'
import { type CarrierFactory, openStage } from './stage.ts'
import { workerCarrier } from './worker.ts'

/** From nothing to a subject that waits for its first act, and to its end: what a stage costs besides what it plays. */

const home = await makeTemporaryDirectory('oauth-imap-bench')
afterAll(() => removeTree(home))
const module = new URL('../subjects/reference/index.ts', import.meta.url).href

/** Nothing is asked of these doors: the world ends as soon as it has begun. */
const access: WorldAccess = {
  scenario: 'bench',
  seed: 1,
  now: Date.UTC(2026, 0, 14, 9),
  door: 'tls',
  issuer: 'https://accounts.google.com',
  client: {
    kind: 'installed',
    client_id: '123456789012-example.apps.googleusercontent.com',
    client_secret: 'none',
    redirect_uris: ['http://localhost'],
  },
  hosts: { 'accounts.google.com': 9 },
  imap: { host: '127.0.0.1', port: 9, servername: 'imap.gmail.com' },
  ca: '',
  vaultKey: btoa('0123456789abcdef0123456789abcdef'),
}
const world = { respond: async () => Response.error(), browse: async () => {} }

const ready = (carrier: () => CarrierFactory) => async (): Promise<void> => {
  await using stage = openStage(carrier(), module)
  await stage.begin({ access, home, planted: null, world })
}

test('a stage with the reference client, from its start to its first act', async ({ bench }) => {
  await bench.compare(
    bench(
      'worker thread',
      ready(() => workerCarrier),
    ),
    bench(
      'child process',
      ready(() => childCarrier({ home, umask: 0 })),
    ),
    bench(
      'child process that is watched',
      ready(() => childCarrier({ home, umask: 0, record: keepProcesses('canary') })),
    ),
    { warmupIterations: 3, iterations: 15, time: 0 },
  )
})
