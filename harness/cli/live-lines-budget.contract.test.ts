import type { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { openLines, usualBudget } from '../live/lines/lines.ts'
import { realWait } from '../runtime/real-time.ts'
import { farClear, farSideAt, farTls, issuerPage, linesTo, troubleIn } from './live-lines.fixture.ts'

const greets = (socket: Socket) => void socket.write('* OK\r\n')

/** Whether something has happened after everything that could happen by itself. */
async function isSettled(work: Promise<unknown>): Promise<boolean> {
  let settled = false
  const settle = (): void => void (settled = true)
  work.then(settle, settle)
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
  return settled
}

test('the fourth connection waits until one of three has ended', async () => {
  await using far = await farTls(greets)
  await using lines = await linesTo(far)
  const three = await Promise.all([lines.imap(), lines.imap(), lines.imap()])
  const fourth = lines.imap()
  expect(await isSettled(fourth)).toBe(false)
  expect(far.came()).toBe(3)
  await three[1]?.end()
  expect(await (await fourth).read()).toBe('* OK')
  expect(far.came()).toBe(4)
  expect(lines.spent()).toMatchObject({ connections: 4, mostAtOnce: 3 })
})

test('a connection that failed gives its place back', async () => {
  await using far = await farClear((socket) => void socket.once('data', () => socket.end('HTTP/1.1 400 No\r\n\r\n')))
  await using lines = await linesTo(far, { mostConnections: 1 })
  for (let count = 0; count < 3; count++) expect(await troubleIn(lines.imap())).toMatchObject({ cause: 'tls-refused' })
  const { socket, release } = await lines.socket()
  const waiting = lines.socket()
  expect(await isSettled(waiting)).toBe(false)
  release()
  expect(socket.destroyed).toBe(true)
  await waiting
})

test('after the burst, connections are paced', async () => {
  await using far = await farTls(greets)
  await using lines = await linesTo(far, { burst: 2, pause: 60_000 })
  const two = await Promise.all([lines.imap(), lines.imap()])
  for (const line of two) await line.end()
  const third = troubleIn(lines.imap())
  expect(await isSettled(third)).toBe(false)
  expect(far.came()).toBe(2)
  await lines[Symbol.asyncDispose]()
  expect(await third).toMatchObject({ cause: 'interrupted' })
  expect(lines.spent().connections).toBe(2)
})

test('no more octets are received than allowed, whoever receives them', async () => {
  await using far = await farTls((socket) => {
    const more = (): void =>
      void (socket.destroyed || socket.write(`* OK ${'x'.repeat(4000)}\r\n`, () => setImmediate(more)))
    more()
  })
  await using lines = await linesTo(far, { mostBytes: 60_000 })
  const line = await lines.imap()
  const said = 'imap.gmail.com:993: more than the 60000 octets that this run may receive'
  const readAll = async (): Promise<void> => {
    for (;;) await line.read()
  }
  expect(await troubleIn(readAll())).toEqual({ cause: 'too-much', said })
  expect(lines.spent().received).toBeLessThan(60_000 + 128 * 1024)
  // Nothing more begins.
  expect(await troubleIn(lines.imap())).toEqual({ cause: 'too-much', said })
  expect(await troubleIn(lines.fetch(issuerPage))).toMatchObject({ cause: 'too-much' })
  expect(far.came()).toBe(1)
})

test('what is counted is what went over the wire', async () => {
  let [received, sent] = [0, 0]
  const gone = Promise.withResolvers<void>()
  await using far = await farClear((socket) => {
    socket.on('data', ({ length }) => void (received += length))
    socket.once('data', () => {
      sent += 1000
      socket.write('x'.repeat(1000))
    })
    socket.on('close', () => gone.resolve())
  })
  await using lines = await linesTo(far)
  expect(await troubleIn(lines.imap())).toMatchObject({ cause: 'tls-refused' })
  await gone.promise
  expect(received).toBeGreaterThan(200)
  expect(lines.spent()).toEqual({ received: sent, sent: received, connections: 1, mostAtOnce: 1 })
})

test('when the run is interrupted, everybody who waits is told and nothing stays open', async () => {
  await using silent = await farTls(() => {})
  await using mute = await farClear(() => {})
  const run = new AbortController()
  const farSide = await farSideAt(silent)
  const budget = { ...usualBudget, mostConnections: 4 }
  const at = { ...farSide.at, 'mute.example:993': { host: '127.0.0.1', port: mute.port } }
  await using lines = openLines({ ...farSide, at }, { budget, signal: run.signal })
  const line = await lines.imap()
  const raw = await lines.socket()
  const waiting = [line.read(), lines.fetch(issuerPage), lines.fetch('https://mute.example:993/')].map(troubleIn)
  expect(await isSettled(Promise.race(waiting))).toBe(false)
  // These have no place yet.
  waiting.push(troubleIn(lines.imap()), troubleIn(lines.asks('imap', 'TLSv1.2')))
  expect(await isSettled(Promise.race(waiting))).toBe(false)
  run.abort()
  for (const trouble of await Promise.all(waiting)) expect(trouble.cause).toBe('interrupted')
  expect(raw.socket.destroyed).toBe(true)
  expect(await troubleIn(lines.imap())).toMatchObject({ cause: 'interrupted' })
  expect(await troubleIn(line.write('a1 NOOP\r\n'))).toMatchObject({ cause: 'interrupted' })
})

test('a run that was interrupted before it began reaches nobody', async () => {
  await using far = await farTls(greets)
  await using lines = openLines(await farSideAt(far), { budget: usualBudget, signal: AbortSignal.abort() })
  expect(await troubleIn(lines.imap())).toMatchObject({ cause: 'interrupted' })
  expect(await troubleIn(lines.fetch(issuerPage))).toMatchObject({ cause: 'interrupted' })
  expect(far.came()).toBe(0)
})

test('once disposed of, no connection is left', async () => {
  await using far = await farTls(greets)
  const lines = await linesTo(far)
  await lines.imap()
  const pending = troubleIn(lines.fetch(issuerPage))
  await lines.imap()
  await lines[Symbol.asyncDispose]()
  expect(await pending).toMatchObject({ cause: 'interrupted' })
  await far.gone()
  await lines[Symbol.asyncDispose]()
})

test('what is still connecting ends too', async () => {
  await using far = await farTls(greets)
  const lines = await linesTo(far)
  const byName = await linesTo(far, {}, { at: { 'imap.gmail.com:993': { host: 'localhost', port: far.port } } })
  const pending = [lines.imap(), lines.socket(), byName.imap(), byName.socket()].map(troubleIn)
  // They have their places, and no connection yet.
  for (let turn = 0; turn < 5; turn++) await undefined
  expect([lines.spent().connections, byName.spent().connections]).toEqual([2, 2])
  await Promise.all([lines[Symbol.asyncDispose](), byName[Symbol.asyncDispose]()])
  for (const trouble of await Promise.all(pending)) expect(trouble.cause).toBe('interrupted')
})

test('a server that says a word now and then, and never comes to an end, is not listened to for ever', async () => {
  await using far = await farTls((socket) => {
    const more = (): void => {
      if (!socket.destroyed) socket.write('* OK still here\r\n', () => void realWait(20).then(more))
    }
    more()
  })
  await using lines = await linesTo(far, { patience: 100 })
  const line = await lines.imap()
  let heard = 0
  const listening = async (): Promise<never> => {
    for (;;) heard += (await line.read()).length
  }
  expect(await troubleIn(listening())).toEqual({ cause: 'timed-out', said: 'imap.gmail.com:993: no end within 0.6 s' })
  expect(heard).toBeGreaterThan(0)
  await far.gone()
})
