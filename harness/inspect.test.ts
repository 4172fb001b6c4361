import { symlink } from 'node:fs/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createInspector, inspectHome } from './inspect.ts'
import { openJournal } from './journal.ts'
import { all } from './model/observation.ts'
import { createRandom } from './random.ts'
import { makeDirectory, makeTemporaryDirectory, removeTree, writeWhole } from './runtime/files.ts'
import { openSecrets } from './secrets.ts'

let home: string
beforeEach(async () => {
  home = await makeTemporaryDirectory('oauth-imap-inspect')
})
afterEach(() => removeTree(home))

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const opened = () => {
  const secrets = openSecrets(createRandom(1))
  const journal = openJournal({ scenario: 'story', door: 'tls', seed: 1 }, () => 0)
  return { secrets, journal, world: { secrets, journal } }
}

test('every file is told with its mode and what it holds, the planted canary apart', async () => {
  const { secrets, journal, world } = opened()
  const inspector = createInspector(secrets, { files: true, processes: false })
  const token = 'ya29.a0AfB_byC-0123456789'
  secrets.learn('access-token', token)
  await makeDirectory(`${home}/deep`)
  await writeWhole(`${home}/deep/tokens.json`, JSON.stringify({ token: btoa(token) }))
  await writeWhole(`${home}/planted`, btoa(`planted control: ${inspector.planted}`))
  await writeWhole(`${home}/${token}.lock`, '')
  await symlink('deep', `${home}/link`)
  await inspectHome(inspector, home, world)

  const sealed = journal.seal()
  const stats = all(sealed, 'fs.stat').map(({ fields }) => `${fields.path} ${fields.kind} ${fields.mode.length}`)
  expect(stats.toSorted()).toEqual([
    '~/deep directory 4',
    '~/deep/tokens.json file 4',
    '~/link other 4',
    '~/planted file 4',
    '~/‹access-token-1›.lock file 4',
  ])
  const scans = all(sealed, 'fs.scan').map(({ fields: { path, leaks, planted } }) => [
    path,
    leaks.map(({ form }) => form),
    planted,
  ])
  expect(scans.toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1))).toEqual([
    ['~/deep/tokens.json', ['base64'], false],
    ['~/planted', [], true],
    ['~/‹access-token-1›.lock', ['raw'], false],
  ])
})

test('what was printed before a restart counts too', async () => {
  const { secrets, journal, world } = opened()
  const inspector = createInspector(secrets, { files: true, processes: false })
  secrets.learn('password', 'correct horse battery staple')
  inspector.keep({ stdout: bytes(`a ${inspector.planted}\n`), stderr: bytes('') })
  inspector.keep({ stdout: bytes('pass=correct+horse+battery+staple'), stderr: bytes(`${inspector.planted}`) })
  await inspectHome(inspector, home, world)
  const [stdout, stderr] = all(journal.seal(), 'output.scan').map(({ fields }) => fields)
  expect(stdout).toMatchObject({
    channel: 'stdout',
    bytes: 84,
    planted: true,
    leaks: [{ ref: 'password-1', form: 'percent-encoded' }],
  })
  expect(stderr).toEqual({ channel: 'stderr', bytes: 48, planted: true, leaks: [] })
})

test('nothing is planted where nothing is inspected', async () => {
  const { secrets, journal, world } = opened()
  expect(createInspector(secrets, { files: false, processes: false }).planted).toBeNull()
  await inspectHome(createInspector(secrets, { files: false, processes: false }), home, world)
  expect(all(journal.seal(), 'output.scan').map(({ fields }) => [fields.bytes, fields.planted])).toEqual([
    [0, false],
    [0, false],
  ])
})
