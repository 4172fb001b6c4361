import { chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { CompactEncrypt } from 'jose'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeTemporaryDirectory, removeTree, walk } from '../runtime/files.ts'
import { join } from '../runtime/path.ts'
import { spawnScript } from '../runtime/spawn.ts'
import type { StoredGrant, TokenStore } from '../subjects/reference/token-store.ts'
import { failingDisk } from './failing-disk.fixture.ts'
import { VaultError, type VaultProblem } from './vault-error.ts'
import { openVault } from './vault.ts'

const account = 'alice@example.test'
const key = new Uint8Array(32).fill(7)
const grant: StoredGrant = {
  refreshToken: '1//refresh-token',
  accessToken: 'ya29.access-token',
  expiresAt: 1_700_000_000_000,
  scope: 'openid https://mail.google.com/',
}
const next: StoredGrant = { refreshToken: '1//next', scope: '' }

let home = ''
let directory = ''
beforeEach(async () => {
  home = await makeTemporaryDirectory('vault')
  directory = join(home, 'tokens')
})
afterEach(() => removeTree(home))

const open = (options: Partial<Parameters<typeof openVault>[0]> = {}): Promise<TokenStore> =>
  openVault({ directory, key, ...options })
const record = (): string => join(directory, only(readdirSync(directory)))
const only = (names: readonly string[]): string => {
  expect(names).toHaveLength(1)
  return names[0] ?? ''
}
const problemOf = async (attempt: Promise<unknown>): Promise<VaultProblem> => {
  const error = await attempt.then(
    () => new Error('nothing was thrown'),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof VaultError)) throw error
  expect(error.message).toContain(error.file)
  expect(error.message).not.toMatch(/ya29|1\/\//)
  return error.problem
}

test('a grant that was saved is loaded, by another vault and in any case of the address', async () => {
  await (await open()).save('Alice@Example.test', grant)
  expect(await (await open()).load(account)).toEqual(grant)
})

test('nobody signed in: there is no grant', async () => {
  expect(await (await open()).load(account)).toBeUndefined()
})

test('the file bears no address and no token, and is a compact JWE of five parts', async () => {
  await (await open()).save(account, grant)
  expect(only(readdirSync(directory))).toMatch(/^[0-9a-f]{32}\.jwe$/)
  const text = readFileSync(record(), 'latin1')
  expect(text).toMatch(/^[\w-]+\.\.[\w-]{16}\.[\w-]+\.[\w-]{22}$/)
  expect(JSON.parse(atob(text.split('.')[0] ?? ''))).toMatchObject({ alg: 'dir', enc: 'A256GCM', version: 1 })
})

test('no two writes of one grant look alike', async () => {
  const vault = await open()
  await vault.save(account, grant)
  const first = readFileSync(record(), 'latin1')
  await vault.save(account, grant)
  expect(readFileSync(record(), 'latin1').split('.')[2]).not.toBe(first.split('.')[2])
})

test('a shorter grant leaves no tail of a longer one', async () => {
  const vault = await open()
  await vault.save(account, { ...grant, refreshToken: 'x'.repeat(5000) })
  const long = readFileSync(record()).length
  await vault.save(account, next)
  expect(readFileSync(record()).length).toBeLessThan(long - 4000)
  expect(await vault.load(account)).toEqual(next)
})

test('saves of one process end in the order in which they were called', async () => {
  const vault = await open()
  const scopes = Array.from({ length: 12 }, (_, index) => `scope-${index}`)
  await Promise.all(scopes.map((scope) => vault.save(account, { refreshToken: 'x'.repeat(1000), scope })))
  expect((await vault.load(account))?.scope).toBe('scope-11')
})

test('erase removes the grant, a leftover of it too, and no other account’s', async () => {
  const vault = await open()
  await vault.save('bob@example.test', next)
  const bobs = record()
  await vault.save(account, grant)
  const alices = only(readdirSync(directory).filter((name) => join(directory, name) !== bobs))
  writeFileSync(join(directory, `${alices}.0b3f8f2e-1111-4222-8333-123456789abc.new`), 'unfinished')
  await vault.erase(account)
  await vault.erase(account)
  expect(record()).toBe(bobs)
  expect([await vault.load(account), await vault.load('bob@example.test')]).toEqual([undefined, next])
})

