import { once } from 'node:events'
import { access } from 'node:fs/promises'
import { type Socket, connect } from 'node:net'
import { expect, test } from 'vitest'
import { startDovecot } from './dovecot.ts'

async function greeted(port: number): Promise<{ readonly socket: Socket; readonly greeting: string }> {
  const socket = connect(port, '127.0.0.1')
  const [octets] = (await once(socket, 'data')) as [Buffer]
  return { socket, greeting: octets.toString() }
}

async function say(socket: Socket, line: string): Promise<string> {
  socket.write(`${line}\r\n`)
  const [octets] = (await once(socket, 'data')) as [Buffer]
  return octets.toString()
}

test('each Dovecot has accounts of its own, on a port of its own, and leaves nothing behind', async () => {
  const [one, two] = await Promise.all([startDovecot(), startDovecot()])
  try {
    expect(one.port).not.toBe(two.port)
    const { socket, greeting } = await greeted(one.port)
    expect(greeting).toMatch(/^\* OK \[CAPABILITY IMAP4rev1 /)
    expect(await say(socket, `a LOGIN alice@example.test wrong`)).toMatch(/^a NO \[AUTHENTICATIONFAILED\]/)
    expect(await say(socket, `b LOGIN alice@example.test ${one.password}`)).toMatch(/^b OK /)
    expect(await say(socket, 'c CREATE One')).toMatch(/^c OK /)
    const other = await greeted(two.port)
    await say(other.socket, `a LOGIN alice@example.test ${two.password}`)
    expect(await say(other.socket, 'b STATUS One (MESSAGES)')).toMatch(/^b NO /)
    for (const each of [socket, other.socket]) each.destroy()
  } finally {
    await Promise.all([one, two].map((each) => each[Symbol.asyncDispose]()))
  }
  const [error] = (await once(connect(one.port, '127.0.0.1'), 'error')) as [NodeJS.ErrnoException]
  expect(error.code).toBe('ECONNREFUSED')
  await expect(access(one.directory)).rejects.toThrow('ENOENT')
})

test('answers however much it has logged, and refusals do not slow it down', async () => {
  await using dovecot = await startDovecot()
  // Each of them is some 200 octets of log; a pipe that nobody reads holds 65,536.
  for (let count = 0; count < 500; count++) (await greeted(dovecot.port)).socket.destroy()
  const { socket } = await greeted(dovecot.port)
  for (const tag of ['a', 'b']) expect(await say(socket, `${tag} LOGIN alice@example.test wrong`)).toContain(' NO ')
  expect(await say(socket, `c LOGIN alice@example.test ${dovecot.password}`)).toMatch(/^c OK /)
  socket.destroy()
})
