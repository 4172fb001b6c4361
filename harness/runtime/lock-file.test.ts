import { afterEach, beforeEach, expect, test } from 'vitest'
import { createRandom } from '../random.ts'
import { type Disk, systemDisk } from './disk.ts'
import { exists, makeTemporaryDirectory, readText, removeTree, walk, writeWhole } from './files.ts'
import { LockHeld, type LockPorts, systemLockPorts, withLock } from './lock-file.ts'
import { type LockHolder, livenessOf, thisHolder } from './lock-holder.ts'
import { join } from './path.ts'
import { spawnScript } from './spawn.ts'

let home = ''
let lock = ''
beforeEach(async () => {
  home = await makeTemporaryDirectory('lock')
  lock = join(home, 'record.lock')
})
afterEach(() => removeTree(home))

const nonce = '11111111-2222-4333-8444-555555555555'
const standing = (holder: Partial<LockHolder>): Promise<void> => writeWhole(lock, JSON.stringify({ nonce, ...holder }))
const dead: LockHolder = { pid: 1, began: '1', space: 'here' }

/** Ports whose time passes only by waiting. */
function playedPorts(livenessOf: LockPorts['livenessOf']): LockPorts & { readonly waited: number } {
  let time = 0
  return {
    holder: () => ({ pid: 2, began: '1', space: 'here' }),
    livenessOf,
    now: () => time,
    wait: async (milliseconds) => void (time += milliseconds),
    get waited() {
      return time
    },
  }
}
const hold = (ports: LockPorts, work = async () => 'done', disk: Disk = systemDisk) =>
  withLock(lock, { disk, ports }, work)

test('the lock stands while the work is done, names its holder, and is gone afterwards', async () => {
  const during = JSON.parse(await hold(systemLockPorts, () => readText(lock))) as LockHolder
  expect(during).toMatchObject(thisHolder())
  expect(livenessOf(during)).toBe('alive')
  await expect(hold(systemLockPorts, () => Promise.reject(new Error('planted')))).rejects.toThrow('planted')
  expect(await exists(lock)).toBe(false)
})

test('a dead holder’s lock is taken at once', async () => {
  const ports = playedPorts(() => 'dead')
  await standing(dead)
  expect([await hold(ports), ports.waited]).toEqual(['done', 0])
  expect(await walk(home)).toEqual([])
})

test('a living holder’s lock is never taken, however long it stands', async () => {
  const ports = playedPorts(() => 'alive')
  await standing(dead)
  await expect(hold(ports)).rejects.toBeInstanceOf(LockHeld)
  expect(ports.waited).toBeGreaterThanOrEqual(10_000)
  expect(await readText(lock)).toContain(nonce)
})

test.each(['', '{', 'null', '{"nonce":"../../elsewhere"}', JSON.stringify({ nonce })])(
  'a lock of whose holder nothing can be known (%j) is taken after ten seconds, not before',
  async (content) => {
    const ports = playedPorts(() => 'unknown')
    await writeWhole(lock, content)
    expect(await hold(ports)).toBe('done')
    expect(ports.waited).toBeGreaterThanOrEqual(10_000)
    expect(await walk(home)).toEqual([])
  },
)

test('the ten seconds begin anew with every other holder', async () => {
  let changes = 0
  const ports = playedPorts(() => 'unknown')
  await standing(dead)
  const disk: Disk = {
    ...systemDisk,
    async read(path) {
      // Nine seconds in, somebody else holds it: a busy lock is not an abandoned one.
      if (changes === 0 && ports.waited > 9000) {
        changes++
        await writeWhole(lock, JSON.stringify({ nonce: nonce.replaceAll('1', '9'), ...dead }))
      }
      return systemDisk.read(path)
    },
  }
  await hold(ports, undefined, disk)
  expect(ports.waited).toBeGreaterThan(18_500)
})

test('a clock that is set forward by a year gives no lock away', async () => {
  const real = Date.now
  await standing(thisHolder())
  Date.now = () => real() + 365 * 86_400_000
  try {
    let reads = 0
    const disk: Disk = {
      ...systemDisk,
      async read(path) {
        if (++reads === 5) await systemDisk.remove(lock)
        return systemDisk.read(path)
      },
    }
    expect(await hold(systemLockPorts, async () => String(reads), disk)).toBe('5')
  } finally {
    Date.now = real
  }
})

test('a holder that lost its lock leaves the new holder’s alone', async () => {
  await hold(systemLockPorts, () => standing(dead).then(() => ''))
  expect(await readText(lock)).toContain(nonce)
})

test.each(Array.from({ length: 12 }, (_, seed) => seed))(
  'of many that find one dead holder, one at a time gets the lock (order of steps %i)',
  async (seed) => {
    const random = createRandom(seed)
    const ports: LockPorts = {
      ...systemLockPorts,
      livenessOf: ({ pid }) => (pid === dead.pid ? 'dead' : 'alive'),
      wait: () => new Promise((resolve) => setTimeout(resolve, random.integer(3))),
    }
    const shuffled = async <T>(step: () => Promise<T>): Promise<T> => {
      for (let turn = random.integer(6); turn > 0; turn--) await new Promise((resolve) => setImmediate(resolve))
      return step()
    }
    const disk: Disk = {
      ...systemDisk,
      create: (path) => shuffled(() => systemDisk.create(path)),
      read: (path) => shuffled(() => systemDisk.read(path)),
      remove: (path) => shuffled(() => systemDisk.remove(path)),
    }
    await standing(dead)
    let inside = 0
    let most = 0
    const work = async (): Promise<string> => {
      most = Math.max(most, ++inside)
      await shuffled(async () => {})
      inside--
      return 'done'
    }
    expect(await Promise.all(Array.from({ length: 8 }, () => hold(ports, work, disk)))).toHaveLength(8)
    expect([most, await walk(home)]).toEqual([1, []])
  },
)

test('whether a holder lives: this process, one that ended, one whose number was given out again, one elsewhere', async () => {
  const module = new URL('./parent.fixture.ts', import.meta.url)
  const child = spawnScript({ module, onMessage: () => {}, onExit: () => {} })
  const self = thisHolder()
  const { pid = 0 } = child
  child.kill()
  await child.exited
  expect(livenessOf(self)).toBe('alive')
  expect(livenessOf({ ...self, pid })).toBe('dead')
  expect(livenessOf({ ...self, began: '1' })).toBe('dead')
  expect(livenessOf({ ...self, space: 'another machine' })).toBe('unknown')
})
