import { afterAll, test } from 'vitest'
import type { Door } from './model/observation.ts'
import { scenarios } from '../suites/scenarios/index.ts'
import { createPki } from '../mocks/doors/pki.ts'
import { clientOf } from './gate/client-of.ts'
import { createInspector } from './inspect.ts'
import { loadMailbox } from './mailbox-files.ts'
import { play } from './play.ts'
import { makeTemporaryDirectory, removeTree } from './runtime/files.ts'
import { fileURLToPath } from './runtime/path.ts'
import { openStage } from './stages/stage.ts'
import { workerCarrier } from './stages/worker.ts'
import { openWorld } from './world.ts'

/** One whole life of a token on a stage that is warm, through each door. */

const here = (path: string): URL => new URL(path, import.meta.url)
const [pki, mailbox, client, home] = await Promise.all([
  createPki(),
  loadMailbox(),
  clientOf(fileURLToPath(here('../fixtures/clients/example'))),
  makeTemporaryDirectory('oauth-imap-bench'),
])
const stage = openStage(workerCarrier, here('./subjects/reference/index.ts').href)
const lifecycle = scenarios.find(({ id }) => id === 'lifecycle')!

afterAll(async () => {
  await stage[Symbol.asyncDispose]()
  await removeTree(home)
})

const { signal } = new AbortController()

const playThrough = (door: Door) => async (): Promise<void> => {
  await using world = await openWorld({ scenario: lifecycle, door, seed: 1, client, mailbox, pki })
  const inspector = createInspector(world.secrets, { files: false, processes: false })
  await play(lifecycle, door, {
    world,
    stage,
    home,
    inspector,
    progress: () => {},
    readConfiguration: async () => {},
    signal,
    timeout: 60,
  })
}

test('the lifecycle scenario on a warm stage', async ({ bench }) => {
  await bench.compare(bench('interception', playThrough('interception')), bench('tls', playThrough('tls')), {
    warmupIterations: 10,
    iterations: 20,
    time: 0,
  })
})
