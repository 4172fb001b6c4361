import { afterEach, expect, test } from 'vitest'
import { makeTemporaryDirectory, removeTree, walk } from './files.ts'
import { join } from './path.ts'
import { runtime } from './runtime.ts'
import { type ScriptOptions, type SpawnedScript, spawnScript } from './spawn.ts'

const module = new URL('./parent.fixture.ts', import.meta.url)
const children: SpawnedScript[] = []
afterEach(async () => {
  for (const child of children) child.kill()
  await Promise.all(children.splice(0).map((child) => child.exited))
})

type Started = SpawnedScript & { next(): Promise<unknown>; log: unknown[] }

/** Starts the fixture; `next` gives its messages one by one. */
function start(options: Partial<ScriptOptions> = {}): Started {
  const messages: unknown[] = []
  const log: unknown[] = []
  let wake = (): void => {}
  const child = spawnScript({
    module,
    onMessage: (message) => {
      messages.push(message)
      log.push(message)
      wake()
    },
    onExit: (exit) => log.push(exit),
    ...options,
  })
  children.push(child)
  const next = async (): Promise<unknown> => {
    while (messages.length === 0) await new Promise<void>((resolve) => (wake = resolve))
    return messages.shift()
  }
  return Object.assign(child, { next, log })
}

test('messages cross in both directions, and one that came early is kept', async () => {
  const child = start()
  child.post({ order: 'echo', value: { text: 'ä', list: [1, null] } })
  expect([await child.next(), await child.next()]).toEqual(['ready', { echo: { text: 'ä', list: [1, null] } }])
})

test('the child has the given environment, arguments and directory, and nothing of ours but PATH', async () => {
  const home = await makeTemporaryDirectory('spawn')
  process.env['OAUTH_IMAP_TEST_SECRET'] = 'must not be inherited'
  const child = start({ env: { HOME: home, TZ: 'UTC' }, args: ['--flag', 'a b'], cwd: home })
  delete process.env['OAUTH_IMAP_TEST_SECRET']
  await child.next()
  child.post({ order: 'environment' })
  const { names, ...rest } = (await child.next()) as { names: string[] }
  expect(rest).toEqual({ arguments: ['--flag', 'a b'], cwd: home })
  expect(names).toEqual(expect.arrayContaining(['HOME', 'PATH', 'TZ']))
  expect(names).not.toContain('OAUTH_IMAP_TEST_SECRET')
  expect(names.includes('DENO_NO_UPDATE_CHECK')).toBe(runtime().name === 'deno')
  // The runtime itself must leave nothing among the files of a subject.
  expect(await walk(home)).toEqual([])
  await removeTree(home)
})

test.each([
  [0o000, '0666'],
  [0o077, '0600'],
])('umask %o makes a plain file %s', async (umask, mode) => {
  const home = await makeTemporaryDirectory('spawn')
  const child = start({ umask })
  await child.next()
  child.post({ order: 'write', value: join(home, 'file') })
  await child.next()
  expect((await walk(home)).map((entry) => entry.mode)).toEqual([mode])
  await removeTree(home)
})

test('output is captured up to a limit, and what is beyond it is counted', async () => {
  const child = start()
  const megabytes = 5 * 1024 * 1024
  child.post({ order: 'print', value: megabytes })
  child.post({ order: 'close' })
  await child.exited
  expect([child.stdout.bytes().length, child.stdout.dropped]).toEqual([4 * 1024 * 1024, 1024 * 1024 + 1])
  expect(new TextDecoder().decode(child.stderr.bytes())).toContain('to stderr')
})

test('a child that closes its channel ends by itself, and the exit is told last', async () => {
  const child = start()
  child.post({ order: 'echo', value: 1 })
  child.post({ order: 'close' })
  await child.exited
  expect(child.log).toEqual(['ready', { echo: 1 }, { code: 0, signal: null }])
  child.post({ order: 'echo', value: 'nobody is there' })
})

test('an exit status is told', async () => {
  const child = start()
  child.post({ order: 'exit', value: 7 })
  expect(await child.exited).toEqual({ code: 7, signal: null })
})

test.each(['throw', 'reject'])('a child that ends by a %s says so on stderr and hurts nobody', async (order) => {
  const child = start()
  child.post({ order, value: 'planted' })
  expect((await child.exited).code).not.toBe(0)
  expect(new TextDecoder().decode(child.stderr.bytes())).toContain('planted')
})

test('a child in an endless loop can be killed', async () => {
  const child = start()
  child.post({ order: 'spin' })
  expect([await child.next(), await child.next()]).toEqual(['ready', 'spinning'])
  child.kill()
  expect(await child.exited).toEqual({ code: null, signal: 'SIGKILL' })
})

test('a directory that cannot exist is an exit with an error, never a throw', async () => {
  const child = start({ cwd: '/proc/nonexistent' })
  expect((await child.exited).error).toMatch(/ENOENT|cwd/)
})
