import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Report } from '../model/report.ts'
import { createRandom } from '../random.ts'
import { ownerName } from '../runtime/owner.ts'
import { runToEnd, start } from './program.fixture.ts'

/** The program itself on real mailbox servers; its images are built by scripts, nothing is pulled. */
const env = { GREENMAIL_IMAGE: 'oauth-imap/greenmail-local' }
const reference = ['run', '--subject', 'reference']

let root: string
beforeAll(async () => void (root = await mkdtemp(`${tmpdir()}/oauth-imap-mailbox-`)))
afterAll(() => rm(root, { recursive: true, force: true }))

const reportIn = async (directory: string): Promise<Report> =>
  JSON.parse(await readFile(`${directory}/report.json`, 'utf8')) as Report

const docker = async (...args: readonly string[]): Promise<readonly string[]> => {
  const { stdout } = await promisify(execFile)('docker', args)
  return stdout.split('\n').filter((line) => line !== '')
}

/** Containers of a run that has this process number; its owner's name begins with it. */
async function containersOf(pid: number | undefined): Promise<readonly string[]> {
  const found = await docker('ps', '--all', '--format', '{{.ID}} {{.Label "oauth-imap.owner"}}')
  return found.filter((line) => line.split(' ')[1]?.startsWith(`${pid}-`)).map((line) => line.split(' ')[0]!)
}

const settings = {
  subject: 'reference',
  images: {
    ours: {
      image: 'oauth-imap/dovecot-local',
      imapPort: 31143,
      environment: { USER_PASSWORD: '{password}' },
      files: { '/etc/dovecot/conf.d/cleartext.conf': 'disable_plaintext_auth = no\n' },
      users: 'any',
    },
  },
}

test.each([
  ['dovecot', { mailbox: 'dovecot', mailboxOrigin: 'installed' }],
  ['greenmail', { mailbox: 'greenmail', mailboxImage: env.GREENMAIL_IMAGE, mailboxOrigin: 'local image' }],
  ['image:ours', { mailbox: 'image:ours', mailboxImage: settings.images.ours.image }],
])('the reference conforms on %s, and the report says where', async (mailbox, environment) => {
  const directory = await mkdtemp(`${root}/conforms-`)
  await writeFile(`${directory}/oauth-imap.config.json`, JSON.stringify(settings))
  const { code, complaints } = await runToEnd(['run', '--mailbox', mailbox, '--out', directory], directory, { env })
  expect({ code, complaints: complaints.filter((line) => !line.startsWith('playing ')) }).toEqual({
    code: 0,
    complaints: [],
  })
  const report = await reportIn(directory)
  expect(report).toMatchObject({ verdict: 'pass', selection: { complete: true }, environment })
  const played = report.checks.filter(({ variants }) => variants.some(({ scenario }) => scenario !== 'configuration'))
  expect(played.length).toBeGreaterThan(20)
  expect(new Set(played.map(({ verdict }) => verdict))).toEqual(new Set(['pass']))
})

test.each(['dovecot', 'greenmail'])('a client with a flaw fails on %s as it does on our own store', async (mailbox) => {
  const directory = await mkdtemp(`${root}/flawed-`)
  const args = ['run', '--subject', 'marks-mail-as-read', '--strict', '--mailbox', mailbox, '--out', directory]
  expect((await runToEnd(args, directory, { env })).code).toBe(1)
  const failed = (await reportIn(directory)).checks.filter(({ verdict }) => verdict === 'fail')
  expect(failed.map(({ id }) => id)).toEqual(['imap/peek'])
})

test('a container that dies while it is needed ends the run in one line, and no verdict is given', async () => {
  const directory = await mkdtemp(`${root}/dies-`)
  const running = start([...reference, '--mailbox', 'greenmail', '--out', directory], directory, { env })
  await running.says('playing lifecycle')
  const [container] = await containersOf(running.child.pid)
  await docker('kill', container!)
  const { code, complaints, stdout } = await running.ended
  const said = complaints.filter((line) => !line.startsWith('playing '))
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
  expect(said).toEqual([expect.stringMatching(/^oauth-imap: oauth-imap\/greenmail-local was needed when it ended/)])
  expect(await containersOf(running.child.pid)).toEqual([])
})

test('Ctrl-C at any moment leaves no container', async () => {
  const random = createRandom(3)
  for (let round = 0; round < 6; round++) {
    const directory = await mkdtemp(`${root}/interrupted-`)
    const running = start([...reference, '--mailbox', 'greenmail', '--out', directory], directory, { env })
    await pause(300 + random.integer(3000))
    running.child.kill('SIGINT')
    // It may have conformed before; and while it is being loaded, the signal ends it by itself.
    expect([0, 130, null]).toContain((await running.ended).code)
    expect(await containersOf(running.child.pid)).toEqual([])
  }
})

test('an engine that does not answer is one line, at once', async () => {
  const args = [...reference, '--mailbox', 'greenmail', '--out', root]
  const none = { ...env, DOCKER_HOST: 'tcp://127.0.0.1:9' }
  // The library looks at the usual places too; here they are hidden, as on a machine that has none.
  const hidden = 'for s in /run/docker.sock /var/run/docker.sock; do [ -S $s ] && mount --bind /dev/null $s; done; "$@"'
  const main = new URL('./main.ts', import.meta.url).pathname
  const run = promisify(execFile)(
    'unshare',
    ['--map-root-user', '--mount', 'sh', '-c', hidden, 'sh', process.execPath, main, ...args],
    { env: { PATH: process.env['PATH'], HOME: root, ...none } },
  )
  await expect(run).rejects.toMatchObject({ code: 3, stdout: '' })
  const { stderr } = (await run.catch((error: unknown) => error)) as { readonly stderr: string }
  expect(stderr.trim().split('\n')).toEqual([
    expect.stringMatching(/^oauth-imap: No container engine answers: .+ DOCKER_HOST/),
  ])
})

test('a user without rights is told how to get them for containers, and needs none for Dovecot', async () => {
  const home = await mkdtemp(`${tmpdir()}/oauth-imap-nobody-`)
  await chmod(home, 0o777)
  // The checkout may lie where nobody else comes; so it is shown in a place that all can enter.
  const inPublic = 'mount --bind "$0" /mnt && exec setpriv --reuid=65534 --regid=65534 --clear-groups "$@"'
  const checkout = new URL('../..', import.meta.url).pathname
  const program = ['/mnt/node_modules/node/bin/node', '/mnt/harness/cli/main.ts', ...reference]
  const runs = (mailbox: string) =>
    promisify(execFile)(
      'unshare',
      ['--mount', 'sh', '-c', inPublic, checkout, ...program, '--mailbox', mailbox, '--out', `${home}/report`],
      { cwd: home, env: { PATH: process.env['PATH'], HOME: home, TMPDIR: home, ...env } },
    )
  try {
    await expect(runs('greenmail')).rejects.toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/^oauth-imap: No container engine answers: this user may not open .+usermod .+\n$/),
    })
    expect((await runs('dovecot')).stdout).toContain('reference conforms: ')
  } finally {
    await rm(home, { recursive: true, force: true })
  }
})

test('the owner of a container is named as this process would be', () => {
  expect(ownerName()).toMatch(new RegExp(`^${process.pid}-`))
})
