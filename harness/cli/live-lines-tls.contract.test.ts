import { type Socket, connect } from 'node:net'
import { expect, test } from 'vitest'
import type { CertificateFlaw } from '../model/tls-security.ts'
import { openLines, usualBudget } from '../live/lines/lines.ts'
import { openFarWorld } from './far-world.fixture.ts'
import { farClear, farTls, issuerPage, linesTo, pki, troubleIn } from './live-lines.fixture.ts'

const greets = (socket: { write(text: string): unknown }) => void socket.write('* OK ready\r\n')

const flaws: readonly (readonly [flaw: CertificateFlaw, cause: string, said: RegExp])[] = [
  ['self-signed', 'tls-intercepted', /^imap\.gmail\.com:993 shows a certificate issued by “oauth-imap mocks” \(\w+\)$/],
  ['unknown-authority', 'tls-intercepted', /issued by “an authority that nobody trusts”/],
  ['wrong-name', 'tls-intercepted', /for mail\.example\.test, not for imap\.gmail\.com; issued by “oauth-imap test/],
  ['name-in-common-name', 'tls-intercepted', /for mail\.example\.test, not for imap\.gmail\.com/],
  ['wildcard-misplaced', 'tls-intercepted', /for \*, \*\.com, imap\.\*\.com, not for imap\.gmail\.com/],
  [
    'expired',
    'clock-wrong',
    /valid from 2000-01-01 to 2001-12-31, issued by “oauth-imap test authority”; this machine’s/,
  ],
  ['not-yet-valid', 'clock-wrong', /valid from 2048-01-01 to 2049-12-31/],
]

test.for(flaws)('a certificate that is %s', async ([flaw, cause, said]) => {
  await using far = await farTls(greets, { certificate: await (await pki()).flawed(flaw, 'imap.gmail.com') })
  await using lines = await linesTo(far)
  expect(await troubleIn(lines.imap())).toEqual({ cause, said: expect.stringMatching(said) })
  // The second look learns who signed.
  expect(far.came()).toBe(2)
})

test('a good certificate, as the control', async () => {
  await using far = await farTls(greets)
  await using lines = await linesTo(far)
  expect(await (await lines.imap()).read()).toBe('* OK ready')
})

test('nothing is said to a server that is not believed', async () => {
  let heard = 0
  await using far = await farTls((socket) => void socket.on('data', ({ length }) => (heard += length)), {
    certificate: await (await pki()).flawed('self-signed', 'accounts.google.com'),
  })
  await using lines = await linesTo(far)
  const body = new URLSearchParams({ refresh_token: 'nobody may hear this' })
  expect(await troubleIn(lines.fetch(issuerPage, { method: 'POST', body }))).toMatchObject({ cause: 'tls-intercepted' })
  expect(heard).toBe(0)
})

test('a server that speaks HTTP in the clear', async () => {
  await using far = await farClear((socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\n\r\n'))
  })
  await using lines = await linesTo(far)
  const said = 'accounts.google.com:443: it speaks in the clear: “HTTP/1.1 302 Found”'
  expect(await troubleIn(lines.fetch(issuerPage))).toEqual({ cause: 'tls-refused', said })
})

test('a server that greets in the clear', async () => {
  await using far = await farClear(greets)
  await using lines = await linesTo(far)
  expect(await troubleIn(lines.imap())).toMatchObject({
    cause: 'tls-refused',
    said: expect.stringMatching(/“\* OK ready”/),
  })
})

test('a server that says nothing', async () => {
  await using far = await farClear(() => {})
  await using lines = await linesTo(far, { patience: 150 })
  expect(await troubleIn(lines.imap())).toEqual({
    cause: 'timed-out',
    said: 'imap.gmail.com:993: no end of the TLS handshake within 0.15 s',
  })
})

const ends: readonly (readonly [how: string, play: (socket: Socket) => unknown])[] = [
  ['ends', (socket) => socket.end()],
  ['is reset', (socket) => socket.resetAndDestroy()],
]

test.for(ends)('a connection that %s during the handshake', async ([, play]) => {
  await using far = await farClear((socket) => void socket.once('data', () => play(socket)))
  await using lines = await linesTo(far)
  expect(await troubleIn(lines.imap())).toEqual({
    cause: 'cut-off',
    said: expect.stringMatching(/^imap\.gmail\.com:993: /),
  })
})

