import { once } from 'node:events'
import { mkdtemp, rename, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { absence } from './engine-absence.ts'

let directory = ''
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'engine-'))
})
afterAll(() => rm(directory, { recursive: true }))

test('where no socket is, it says what to install', async () => {
  const fault = await absence({ path: join(directory, 'none.sock') }, undefined)
  expect(fault.code).toBe('MAILBOX_SERVER_UNAVAILABLE')
  expect(fault.message).toBe(`No container engine answers: there is no ${join(directory, 'none.sock')}.`)
  expect(fault.hint).toContain('apt-get install docker.io')
})

test('where a socket is left and nobody behind it, it says what to start', async () => {
  const server = createServer().listen(join(directory, 'first.sock'))
  await once(server, 'listening')
  // Closing removes the socket by its name.
  await rename(join(directory, 'first.sock'), join(directory, 'left.sock'))
  server.close()
  const fault = await absence({ path: join(directory, 'left.sock') }, undefined)
  expect(fault.message).toBe(`No container engine answers: nobody listens at ${join(directory, 'left.sock')}.`)
  expect(fault.hint).toContain('systemctl start docker')
})

test('where a port is closed, it names host and port', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  expect((await absence({ host: '127.0.0.1', port }, undefined)).message).toContain(
    `nobody listens at 127.0.0.1:${port}.`,
  )
})

test('where somebody listens and says nothing, it says so', async () => {
  const server = createServer().listen(join(directory, 'silent.sock'))
  await once(server, 'listening')
  const fault = await absence({ path: join(directory, 'silent.sock') }, undefined)
  server.close()
  expect(fault.message).toContain('silent.sock takes connections and is silent.')
})

test('a DOCKER_HOST that is no URL is quoted', async () => {
  expect((await absence({ malformed: 'over there' }, undefined)).message).toBe(
    'DOCKER_HOST is over there, which is no URL.',
  )
})
