import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { obtainGrant } from '../live/account/grant.ts'
import { usualBudget } from '../live/lines/lines.ts'
import type { TokenStore } from '../subjects/reference/token-store.ts'
import { VaultError } from '../vault/vault-error.ts'
import type { LiveSettings } from '../verify-live.ts'
import { openFarWorld } from './far-world.fixture.ts'
import { openSigning } from './live-grant.fixture.ts'
import { diagnoseAccount } from './live/diagnose.ts'
import { livePorts } from './live/ports.ts'
import { playLive } from './live.fixture.ts'
import { startServe } from './serve.fixture.ts'

/** `live --diagnose`: what a person reads, and what a script learns by the exit code. */

let root: string
beforeAll(async () => void (root = await mkdtemp(join(tmpdir(), 'oauth-imap-diagnosis-'))))
afterAll(() => rm(root, { recursive: true, force: true }))

const day = 86_400_000
const testing = fileURLToPath(new URL('../../fixtures/worlds/presets/testing-7-days.yaml', import.meta.url))

/** What is told of a grant that has lived so long. */
async function toldAfter(
  days: number,
  preset = testing,
  load?: TokenStore['load'],
): Promise<{ readonly code: number; readonly told: string }> {
  await using world = preset === 'usual' ? await openFarWorld() : await openFarWorld(preset)
  await using one = await openSigning(world)
  await obtainGrant(one.context, one.access({ asking: one.asking(world.browser()) }))
  world.world.clock.advance(days * day)
  const access = one.access()
  const settings: LiveSettings = {
    ...{
      farSide: world.farSide,
      client: world.client,
      includeMail: false,
      budget: usualBudget,
      lanes: 1,
      strict: false,
    },
    accounts: [
      {
        ...access,
        ...(load && { store: { ...access.store, load } }),
        directory: one.directory,
        writes: false,
        revokes: false,
      },
    ],
    selection: { only: [], steps: [] },
    expectations: { looks: [], known: [] },
  }
  const printed: string[] = []
  const terminal = {
    print: (text: string) => void printed.push(text),
    complain: () => {},
    colour: false,
    unicode: true,
  }
  const ports = { ...livePorts(new AbortController().signal), now: () => Date.now() + days * day }
  const code = await diagnoseAccount(settings, ports, terminal)
  return { code, told: printed.join('\n') }
}

test('a grant in order is told to be so, and one that ends by itself with its end', async () => {
  const { code, told } = await toldAfter(0)
  expect([code, told]).toEqual([0, expect.stringContaining('Nothing is wrong')])
  expect(told).toContain('But the grant ends in 7.0 days.')
  expect((await toldAfter(0, 'usual')).told).not.toContain('But the grant ends')
})

test('a vault that cannot be read is told as that, and is no fault of ours', async () => {
  const { code, told } = await toldAfter(0, testing, () =>
    Promise.reject(new VaultError('damaged', 'a.jwe', 'cut short')),
  )
  expect([code, told]).toEqual([2, expect.stringContaining('the stored grant cannot be read or written')])
})

test('of a grant that died after a week, status Testing is named first, and nobody is asked how long it lived', async () => {
  const { code, told } = await toldAfter(7.1)
  expect([code, told]).toEqual([1, expect.stringContaining('Cause    the stored grant has ended')])
  expect(told).toMatch(/Cause {4}The project is in status Testing, where consent ends after seven days\. \[9\d %\]/)
  expect(told).not.toMatch(/Question How long|alice|example\.com/)
})

test('a grant that is not there, an issuer that cannot be reached, and what goes beyond a diagnosis', async () => {
  await using serve = await startServe([], root)
  const [client, ca] = [join(root, 'client.json'), join(root, 'ca.pem')]
  await copyFile(serve.ready.client.file, client)
  await copyFile(serve.ready.ca, ca)
  const env = { ...serve.ready.env, NODE_EXTRA_CA_CERTS: ca, DENO_CERT: ca }
  // Its own files go with it.
  const ready = { ...serve.ready, client: { ...serve.ready.client, file: client }, env }
  const play = { ready, folder: root }
  expect(await playLive(['--diagnose'], play)).toMatchObject({
    code: 2,
    stdout: expect.stringContaining('no grant is stored'),
  })
  const { code, complaints } = await playLive(['--diagnose', '--revoke'], play)
  expect([code, complaints]).toEqual([3, [expect.stringContaining('--revoke does more')]])
  await playLive([], play)
  await serve.end('SIGTERM')
  const nobody = await playLive(['--diagnose'], play)
  expect([nobody.code, nobody.stdout]).toEqual([2, expect.stringContaining('Cause    ')])
}, 60_000)
