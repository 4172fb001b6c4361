import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type Socket, connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import type { Fault } from '../../harness/model/fault.ts'
import type { MailboxImage } from '../../harness/model/mailbox-image.ts'
import { createRandom } from '../../harness/random.ts'
import { type Engine, findEngine } from './container-engine.ts'
import { openDovecot } from './dovecot.ts'
import { openGreenMail } from './greenmail.ts'
import { openImageServer } from './image-server.ts'
import type { MailboxServer } from './mailbox-server.ts'
import { ownerIn } from './owner.fixture.ts'
import { reapAbandoned } from './reaping.ts'

/** The images are built by the scripts beside this file; nothing is pulled. */
process.env['GREENMAIL_IMAGE'] = 'oauth-imap/greenmail-local'

/** Names that no other run of this machine knows: it would tidy up what these tests count. */
const place = `test-${process.pid}-${Date.now()}`
const owner = ownerIn(place)
const options = { owner, tell: () => {} }
let engine: Engine
beforeAll(async () => {
  engine = await findEngine()
  await reapAbandoned(engine, owner)
})

/** What these tests have in the engine at this moment: containers; and volumes without a name and networks of the library. */
async function leftovers(): Promise<{
  readonly containers: number
  readonly volumes: number
  readonly networks: number
}> {
  const found = await engine.docker.listContainers({ all: true, filters: { label: ['oauth-imap.owner'] } })
  const containers = found.filter(({ Labels }) => Labels['oauth-imap.owner']?.startsWith(place))
  const { Volumes } = await engine.docker.listVolumes()
  const volumes = Volumes.filter(({ Name }) => /^[0-9a-f]{64}$/.test(Name))
  const networks = await engine.docker.listNetworks({ filters: { label: ['org.testcontainers'] } })
  return { containers: containers.length, volumes: volumes.length, networks: networks.length }
}

async function dialogue(server: MailboxServer, ...lines: readonly string[]): Promise<readonly string[]> {
  const socket = connect(server.port, server.host)
  const said = [await line(socket)]
  for (const [index, text] of lines.entries()) {
    socket.write(`t${index} ${text}\r\n`)
    let answer = ''
    while (!answer.startsWith(`t${index} `)) said.push((answer = await line(socket)))
  }
  socket.destroy()
  return said
}

const rest = new WeakMap<Socket, string>()
async function line(socket: Socket): Promise<string> {
  let text = rest.get(socket) ?? ''
  while (!text.includes('\r\n')) text += String((await once(socket, 'data'))[0])
  const end = text.indexOf('\r\n')
  rest.set(socket, text.slice(end + 2))
  return text.slice(0, end)
}

const faultOf = (work: Promise<unknown>): Promise<Fault> =>
  work.then(
    () => Promise.reject(new Error('nothing was thrown')),
    (error: Fault) => error,
  )

test('GreenMail starts, has accounts with passwords of their own, and is gone without a trace', async () => {
  const before = await leftovers()
  {
    await using server = await openGreenMail(options)
    expect(server.description).toMatchObject({ name: 'greenmail', origin: 'local image', version: '2.1.13' })
    expect(server.description.digest).toMatch(/^sha256:[0-9a-f]{64}$/)
    const [one, two] = [await server.openAccount(), await server.openAccount()]
    expect(one.password).not.toBe(two.password)
    const said = await dialogue(server, `LOGIN ${one.user} ${one.password}`, 'CREATE One', 'LIST "" *')
    expect(said.join('\n')).toContain('One')
    const other = await dialogue(server, `LOGIN ${two.user} ${two.password}`, 'LIST "" *')
    expect(other.join('\n')).not.toContain('One')
    const refused = await dialogue(server, `LOGIN ${one.user} ${two.password}`)
    expect(refused.at(-1)).toMatch(/^t0 NO /)
    const [{ Ports = [] } = {}] = await engine.docker.listContainers({
      filters: { label: [`oauth-imap.owner=${owner.name}`] },
    })
    const published = Ports.filter(({ PublicPort }) => PublicPort !== undefined)
    expect(published.map(({ IP, PrivatePort }) => `${IP} ${PrivatePort}`).toSorted()).toEqual([
      '127.0.0.1 3143',
      '127.0.0.1 8080',
    ])
  }
  expect(await leftovers()).toEqual(before)
})

const dovecotImage: MailboxImage = {
  image: 'oauth-imap/dovecot-local',
  imapPort: 31143,
  environment: { USER_PASSWORD: '{password}' },
  files: { '/etc/dovecot/conf.d/clear.conf': 'disable_plaintext_auth = no\n' },
  users: 'any',
}

test('an image that nobody prepared for us is a mailbox server by its settings, and its volume goes with it', async () => {
  const before = await leftovers()
  {
    await using server = await openImageServer('image', dovecotImage, options)
    expect((await leftovers()).volumes).toBe(before.volumes + 1)
    const { user, password } = await server.openAccount()
    expect((await dialogue(server, `LOGIN ${user} ${password}`, 'STATUS INBOX (MESSAGES)')).join('\n')).toContain(
      '(MESSAGES 0)',
    )
    expect((await dialogue(server, `LOGIN ${user} password`)).at(-1)).toMatch(/^t0 NO /)
  }
  expect(await leftovers()).toEqual(before)
})

test('a line in the log tells that it is ready, and a list of users comes to an end', async () => {
  const image: MailboxImage = {
    image: 'oauth-imap/greenmail-local',
    imapPort: 3143,
    environment: {
      GREENMAIL_OPTS:
        '-Dgreenmail.setup.test.imap -Dgreenmail.hostname=0.0.0.0 -Dgreenmail.users=ann:{password},bob:{password}',
    },
    users: ['ann', 'bob'],
    ready: { log: 'Starting GreenMail API server' },
  }
  await using server = await openImageServer('image', image, options)
  expect([(await server.openAccount()).user, (await server.openAccount()).user]).toEqual(['ann', 'bob'])
  expect(await faultOf(server.openAccount())).toMatchObject({
    code: 'MAILBOX_SERVER_UNAVAILABLE',
    message: 'The image has 2 users, and one more is needed.',
  })
})

