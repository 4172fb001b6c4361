import { chmodSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { Fault } from '../../model/fault.ts'
import { exists, makeTemporaryDirectory, readText, removeTree, statOf, walk } from '../../runtime/files.ts'
import { availableInstruments } from '../../runtime/instruments.ts'
import { placeFile } from '../../runtime/place-file.ts'
import { keyVariable, openVaultPlace } from './vault-place.ts'

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
const account = 'alice@example.com'
const grant = { refreshToken: ['1//', 'of a vault'].join(''), scope: '', grantedAt: 5 }
const hasModes = availableInstruments().includes('file-modes')

const home = async (): Promise<string> => {
  const directory = await makeTemporaryDirectory('oauth-imap-place')
  onTestFinished(() => removeTree(directory))
  return directory
}
const faultOf = (work: Promise<unknown>): Promise<Fault> =>
  work.then(
    () => Promise.reject(new Error('it was opened')),
    (error: unknown) => {
      expect(error).toBeInstanceOf(Fault)
      return error as Fault
    },
  )

test('the first start makes a vault and a key beside it, for their owner alone; the next ones use them', async () => {
  const root = await home()
  const environment = { XDG_DATA_HOME: `${root}/data` }
  const place = await openVaultPlace({ environment, random })
  expect(place.isNew).toBe(true)
  await place.store.save(account, grant)
  const again = await openVaultPlace({ environment, directory: place.directory, random })
  expect(again).toMatchObject({ directory: place.directory, key: place.key, isNew: false })
  expect(await again.store.load(account)).toEqual(grant)
  if (process.platform === 'linux') expect(place.directory).toBe(`${root}/data/oauth-imap/live`)
  const text = await readText(place.key)
  expect(JSON.stringify(again)).not.toContain(text.trim())
  if (!hasModes) return
  const modes = (await walk(`${root}/data/oauth-imap`)).map(({ path, mode }) => `${mode} ${path}`)
  expect(modes).toEqual(['0700 live', expect.stringMatching(/^0600 live\/\w+\.jwe$/), '0600 vault.key'])
  expect((await statOf(`${root}/data/oauth-imap`)).mode).toBe('0700')
})

test('several first starts at once agree on one key', async () => {
  const directory = `${await home()}/vault`
  const places = await Promise.all([1, 2, 3, 4].map(() => openVaultPlace({ directory, environment: {}, random })))
  expect(places.filter(({ isNew }) => isNew)).toHaveLength(1)
  await places[0]!.store.save(account, grant)
  for (const { store } of places) expect(await store.load(account)).toEqual(grant)
})

test('a folder that holds other things is no vault, and nobody is told to change its mode', async () => {
  const root = await home()
  await placeFile(`${root}/letters.txt`, 'mine', 0o600)
  if (hasModes) chmodSync(root, 0o755)
  const fault = await faultOf(openVaultPlace({ directory: root, environment: {}, random }))
  expect(`${fault.message} ${fault.hint}`).toMatch(/is no vault.*Name a folder of its own/)
  expect(fault.hint).not.toContain('chmod')
})

test('a key of the environment needs no file', async () => {
  const root = await home()
  const environment = { [keyVariable]: btoa('k'.repeat(32)) }
  const { store, key } = await openVaultPlace({ directory: `${root}/vault`, environment, random })
  await store.save(account, grant)
  expect([key, await exists(`${root}/vault.key`)]).toEqual([`the variable ${keyVariable}`, false])
  for (const wrong of [btoa('k'.repeat(31)), 'no base64 at all', `${btoa('k'.repeat(33))}`]) {
    const { code, message } = await faultOf(
      openVaultPlace({ directory: `${root}/vault`, environment: { [keyVariable]: wrong }, random }),
    )
    expect([code, message.includes(wrong)]).toEqual(['SETTINGS_INVALID', false])
  }
})

test.runIf(hasModes)('what others can read is refused with the line that mends it', async () => {
  const root = await home()
  const directory = `${root}/vault`
  const open = () => openVaultPlace({ directory, environment: {}, random })
  const { store, key } = await open()
  await store.save(account, grant)
  const file = `${directory}/${(await walk(directory))[0]!.path}`
  for (const [path, wrong, right] of [
    [key, 0o640, 0o600],
    [file, 0o604, 0o600],
    [directory, 0o750, 0o700],
  ] as const) {
    chmodSync(path, wrong)
    const { code, hint } = await faultOf(open())
    expect([code, hint]).toEqual(['SETTINGS_INVALID', `Run: chmod ${right.toString(8)} ${path}`])
    chmodSync(path, right)
  }
  expect(await (await open()).store.load(account)).toEqual(grant)
})

test('a key that is lost or damaged is never replaced while grants need it', async () => {
  const root = await home()
  const directory = `${root}/vault`
  const open = () => openVaultPlace({ directory, environment: {}, random })
  const { store, key } = await open()
  await store.save(account, grant)
  const text = await readText(key)
  await placeFile(key, text.slice(0, 20), 0o600)
  expect((await faultOf(open())).message).toContain('holds no key')
  expect(await readText(key)).toBe(text.slice(0, 20))
  await removeTree(key)
  expect((await faultOf(open())).message).toContain('its key')
  expect(await exists(key)).toBe(false)
  await placeFile(key, text, 0o600)
  expect(await (await open()).store.load(account)).toEqual(grant)
})

test('a place where no vault can be is told', async () => {
  const root = await home()
  await placeFile(`${root}/file`, '', 0o600)
  for (const directory of [`${root}/file`, `${root}/file/vault`])
    expect(['OUTPUT_UNWRITABLE', 'SETTINGS_INVALID']).toContain(
      (await faultOf(openVaultPlace({ directory, environment: {}, random }))).code,
    )
})

test('each issuer has its grants to itself, under one key', async () => {
  const root = await home()
  const open = (issuer?: string) =>
    openVaultPlace({ directory: `${root}/vault`, environment: {}, random, ...(issuer === undefined ? {} : { issuer }) })
  const [google, one, other] = [
    await open(),
    await open('https://issuer.example.com'),
    await open('https://issuer.example.com/'),
  ]
  expect(new Set([google, one, other].map(({ directory }) => directory)).size).toBe(3)
  expect([google, one, other].map(({ key }) => key)).toEqual(Array.from({ length: 3 }, () => `${root}/vault.key`))
  await google.store.save(account, grant)
  for (const { store } of [one, other]) expect(await store.load(account)).toBeUndefined()
  await one.store.save(account, { ...grant, scope: 'openid' })
  expect(await other.store.load(account)).toBeUndefined()
  expect(await (await open()).store.load(account)).toEqual(grant)
  expect((await (await open('https://issuer.example.com')).store.load(account))?.scope).toBe('openid')
})