test.each([0o000, 0o022, 0o077, 0o777])('umask %o changes no mode: directory 0700, file 0600', async (umask) => {
  const child = spawnScript({
    module: new URL('./vault.fixture.ts', import.meta.url),
    args: [JSON.stringify({ directory, number: 1, times: 1 })],
    umask,
    onMessage: () => {},
    onExit: () => {},
  })
  expect([await child.exited, new TextDecoder().decode(child.stderr.bytes())]).toEqual([{ code: 0, signal: null }, ''])
  expect(new Set((await walk(home)).map(({ kind, mode }) => `${kind} ${mode}`))).toEqual(
    new Set(['directory 0700', 'file 0600']),
  )
})

test('a directory that others may enter, or a link to one, is refused', async () => {
  mkdirSync(directory)
  chmodSync(directory, 0o750)
  expect(await problemOf(open())).toBe('not-private')
  rmSync(directory, { recursive: true })
  mkdirSync(join(home, 'elsewhere'), { mode: 0o700 })
  symlinkSync(join(home, 'elsewhere'), directory)
  expect(await problemOf(open())).toBe('not-a-plain-file')
})

test.each(['load', 'save', 'erase'] as const)(
  '%s refuses a link and leaves it and its target alone',
  async (method) => {
    const vault = await open()
    await vault.save(account, grant)
    const path = record()
    const target = join(home, 'target')
    writeFileSync(target, 'precious')
    rmSync(path)
    symlinkSync(target, path)
    expect(await problemOf(method === 'save' ? vault.save(account, next) : vault[method](account))).toBe(
      'not-a-plain-file',
    )
    expect(readFileSync(path, 'utf8')).toBe('precious')
    expect(only(readdirSync(directory))).toMatch(/\.jwe$/)
  },
)

test('a link in place of the lock is refused too', async () => {
  const vault = await open()
  await vault.save(account, grant)
  const target = join(home, 'target')
  writeFileSync(target, '{}')
  symlinkSync(target, `${record()}.lock`)
  expect(await problemOf(vault.save(account, next))).toBe('not-a-plain-file')
  expect(readFileSync(target, 'utf8')).toBe('{}')
})

test('another key is told apart from damage, and nothing is changed by trying', async () => {
  await (await open()).save(account, grant)
  const before = readFileSync(record(), 'latin1')
  expect(await problemOf((await open({ key: new Uint8Array(32).fill(8) })).load(account))).toBe('wrong-key')
  expect(readFileSync(record(), 'latin1')).toBe(before)
  await expect(open({ key: new Uint8Array(16) })).rejects.toThrow('32 bytes')
})

test('a change of any octet is noticed, and nothing is changed by trying', async () => {
  const vault = await open()
  await vault.save(account, next)
  const [path, whole] = [record(), readFileSync(record())]
  for (let at = 0; at < whole.length; at++) {
    const changed = Uint8Array.from(whole)
    changed[at] = (whole[at] ?? 0) ^ 1
    writeFileSync(path, changed)
    expect(await problemOf(vault.load(account)), `octet ${at}`).toMatch(/^(damaged|wrong-key|newer-version)$/)
    expect(readFileSync(path).equals(changed)).toBe(true)
  }
})

test('a file that was cut short at any place, or made longer, is damaged', async () => {
  const vault = await open()
  await vault.save(account, next)
  const [path, whole] = [record(), readFileSync(record(), 'latin1')]
  for (const text of [...Array.from(whole, (_, at) => whole.slice(0, at)), `${whole}A`, `${whole}\n`, `${whole}.`]) {
    writeFileSync(path, text)
    expect(await problemOf(vault.load(account)), `${text.length} of ${whole.length} octets`).toBe('damaged')
  }
})

test('one account’s file under another’s name is noticed', async () => {
  const vault = await open()
  await vault.save('mallory@example.test', next)
  const mallorys = record()
  await vault.save(account, grant)
  const alices = only(readdirSync(directory).filter((name) => join(directory, name) !== mallorys))
  writeFileSync(join(directory, alices), readFileSync(mallorys))
  expect(await problemOf(vault.load(account))).toBe('damaged')
})

test('a file of a newer version is told apart, and a sealed text that is no grant is damaged', async () => {
  const vault = await open()
  await vault.save(account, grant)
  const header = JSON.parse(atob(readFileSync(record(), 'latin1').split('.')[0] ?? '')) as { version: number }
  const sealed = (version: number, text: string) =>
    new CompactEncrypt(new TextEncoder().encode(text))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', ...header, version })
      .encrypt(key)
  writeFileSync(record(), await sealed(2, '{}'))
  expect(await problemOf(vault.load(account))).toBe('newer-version')
  for (const text of ['{}', 'null', '[', `{"account":"${account}","refreshToken":1,"scope":""}`]) {
    writeFileSync(record(), await sealed(1, text))
    expect(await problemOf(vault.load(account))).toBe('damaged')
  }
})

