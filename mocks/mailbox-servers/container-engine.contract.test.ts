import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findEngine } from './container-engine.ts'
import { openScriptedEngine, silent } from './engine.fixture.ts'

test('an engine that is silent is given up after two seconds', async () => {
  const before = process.env['DOCKER_HOST']
  const directory = await mkdtemp(join(tmpdir(), 'engine-'))
  await using _mute = await openScriptedEngine(join(directory, 'mute.sock'), [[/^/, silent]])
  process.env['DOCKER_HOST'] = `unix://${join(directory, 'mute.sock')}`
  try {
    // What it takes to load the library is not counted.
    await import('testcontainers')
    const began = performance.now()
    await expect(findEngine()).rejects.toMatchObject({
      code: 'MAILBOX_SERVER_UNAVAILABLE',
      message: `No container engine answers: ${join(directory, 'mute.sock')} takes connections and is silent.`,
    })
    expect(performance.now() - began).toBeLessThan(3500)
  } finally {
    if (before === undefined) delete process.env['DOCKER_HOST']
    else process.env['DOCKER_HOST'] = before
    await rm(directory, { recursive: true, force: true })
  }
})
