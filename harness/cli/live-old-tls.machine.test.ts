import { expect, test } from 'vitest'
import { farTls, linesTo } from './live-lines.fixture.ts'

/** Of the three runtimes only Node can still serve old versions, by OpenSSL itself; the mocks serve them by a hand-made hello. */

const greets = (socket: { write(text: string): unknown }) => void socket.write('* OK ready\r\n')

test('old versions of TLS are told apart at a server that really speaks them', async () => {
  const oldest = { minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
  await using both = await farTls(greets, { ...oldest, maxVersion: 'TLSv1.1' })
  await using first = await farTls(greets, { ...oldest, maxVersion: 'TLSv1' })
  await using toBoth = await linesTo(both)
  await using toFirst = await linesTo(first)
  expect(await toBoth.asks('imap', 'TLSv1')).toBe(true)
  expect(await toBoth.asks('imap', 'TLSv1.1')).toBe(true)
  expect(await toBoth.asks('imap', 'TLSv1.2')).toBe(false)
  expect(await toFirst.asks('imap', 'TLSv1')).toBe(true)
  expect(await toFirst.asks('imap', 'TLSv1.1')).toBe(false)
})