/** A lock is what a dead process left, whoever this process thinks holds it; waiting takes no time. */
let clock = 0
const died = {
  livenessOf: () => 'dead' as const,
  holder: () => ({ pid: 1, began: '1', space: 'here' }),
  now: () => clock,
  wait: async (milliseconds: number) => void (clock += milliseconds),
}

const change = (vault: TokenStore, method: 'save' | 'erase'): Promise<void> =>
  method === 'save' ? vault.save(account, next) : vault.erase(account)

/** The steps of a change that meets no trouble, over a saved grant. */
async function stepsOf(method: 'save' | 'erase'): Promise<readonly string[]> {
  await (await open()).save(account, grant)
  const { disk, steps } = failingDisk(Infinity, 'crash')
  await change(await open({ disk }), method)
  return steps
}

test.each(['save', 'erase'] as const)(
  'a crash in any step of %s leaves the old grant or the new, and no trace after the next',
  async (method) => {
    const seen: (string | undefined)[] = []
    for (const [at, step] of (await stepsOf(method)).entries()) {
      await (await open()).save(account, grant)
      const { disk } = failingDisk(at, 'crash')
      await expect(change(await open({ disk, lockPorts: died }), method), step).rejects.toThrow('crash')
      const survivor = await open({ lockPorts: died })
      seen.push((await survivor.load(account))?.refreshToken)
      await survivor.save(account, { refreshToken: 'after', scope: '' })
      expect((await survivor.load(account))?.refreshToken).toBe('after')
      expect(only(readdirSync(directory)), `after a crash in ${step}`).toMatch(/\.jwe$/)
    }
    const changed = seen.indexOf(method === 'save' ? next.refreshToken : undefined)
    expect(changed).toBeGreaterThan(5)
    expect(seen.slice(0, changed)).toEqual(seen.slice(0, changed).fill(grant.refreshToken))
    expect(new Set(seen.slice(changed)).size).toBe(1)
  },
)

test('the new grant is on the medium before it has its name, and its name before the save ends', async () => {
  const steps = await stepsOf('save')
  const ends = ['create', 'write', 'sync', 'close', 'rename', 'syncDirectory', 'read', 'remove']
  expect(steps.slice(-ends.length)).toEqual(ends)
})

test('a full disk in any step of a save is an error that keeps a whole grant and leaves nothing behind', async () => {
  const steps = await stepsOf('save')
  const kept: string[] = []
  for (const [at, step] of steps.entries()) {
    await removeTree(directory)
    await (await open()).save(account, grant)
    const { disk } = failingDisk(at, 'full')
    expect(await problemOf((await open({ disk })).save(account, next)), step).toBe('unwritable')
    const loaded = await (await open()).load(account)
    expect([grant, next]).toContainEqual(loaded)
    if (loaded?.refreshToken === grant.refreshToken) kept.push(step)
    if (steps.indexOf('syncDirectory') >= at) expect(only(readdirSync(directory)), step).toMatch(/\.jwe$/)
  }
  expect(kept).toEqual(steps.slice(0, steps.indexOf('rename') + 1))
})

test('four processes that save at once lose nothing and leave nothing but whole grants', async () => {
  const times = 8
  const children = [1, 2, 3, 4].map((number) =>
    spawnScript({
      module: new URL('./vault.fixture.ts', import.meta.url),
      args: [JSON.stringify({ directory, number, times })],
      onMessage: () => {},
      onExit: () => {},
    }),
  )
  for (const child of children) {
    expect(await child.exited).toEqual({ code: 0, signal: null })
    expect(new TextDecoder().decode(child.stderr.bytes())).toBe('')
  }
  const vault = await open()
  for (const number of [1, 2, 3, 4])
    expect((await vault.load(`own-${number}@example.test`))?.refreshToken).toMatch(`process ${number} time ${times} `)
  expect((await vault.load('shared@example.test'))?.refreshToken).toMatch(`time ${times} `)
  expect(readdirSync(directory).every((name) => /^[0-9a-f]{32}\.jwe$/.test(name))).toBe(true)
  expect(readdirSync(directory)).toHaveLength(5)
})
