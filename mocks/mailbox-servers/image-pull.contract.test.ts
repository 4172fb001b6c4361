import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Fault } from '../../harness/model/fault.ts'
import { type Engine, findEngine } from './container-engine.ts'
import { type ScriptedEngine, answers, openScriptedEngine, says, silent } from './engine.fixture.ts'
import { provideImage } from './image-pull.ts'
import { openImageServer } from './image-server.ts'
import { ryukImage, startRyuk } from './ryuk.ts'

/** The library keeps the first engine that it finds, so all tests of a file have one. */

const before = process.env['DOCKER_HOST']
let directory = ''
let scripted: ScriptedEngine
let engine: Engine
const told: string[] = []
const tell = (line: string): void => void told.push(line)

const image = (id: string, digests: readonly string[], labels = {}): unknown => ({
  Id: id,
  RepoDigests: digests,
  Config: { Labels: labels },
})

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'engine-'))
  scripted = await openScriptedEngine(join(directory, 'engine.sock'), [
    [/^GET \/info/, answers(200, { OperatingSystem: 'Test', ServerVersion: '0', OSType: 'linux' })],
    // Asked for where this machine is a container itself.
    [/^GET \/networks\/bridge/, answers(200, { IPAM: { Config: [{ Gateway: '127.0.0.1' }] } })],
    [/^GET \/containers\/json/, answers(200, [])],
    [/^GET \/images\/made-here/, answers(200, image('sha256:1d', [], { 'org.opencontainers.image.version': '7' }))],
    [/^GET \/images\/fetched/, answers(200, image('sha256:1d', ['fetched@sha256:d16e57']))],
    [/^POST \/images\/create.*fromImage=secret/, says(404, 'pull access denied for secret, repository does not exist')],
    [/^POST \/images\/create.*fromImage=slow/, silent],
    [/^POST \/images\/create.*fromImage=broken/, answers(200, { error: 'unexpected EOF' })],
  ])
  process.env['DOCKER_HOST'] = `unix://${join(directory, 'engine.sock')}`
  engine = await findEngine()
})
afterAll(async () => {
  if (before === undefined) delete process.env['DOCKER_HOST']
  else process.env['DOCKER_HOST'] = before
  await scripted[Symbol.asyncDispose]()
  await rm(directory, { recursive: true, force: true })
})

const faultOf = (work: Promise<unknown>): Promise<Fault> =>
  work.then(
    () => Promise.reject(new Error('nothing was thrown')),
    (error: Fault) => error,
  )

test('an image that is here is told with its digest, and where it comes from', async () => {
  expect(await provideImage(engine, 'made-here', { tell })).toEqual({
    image: 'made-here',
    digest: 'sha256:1d',
    origin: 'local image',
    version: '7',
  })
  expect(await provideImage(engine, 'fetched', { tell })).toEqual({
    image: 'fetched',
    digest: 'sha256:d16e57',
    origin: 'registry',
  })
  expect(told).toEqual([])
})

test('a pull is shown, and its refusal is told in the registry’s words', async () => {
  const fault = await faultOf(provideImage(engine, 'secret:1', { tell }))
  expect(told).toEqual(['pulling secret:1'])
  expect(fault).toMatchObject({
    code: 'MAILBOX_SERVER_UNAVAILABLE',
    message: 'secret:1 is not here and cannot be pulled: pull access denied for secret, repository does not exist.',
  })
  expect(fault.hint).toContain('docker pull secret:1')
})

test('a pull that breaks off is not taken for an image', async () => {
  expect((await faultOf(provideImage(engine, 'broken', { tell }))).message).toBe('broken was not pulled to its end.')
})

test('a pull that takes too long is given up, and so is one that a person interrupts', async () => {
  const fault = await faultOf(provideImage(engine, 'slow', { tell, pullSeconds: 0.1 }))
  expect(fault.message).toBe('slow was not pulled within 0.1 seconds.')
  const owner = { name: 'nobody', isAbandoned: () => false }
  const signal = AbortSignal.timeout(100)
  const opening = openImageServer('any', { image: 'slow', imapPort: 143, users: 'any' }, { owner, tell, signal })
  expect(await faultOf(opening)).toMatchObject({ code: 'INTERRUPTED' })
})

test('Ryuk is not pulled where no registry answers', async () => {
  const asked = scripted.requests.length
  expect(await startRyuk(engine, { tell })).toBe(false)
  const requests = scripted.requests.slice(asked)
  expect(requests).toContainEqual(expect.stringMatching(/^GET \/distribution\/testcontainers\/ryuk/))
  expect(requests).not.toContainEqual(expect.stringMatching(/^POST .*ryuk/))
})

test('the Ryuk that we look for is the one that the library starts', async () => {
  const reaper = new URL('../../node_modules/testcontainers/build/reaper/reaper.js', import.meta.url)
  expect(await readFile(reaper, 'utf8')).toContain(`"${ryukImage}"`)
})
