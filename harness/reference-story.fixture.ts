import { afterAll, beforeAll } from 'vitest'
import type { MailboxServer } from '../mocks/mailbox-servers/mailbox-server.ts'
import { createPki } from '../mocks/doors/pki.ts'
import { clientOf } from './gate/client-of.ts'
import { createInspector } from './inspect.ts'
import { loadMailbox } from './mailbox-files.ts'
import type { Door, Journal } from './model/observation.ts'
import type { Scenario } from './model/scenario.ts'
import { play } from './play.ts'
import { makeDirectory, makeTemporaryDirectory, removeTree } from './runtime/files.ts'
import { fileURLToPath } from './runtime/path.ts'
import { type Stage, openStage } from './stages/stage.ts'
import { workerCarrier } from './stages/worker.ts'
import { openWorld } from './world.ts'

const here = (path: string): URL => new URL(path, import.meta.url)

const prepare = async () => ({
  pki: await createPki(),
  mailbox: await loadMailbox(),
  client: await clientOf(fileURLToPath(here('../fixtures/clients/example'))),
  home: await makeTemporaryDirectory('oauth-imap-story'),
})

/** Plays whole stories on the reference client, on one stage for the file that asks; the result is a sealed journal. */
export function referenceStage(): (story: Scenario, door?: Door, server?: MailboxServer) => Promise<Journal> {
  let prepared: Awaited<ReturnType<typeof prepare>>
  let stage: Stage
  beforeAll(async () => {
    prepared = await prepare()
    stage = openStage(workerCarrier, here('./subjects/reference/index.ts').href)
  })
  afterAll(async () => {
    await stage[Symbol.asyncDispose]()
    await removeTree(prepared.home)
  })

  return async (story, door = 'tls', server) => {
    const { home: parent, ...shared } = prepared
    const home = `${parent}/${story.id}-${door}-${server?.description.name ?? 'embedded'}`
    await makeDirectory(home)
    await using world = await openWorld({ scenario: story, door, seed: 1, server, ...shared })
    const { journal } = await play(story, door, {
      world,
      stage,
      home,
      inspector: createInspector(world.secrets, { files: false, processes: false }),
      readConfiguration: async () => {},
      progress: () => {},
      signal: new AbortController().signal,
      timeout: 30,
    })
    return journal
  }
}