test('a port that nobody listens at', async () => {
  const far = await farClear(() => {})
  await far[Symbol.asyncDispose]()
  await using lines = await linesTo(far)
  expect(await troubleIn(lines.imap())).toMatchObject({
    cause: 'unreachable',
    said: expect.stringMatching(/ECONNREFUSED/),
  })
})

test('a name that nobody has', async () => {
  await using lines = await linesTo({ port: 1 }, {}, { at: {}, imap: { host: 'imap.invalid', port: 993 } })
  expect(await troubleIn(lines.imap())).toMatchObject({
    cause: 'name-not-found',
    said: expect.stringMatching(/^imap\.invalid:993: /),
  })
})

test('a server whose newest version of TLS is too old', async () => {
  await using far = await farClear((socket) => {
    // A fatal protocol_version alert (RFC 8446 §6.2).
    socket.once('data', () => socket.end(Uint8Array.from([0x15, 3, 1, 0, 2, 2, 70])))
  })
  await using lines = await linesTo(far)
  expect(await troubleIn(lines.imap())).toMatchObject({
    cause: 'tls-refused',
    said: expect.stringMatching(/alert protocol version/i),
  })
})

/** Leads on to another port, with what came already. */
const joined = (socket: Socket, came: Uint8Array, port: number): void => {
  const upstream = connect(port, '127.0.0.1')
  upstream.on('error', () => socket.destroy())
  socket.on('close', () => upstream.destroy())
  upstream.write(came)
  socket.pipe(upstream).pipe(socket)
}

test('versions that a server agrees to', async () => {
  await using newest = await farTls(greets, { minVersion: 'TLSv1.3' })
  await using older = await farTls(greets, { maxVersion: 'TLSv1.2' })
  const ofNewest = await linesTo(newest)
  const ofOlder = await linesTo(older)
  expect(await ofNewest.asks('imap', 'TLSv1.3')).toBe(true)
  expect(await ofNewest.asks('imap', 'TLSv1.2')).toBe(false)
  expect(await ofOlder.asks('issuer', 'TLSv1.3')).toBe(false)
  expect(await ofOlder.asks('issuer', 'TLSv1.2')).toBe(true)
  expect(await ofOlder.asks('issuer', 'TLSv1.1')).toBe(false)
  expect(await ofOlder.asks('issuer', 'TLSv1')).toBe(false)
})

test.for([
  ['tls-1.0', [true, false]],
  ['tls-1.1', [false, true]],
  ['tls', [false, false]],
] as const)('old versions, of servers that choose %s', async ([security, agreed]) => {
  await using far = await openFarWorld()
  far.world.google.secure(security)
  far.world.gmail.secure(security)
  await using lines = openLines(far.farSide, { budget: usualBudget, signal: new AbortController().signal })
  for (const server of ['issuer', 'imap'] as const)
    expect([await lines.asks(server, 'TLSv1'), await lines.asks(server, 'TLSv1.1')]).toEqual(agreed)
  expect(await lines.asks('imap', 'TLSv1.2')).toBe(security === 'tls')
})

test('a server that ends the connection on a version that it does not speak', async () => {
  await using far = await farTls(greets)
  await using strict = await farClear((socket) => {
    socket.once('data', (hello) => {
      // The version in the ClientHello itself.
      if (hello[10] === 3) joined(socket, hello, far.port)
      else socket.end()
    })
  })
  await using lines = await linesTo(strict)
  expect(await lines.asks('imap', 'TLSv1')).toBe(false)
  await strict[Symbol.asyncDispose]()
  expect(await troubleIn(lines.asks('imap', 'TLSv1'))).toMatchObject({ cause: 'unreachable' })
})

test('a server that ends every connection says nothing of versions', async () => {
  await using far = await farClear((socket) => void socket.once('data', () => socket.end()))
  await using lines = await linesTo(far)
  for (const version of ['TLSv1', 'TLSv1.2'] as const)
    expect(await troubleIn(lines.asks('imap', version))).toMatchObject({ cause: 'cut-off' })
})

test('a server that speaks no TLS says nothing of versions', async () => {
  await using far = await farClear(greets)
  await using lines = await linesTo(far)
  for (const version of ['TLSv1', 'TLSv1.2'] as const)
    expect(await troubleIn(lines.asks('imap', version))).toMatchObject({ cause: 'tls-refused' })
})