test('a container that ends at once, or before it is ready, is told with its last words, but for the password', async () => {
  const before = await leftovers()
  const wrong = { GREENMAIL_OPTS: '-Dgreenmail.setup.test.imap', JAVA_OPTS: '-XX:NoSuchOption{password}' }
  const image: MailboxImage = { ...dovecotImage, image: 'oauth-imap/greenmail-local', environment: wrong, files: {} }
  const fault = await faultOf(openImageServer('image', { ...image, imapPort: 3143 }, options))
  expect(fault.code).toBe('MAILBOX_SERVER_UNAVAILABLE')
  expect(fault.message).toMatch(
    /^oauth-imap\/greenmail-local .*it ended with status 1\. It said last:\n[^]*'NoSuchOption…'/,
  )
  expect(await leftovers()).toEqual(before)
})

test('one that never greets is given up after the seconds that were allowed', async () => {
  const before = await leftovers()
  const image: MailboxImage = { ...dovecotImage, imapPort: 31144 }
  const fault = await faultOf(openImageServer('image', image, { ...options, startSeconds: 2 }))
  expect(fault.message).toMatch(/^oauth-imap\/dovecot-local was not ready after 2 seconds\. It said last:\n/)
  expect(await leftovers()).toEqual(before)
})

test('an image that is nowhere is one clear line', async () => {
  const told: string[] = []
  const image = { ...dovecotImage, image: 'oauth-imap/no-such-image:1' }
  const fault = await faultOf(openImageServer('image', image, { owner, tell: (text) => void told.push(text) }))
  expect(fault).toMatchObject({ code: 'MAILBOX_SERVER_UNAVAILABLE' })
  expect(fault.message).toMatch(/^oauth-imap\/no-such-image:1 is not here and cannot be pulled: .+\.$/)
  expect(told).toEqual(['pulling oauth-imap/no-such-image:1'])
})

test('a container that dies while it is needed says so', async () => {
  await using server = await openImageServer('image', dovecotImage, options)
  const [container] = await engine.docker.listContainers({ filters: { label: [`oauth-imap.owner=${owner.name}`] } })
  await engine.docker.getContainer(container!.Id).kill()
  const gone = await server.gone
  expect(gone.code).toBe('MAILBOX_SERVER_UNAVAILABLE')
  expect(gone.message).toMatch(/^oauth-imap\/dovecot-local was needed when it ended with status 137\. It said last:\n/)
  expect(await faultOf(server.openAccount())).toBe(gone)
})

test('Ctrl-C at any moment of its start leaves nothing', async () => {
  const before = await leftovers()
  const random = createRandom(5)
  for (let round = 0; round < 8; round++) {
    const signal = AbortSignal.timeout(random.integer(900))
    const fault = await faultOf(openGreenMail({ ...options, signal }))
    expect(fault).toMatchObject({ code: 'INTERRUPTED' })
    expect(await leftovers()).toEqual(before)
  }
})

const opener = new URL('opened-server.fixture.ts', import.meta.url).pathname

async function killedAfter(milliseconds: number, name: string, signal: NodeJS.Signals): Promise<ChildProcess> {
  const child = spawn(process.execPath, [opener, name, place], { stdio: ['ignore', 'pipe', 'inherit'] })
  await pause(milliseconds)
  child.kill(signal)
  await once(child, 'exit')
  return child
}

test('what a killed process leaves is removed by the next one, and what a live one has stays', async () => {
  const before = await leftovers()
  await using live = await openImageServer('image', dovecotImage, options)
  const random = createRandom(7)
  let left = 0
  for (let round = 0; round < 8; round++) {
    await killedAfter(300 + random.integer(1200), 'greenmail', round % 2 === 0 ? 'SIGKILL' : 'SIGTERM')
    left += (await leftovers()).containers - before.containers - 1
    // The engine may still be making what the dead process asked for last.
    await expect
      .poll(
        async () => {
          await reapAbandoned(engine, owner)
          return (await leftovers()).containers
        },
        { timeout: 10_000 },
      )
      .toBe(before.containers + 1)
  }
  // The control: some of them had got far enough to leave something.
  expect(left).toBeGreaterThan(0)
  const { user, password } = await live.openAccount()
  expect((await dialogue(live, `LOGIN ${user} ${password}`)).at(-1)).toMatch(/^t0 OK /)
})

test('Dovecot without a container has the same face, and ends with a process that is killed', async () => {
  await using server = await openDovecot()
  expect(server.description).toEqual({ name: 'dovecot', version: expect.stringMatching(/^2\./), origin: 'installed' })
  const { user, password } = await server.openAccount()
  expect((await dialogue(server, `LOGIN ${user} ${password}`)).at(-1)).toMatch(/^t0 OK /)

  const child = spawn(process.execPath, [opener, 'dovecot', place], { stdio: ['ignore', 'pipe', 'inherit'] })
  const port = Number(String((await once(child.stdout!, 'data'))[0]))
  child.kill('SIGKILL')
  await once(child, 'exit')
  await expect
    .poll(
      async () => {
        const socket = connect(port, '127.0.0.1')
        const [reached] = await Promise.race([once(socket, 'connect').then(() => [true]), once(socket, 'error')]).catch(
          () => [false],
        )
        socket.destroy()
        return reached === true
      },
      { timeout: 5000 },
    )
    .toBe(false)
})
