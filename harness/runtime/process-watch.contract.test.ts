import { connect, createServer } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeTemporaryDirectory, removeTree, writeWhole } from './files.ts'
import { join } from './path.ts'
import type { WatchOrder } from './process-watch.fixture.ts'
import { type ProcessWatch, type SeenProcess, watchTree } from './process-watch.ts'
import { runtime } from './runtime.ts'
import { type SpawnedScript, spawnScript } from './spawn.ts'

let child: SpawnedScript
let watch: ProcessWatch
let home: string
let answer = (_value: unknown): void => {}
beforeEach(async () => {
  home = await makeTemporaryDirectory('watch')
  const module = new URL('./process-watch.fixture.ts', import.meta.url)
  child = spawnScript({ module, cwd: home, onMessage: (value) => answer(value), onExit: () => {} })
  watch = watchTree(child.tree)
})
afterEach(async () => {
  watch.abandon()
  child.kill()
  await child.exited
  await removeTree(home)
})

const ask = (order: WatchOrder): Promise<unknown> =>
  new Promise((resolve) => {
    answer = resolve
    child.post(order)
  })
const first = async (): Promise<SeenProcess> => (await watch.stop()).processes.find((process) => process.first)!

test('a connection that was made is told by its far end, one that was accepted is not told', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { readonly port: number }
  await ask({ order: 'connect', port })
  const own = (await ask({ order: 'listen', host: '127.0.0.1' })) as number
  const everywhere = (await ask({ order: 'listen', host: '0.0.0.0' })) as number
  const caller = connect(own, '127.0.0.1')
  await new Promise((resolve) => caller.once('connect', resolve))
  await ask({ order: 'connect-udp', port: 53 })
  const { sockets } = await first()
  caller.destroy()
  server.close()
  const dialled = sockets.flatMap((socket) => ('dialled' in socket ? [[socket.protocol, socket.dialled]] : []))
  const tcp = ['tcp', { address: '127.0.0.1', port }]
  const udp = ['udp', { address: '127.0.0.1', port: 53 }]
  // Deno keeps the far end of such a socket to itself; the kernel is not told of it.
  expect(dialled.toSorted()).toEqual(runtime().name === 'deno' ? [tcp] : [tcp, udp])
  const listens = sockets.flatMap((socket) => ('listens' in socket ? [socket.listens] : []))
  expect(listens).toHaveLength(2)
  expect(listens).toEqual(
    expect.arrayContaining([
      { address: '127.0.0.1', port: own },
      { address: '0.0.0.0', port: everywhere },
    ]),
  )
})

test('a file that is open is told, and whether it is open for writing', async () => {
  await writeWhole(join(home, 'read'), 'text')
  await ask({ order: 'open', path: join(home, 'read'), flags: 'r' })
  // Looks into a process are not repeated at once, but for the last one.
  for (let looks = 0; looks < 6; looks++) watch.look()
  await ask({ order: 'open', path: join(home, 'written'), flags: 'w' })
  const { files } = await first()
  expect([files.get(join(home, 'read')), files.get(join(home, 'written'))]).toEqual([false, true])
})

test('a process below, in a session of its own, is told with its arguments and environment', async () => {
  await ask({ order: 'start', command: ['sleep', '311'], env: { HANDED_ON: 'value' } })
  const { processes, longestGap } = await watch.stop()
  const below = processes.filter((process) => !process.first).flatMap(({ programs }) => programs)
  const sleep = below.find((program) => program.arguments[0]?.endsWith('sleep'))
  expect(sleep?.arguments.slice(1)).toEqual(['311'])
  expect(sleep?.environment).toContain('HANDED_ON=value')
  expect(longestGap).toBeGreaterThan(0)
})
