import { afterEach, expect, test } from 'vitest'
import { type StartedWorker, startWorker } from './worker.ts'

const module = new URL('./parent.fixture.ts', import.meta.url)
const workers: StartedWorker[] = []
afterEach(() => Promise.all(workers.splice(0).map((worker) => worker.terminate())))

type Started = StartedWorker & { next(): Promise<unknown>; log: unknown[] }

function start(env?: Record<string, string>): Started {
  const messages: unknown[] = []
  const log: unknown[] = []
  let wake = (): void => {}
  const worker = startWorker({
    module,
    ...(env && { env }),
    onMessage: (message) => {
      messages.push(message)
      log.push(message)
      wake()
    },
    onExit: (exit) => log.push(exit),
  })
  workers.push(worker)
  const next = async (): Promise<unknown> => {
    while (messages.length === 0) await new Promise<void>((resolve) => (wake = resolve))
    return messages.shift()
  }
  return Object.assign(worker, { next, log })
}

test('messages cross in both directions, and one that came early is kept', async () => {
  const worker = start()
  worker.post({ order: 'echo', value: { text: 'ä', list: [1, null] } })
  expect([await worker.next(), await worker.next()]).toEqual(['ready', { echo: { text: 'ä', list: [1, null] } }])
})

test('a worker has the given environment and nothing of ours', async () => {
  const worker = start({ TZ: 'UTC' })
  await worker.next()
  worker.post({ order: 'environment' })
  expect(((await worker.next()) as { names: string[] }).names).toEqual(['TZ'])
})

test('a worker that closes its port ends by itself, and the exit is told last', async () => {
  const worker = start()
  worker.post({ order: 'echo', value: 1 })
  worker.post({ order: 'close' })
  await worker.exited
  expect(worker.log).toEqual(['ready', { echo: 1 }, { code: 0, signal: null }])
})

test.each(['throw', 'reject'])('a worker that ends by a %s is an exit with that error', async (order) => {
  const worker = start()
  worker.post({ order, value: 'planted' })
  expect((await worker.exited).error).toContain('planted')
})

test('process.exit in a worker ends the worker alone', async () => {
  const worker = start()
  worker.post({ order: 'exit', value: 7 })
  expect((await worker.exited).code).toBe(7)
})

test('a worker in an endless loop can be terminated', async () => {
  const worker = start()
  worker.post({ order: 'spin' })
  expect([await worker.next(), await worker.next()]).toEqual(['ready', 'spinning'])
  await worker.terminate()
  await worker.exited
})

test('what a worker prints is captured and stays off our terminal', async () => {
  const worker = start()
  worker.post({ order: 'print', value: 3 })
  worker.post({ order: 'close' })
  await worker.exited
  const text = new TextDecoder().decode(worker.stdout.bytes())
  expect(text).toBe('aaa\n')
})
