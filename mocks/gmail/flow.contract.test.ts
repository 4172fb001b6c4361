import { once } from 'node:events'
import { connect } from 'node:tls'
import { expect, test } from 'vitest'
import { listenImap } from '../doors/imap-listener.ts'
import { createPki } from '../doors/pki.ts'
import { alice, goodToken, openTestWorld, xoauth2Of } from './gmail.fixture.ts'
import { octetsOf } from './wire/command-stream.ts'

test('a mailbox larger than any buffer is read to its end, and what was sent meanwhile is answered', async () => {
  const pki = await createPki()
  const bytes = octetsOf(`Subject: x\r\n\r\n${'y'.repeat(500_000)}`)
  const count = 40
  const world = openTestWorld(
    Array.from({ length: count }, () => ({ bytes, labels: ['\\Inbox'], flags: [], internalDate: 0 })),
  )
  await using listener = await listenImap(world.gmail, pki)
  const socket = connect({ host: '127.0.0.1', port: listener.port, servername: 'imap.gmail.com', ca: pki.ca })
  await once(socket, 'data')
  let octets = 0
  let end = ''
  const answered = new Promise<void>((resolve) => {
    socket.on('data', (chunk: Uint8Array) => {
      octets += chunk.length
      end = (end + new TextDecoder().decode(chunk.subarray(-100))).slice(-100)
      if (end.endsWith('c OK Success\r\n')) resolve()
    })
  })
  socket.write(`l AUTHENTICATE XOAUTH2 ${xoauth2Of(alice, goodToken)}\r\na SELECT INBOX\r\n`)
  socket.write('b UID FETCH 1:* BODY.PEEK[]\r\nc NOOP\r\n')
  await answered
  expect(octets).toBeGreaterThan(count * bytes.length)
  socket.destroy()
})
