import type { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { farTls, linesTo, troubleIn } from './live-lines.fixture.ts'

const says = (text: string) => (socket: Socket) => void socket.write(text, 'latin1')

const lines: readonly (readonly [name: string, sent: string, read: readonly string[]])[] = [
  ['two in one segment', '* OK a\r\n* OK b\r\n', ['* OK a', '* OK b']],
  ['every octet', '* OK \xff\x80\t\r\n', ['* OK \xff\x80\t']],
  ['without a carriage return', '* OK a\n* OK b\n', ['* OK a', '* OK b']],
  ['an empty one', '\r\n* OK\r\n', ['', '* OK']],
  [
    'a literal',
    '* 1 FETCH (BODY[] {7}\r\na\r\nb\0c\n FLAGS ())\r\n* OK\r\n',
    ['* 1 FETCH (BODY[] {7}a\r\nb\0c\n FLAGS ())', '* OK'],
  ],
  ['two literals', '* LIST () {1}\r\n/ {3}\r\na{1\r\n', ['* LIST () {1}/ {3}a{1']],
  ['an empty literal', '* 1 FETCH (X {0}\r\n)\r\n', ['* 1 FETCH (X {0})']],
  ['a binary literal', '* 1 FETCH (BINARY[] ~{2}\r\n\0\n)\r\n', ['* 1 FETCH (BINARY[] ~{2}\0\n)']],
  [
    'words that end like an announcement',
    '* OK see {5}\r\na1 NO {5}\r\n+ {5}\r\n',
    ['* OK see {5}', 'a1 NO {5}', '+ {5}'],
  ],
  ['the longest one', `* OK ${'x'.repeat(262_137)}\r\n`, [`* OK ${'x'.repeat(262_137)}`]],
]

test.for(lines)('$0', async ([, sent, read]) => {
  await using far = await farTls(says(sent))
  await using open = await linesTo(far)
  const line = await open.imap()
  for (const expected of read) expect(await line.read()).toBe(expected)
})

test('a line that comes octet by octet', async () => {
  await using far = await farTls((socket) => {
    const octets = [...'* OK {x\r\n* 1 FETCH (X {3}\r\nabc)\r\n']
    const more = (): void => {
      const next = octets.shift()
      if (next !== undefined) socket.write(next, () => setImmediate(more))
    }
    more()
  })
  await using open = await linesTo(far)
  const line = await open.imap()
  expect([await line.read(), await line.read()]).toEqual(['* OK {x', '* 1 FETCH (X {3}abc)'])
})

test('what is written arrives octet by octet', async () => {
  const heard = Promise.withResolvers<string>()
  await using far = await farTls(
    (socket) => void socket.once('data', (octets) => heard.resolve(octets.toString('latin1'))),
  )
  await using open = await linesTo(far)
  const line = await open.imap()
  await line.write('a1 ID ("name" "\xe4\xff")\r\n')
  expect(await heard.promise).toBe('a1 ID ("name" "\xe4\xff")\r\n')
})

const endless = (text: string) => (socket: Socket) => {
  const more = (): void => void (socket.destroyed || socket.write(text, () => setImmediate(more)))
  more()
}

const troubles: readonly (readonly [name: string, play: (socket: Socket, below: Socket) => void, cause: string])[] = [
  ['a line without an end', endless('x'.repeat(16_384)), 'too-much'],
  ['a line one octet too long', says(`* OK ${'x'.repeat(262_138)}\r\n`), 'too-much'],
  ['a literal that is too long', says('* 1 FETCH (BODY[] {262144}\r\n'), 'too-much'],
  ['a literal of a length that no number is', says('* 1 FETCH (BODY[] {9999999999}\r\n'), 'too-much'],
  ['octets that are no text', says('\0\x01\x02\r\n'), 'not-imap'],
  ['the end of the connection', (socket) => void socket.end(), 'cut-off'],
  ['half a line', (socket) => void socket.end('* OK'), 'cut-off'],
  ['half a literal', (socket) => void socket.end('* 1 FETCH (X {9}\r\nabc'), 'cut-off'],
  ['a reset', (socket, below) => void socket.write('* OK', () => below.resetAndDestroy()), 'cut-off'],
]

test.for(troubles)('$0', async ([, play, cause]) => {
  await using far = await farTls(play)
  await using open = await linesTo(far)
  const line = await open.imap()
  const trouble = await troubleIn(line.read())
  expect(trouble).toEqual({ cause, said: expect.stringMatching(/^imap\.gmail\.com:993: \S/) })
  // It stays so.
  await expect(line.read()).rejects.toThrow()
  await expect(line.write('a1 NOOP\r\n')).rejects.toThrow()
})

test('a line that ends before the connection is still read', async () => {
  await using far = await farTls((socket) => void socket.end('* BYE too many\r\n'))
  await using open = await linesTo(far)
  const line = await open.imap()
  expect(await line.read()).toBe('* BYE too many')
  expect(await troubleIn(line.read())).toMatchObject({ cause: 'cut-off' })
  expect(await troubleIn(line.write('a1 LOGOUT\r\n'))).toMatchObject({ cause: 'cut-off' })
  await line.end()
})

test('a silent server is waited for no longer than allowed', async () => {
  await using far = await farTls(says('* OK [half'))
  await using open = await linesTo(far, { patience: 200 })
  const line = await open.imap()
  expect(await troubleIn(line.read())).toEqual({
    cause: 'timed-out',
    said: 'imap.gmail.com:993: no answer within 0.2 s',
  })
})

test('whoever ends a line gives its place back', async () => {
  await using far = await farTls(says('* OK\r\n'))
  await using open = await linesTo(far, { mostConnections: 1 })
  for (let count = 1; count <= 3; count++) {
    const line = await open.imap()
    await line.end()
    await line.end()
    expect(open.spent()).toMatchObject({ connections: count, mostAtOnce: 1 })
  }
})
