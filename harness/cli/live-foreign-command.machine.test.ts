import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createPki } from '../../mocks/doors/pki.ts'
import { openVaultPlace } from '../live/keeping/vault-place.ts'
import type { Report } from '../model/report.ts'
import { browserOf, client, person } from './live-foreign-issuer.fixture.ts'
import { type ForeignWorld, openForeignWorld } from './live-foreign.fixture.ts'
import { type Ended, start } from './program.fixture.ts'

/** The command itself with `--issuer`, `--imap` and `--ca`, in a process of its own. */

let world: ForeignWorld
let folder: string
beforeAll(async () => {
  // oidc-provider tells everybody that it keeps its tokens in memory.
  for (const level of ['info', 'warn'] as const) vi.spyOn(console, level).mockImplementation(() => {})
  world = await openForeignWorld()
  folder = await mkdtemp(`${tmpdir()}/live-foreign-`)
  await writeFile(`${folder}/ca.pem`, world.pki.ca)
  await writeFile(`${folder}/client.json`, JSON.stringify({ installed: client }), { mode: 0o600 })
})
afterAll(async () => {
  await world[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
  vi.restoreAllMocks()
})
const vault = (): string => `${folder}/vault`

/** Runs it, and signs in where it prints an address. */
async function live(args: readonly string[], ca = 'ca.pem'): Promise<Ended & { readonly asked: boolean }> {
  const { issuer, imap } = world.farSide
  const there = ['--issuer', issuer, '--imap', `${imap.host}:${imap.port}`, '--ca', `${folder}/${ca}`]
  const here = ['--client', `${folder}/client.json`, '--account', person.address, '--vault', vault()]
  const running = start(['live', ...there, ...here, '--no-browser', ...args], folder)
  let said = ''
  let asked = false
  running.child.stderr!.on('data', (text: string) => {
    said += text
    const [url] = new RegExp(`${issuer}/auth\\?\\S+(?=\\n)`).exec(said) ?? []
    if (asked || url === undefined) return
    asked = true
    void browserOf(world.pki.ca)(url)
  })
  return { ...(await running.ended), asked }
}

const storeOf = async (issuer?: string) => {
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
  return openVaultPlace({ directory: vault(), environment: {}, random, ...(issuer === undefined ? {} : { issuer }) })
}

test('asks once, verifies twice, revokes; a grant of Google’s in the same vault is never shown to the other issuer', async () => {
  const googles = { refreshToken: ['1//0', 'a grant of another issuer'].join(''), scope: 'https://mail.google.com/' }
  await (await storeOf()).store.save(person.address, googles)
  const first = await live(['--write'])
  expect(first).toMatchObject({ code: 0, asked: true })
  const { store } = await storeOf(world.farSide.issuer)
  expect((await store.load(person.address))?.scope).toBe('openid email offline_access')
  const report = JSON.parse(await readFile(`${folder}/conformance-report/report.json`, 'utf8')) as Report
  expect(report.environment).toMatchObject({ issuer: world.farSide.issuer })
  expect(report.live!.accounts).toEqual([expect.objectContaining({ verdict: 'pass' })])

  const kept = await store.load(person.address)
  expect(await live(['--diagnose'])).toMatchObject({ code: 0, asked: false })
  expect(await store.load(person.address)).toEqual(kept)

  const second = await live(['--unattended', '--revoke'])
  expect(second).toMatchObject({ code: 0, asked: false })
  expect(await store.load(person.address)).toBeUndefined()
  expect(await (await storeOf()).store.load(person.address)).toEqual(googles)

  const third = await live(['--unattended'])
  expect(third).toMatchObject({ code: 2, asked: false })
  expect(third.stdout).toContain('no grant is stored for this account')
})

test('says who signed the certificate that the authority of --ca did not', async () => {
  await writeFile(`${folder}/other.pem`, (await createPki()).ca)
  const { code, stdout } = await live(['--unattended'], 'other.pem')
  expect(code).toBe(2)
  expect(stdout).toContain('oauth-imap test authority')
  expect(stdout).toContain('--ca FILE')
})
