import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { Fault } from '../model/fault.ts'
import { openServing } from './serving.ts'

const directory = await mkdtemp(join(tmpdir(), 'oauth-imap-files-'))
afterAll(() => rm(directory, { recursive: true }))
const read = (files: string, name: string): Promise<string> => readFile(join(files, name), 'utf8')

test('files for clients stay in the directory that was named, and the next start replaces them', async () => {
  const files = join(directory, 'made', 'for this')
  const serve = async (seed: number) => {
    await using serving = await openServing({ files, seed, token: 'a token' })
    return serving.ready
  }
  const first = await serve(1)
  const before = await read(files, 'ca.pem')
  const { client, ca } = await serve(2)

  expect((await readdir(files)).sort()).toEqual(['ca.p12', 'ca.pem', 'client_secret.json'])
  expect({ ca, file: client.file }).toEqual({ ca: join(files, 'ca.pem'), file: join(files, 'client_secret.json') })
  expect(client.id).not.toBe(first.client.id)
  expect(JSON.parse(await read(files, 'client_secret.json')).installed.client_id).toBe(client.id)
  expect(await read(files, 'ca.pem')).not.toBe(before)
})

test('files of which nobody said where they go are gone at the end', async () => {
  const serving = await openServing({ seed: 1, token: 'a token' })
  const { ca, client } = serving.ready
  expect(await readFile(ca, 'utf8')).toContain('BEGIN CERTIFICATE')
  expect(client.file).toContain(client.id)
  await serving[Symbol.asyncDispose]()
  await expect(readFile(ca)).rejects.toThrow('ENOENT')
})

test('a directory that is none is told of before anything listens', async () => {
  const files = join(directory, 'a file')
  await writeFile(files, '')
  const refusal = await openServing({ files, seed: 1, token: 'a token' }).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(Fault)
  expect(refusal).toMatchObject({ code: 'OUTPUT_UNWRITABLE', message: expect.stringContaining(join(files, 'ca.pem')) })
})
