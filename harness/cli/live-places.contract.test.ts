import { execFileSync } from 'node:child_process'
import { constants } from 'node:fs'
import { type FileHandle, mkdtemp, open, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { realWait } from '../runtime/real-time.ts'
import { runToEnd, start } from './program.fixture.ts'

/** What stands where a live run reads or writes, and is no file. */

const slow = 60_000
let root: string
let client: string
let pipe: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'oauth-imap-live-places-'))
  client = join(root, 'client.json')
  pipe = join(root, 'pipe')
  const installed = { client_id: 'of-nobody', client_secret: 'of-nobody', redirect_uris: ['http://localhost'] }
  await writeFile(client, JSON.stringify({ installed }), { mode: 0o600 })
  execFileSync('mkfifo', [pipe])
})
afterAll(() => rm(root, { recursive: true, force: true }))

const nowhere = ['--issuer', 'https://127.0.0.1:9', '--imap', '127.0.0.1:9', '--unattended']
const one = (): readonly string[] => ['live', '--client', client, '--account', 'alice@example.com', ...nowhere]

test(
  'a recording is written over nothing that is no file, and that is known before the first request',
  async () => {
    const { code, complaints, stdout } = await runToEnd([...one(), '--vault', join(root, 'v'), '--record', pipe], root)
    expect([code, complaints.join('\n')]).toEqual([3, expect.stringContaining('is not a plain file')])
    expect(stdout).not.toContain('metadata')
    expect((await stat(pipe)).isFIFO()).toBe(true)
  },
  slow,
)

test(
  'a vault that is no directory is told so, and nobody is asked to change its mode',
  async () => {
    const { code, complaints } = await runToEnd([...one(), '--vault', '/dev/null'], root)
    expect([code, complaints.join('\n')]).toEqual([3, expect.stringContaining('/dev/null is no directory')])
    expect(complaints.join('\n')).not.toContain('chmod')
  },
  slow,
)

/** Once it has the pipe open: before, nobody who does not wait can open it to write. */
async function readerAt(path: string): Promise<FileHandle> {
  for (;;) {
    const writer = await open(path, constants.O_WRONLY | constants.O_NONBLOCK).catch(() => undefined)
    if (writer !== undefined) return writer
    await realWait(10)
  }
}

test.each([
  ['--ca', () => [...one(), '--ca', pipe]],
  ['--accounts', () => ['live', '--client', client, '--accounts', pipe]],
])(
  'Ctrl-C ends a wait for a pipe that nobody writes to: %s',
  async (_, args) => {
    const running = start(args(), root)
    const writer = await readerAt(pipe)
    try {
      running.child.kill('SIGINT')
      const { code, signal } = await running.ended
      expect([130, 'SIGINT']).toContain(signal ?? code)
    } finally {
      await writer.close()
    }
  },
  slow,
)
