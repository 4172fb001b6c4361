import { describe, expect, test } from 'vitest'
import { connect, goodToken, loggedIn, openTestWorld } from './gmail.fixture.ts'
import { octetsOf } from './wire/command-stream.ts'

function selected() {
  const world = openTestWorld()
  const client = loggedIn(world.gmail)
  client.say('s SELECT INBOX')
  return { ...world, client }
}

const many = (count: number, item: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => item(index)).join(' ')

describe('a refusal is bounded, explained, and leaves the session as it was', () => {
  test.each([
    ['100,000 labels', `STORE 1 +X-GM-LABELS (${many(100_000, (index) => `l${index}`)})`, /^a BAD Command too large/],
    [
      'labels that fit into a line',
      `STORE 1 +X-GM-LABELS (${many(5000, (index) => `l${index}`)})`,
      /^a BAD Could not parse/,
    ],
    ['100,000 flags', `STORE 1 FLAGS (${many(100_000, () => 'f')})`, /^a BAD Command too large/],
    ['100,000 fetch attributes', `FETCH 1 (${many(100_000, () => 'UID')})`, /^a BAD Command too large/],
    ['100,000 header names', `FETCH 1 BODY[HEADER.FIELDS (${many(100_000, () => 'To')})]`, /^a BAD Command too large/],
    ['100,000 search keys', `SEARCH ${many(100_000, () => 'ALL')}`, /^a BAD Command too large/],
    ['search keys that fit into a line', `SEARCH ${many(5000, () => 'BODY x')}`, /^a BAD Could not parse/],
    ['parentheses without end', `SEARCH ${'('.repeat(60_000)}`, /^a BAD Could not parse/],
    [
      'a sequence set without end',
      `FETCH ${many(20_000, (index) => `${index + 1}`).replaceAll(' ', ',')} UID`,
      /^a BAD Command too large/,
    ],
    ['a literal of 1 GiB', 'APPEND INBOX {1073741824}', /^a BAD Command too large/],
    ['a literal beyond any number', 'APPEND INBOX {9999999999}', /^a BAD Command too large/],
    ['a name of 1 MiB', 'CREATE {1048576}', /^a BAD Could not parse/],
  ])('%s', (_, command, answer) => {
    const { client, recorded } = selected()
    let answers = client.say(`a ${command}`)
    // The server takes a literal of this size; it is the name that is too long.
    if (answers[0] === '+ go ahead') answers = client.say('x'.repeat(1 << 20))
    expect(answers).toEqual([expect.stringMatching(answer)])
    expect(client.say('b NOOP')).toEqual(['b OK Success'])
    expect(client.say('c STATUS INBOX (MESSAGES)')[0]).toBe('* STATUS "INBOX" (MESSAGES 6)')
    expect(recorded('imap.cmd').find(({ tag }) => tag === 'a')?.problem).toMatch(/limit|at most|levels|expected/)
  })

  test('a literal of 1 GiB that does not wait ends the session, before its octets', () => {
    const { client, recorded } = selected()
    expect(client.say('a APPEND INBOX {1073741824+}')).toEqual([expect.stringMatching(/^\* BYE .+/)])
    expect(client.ended).toBe(true)
    expect(recorded('imap.bye')).toEqual([{ reason: 'too-many-errors' }])
  })

  test('who is not logged in cannot make the server keep anything', () => {
    const client = connect(openTestWorld().gmail)
    expect(client.say('a LOGIN {35651584}')).toEqual([expect.stringMatching(/^a BAD/)])
    expect(client.say('b APPEND INBOX {8193}')).toEqual([expect.stringMatching(/^b BAD/)])
  })
})

test('a literal costs time in proportion to its length, whatever the pieces', () => {
  const time = (length: number, size: number): number => {
    const { client } = selected()
    client.say(`a APPEND INBOX {${length}}`)
    const piece = octetsOf('x'.repeat(size))
    const start = performance.now()
    for (let sent = 0; sent < length; sent += size) client.inlet.receive(piece)
    const taken = performance.now() - start
    expect(client.say('')).toContainEqual(expect.stringMatching(/^a OK \[APPENDUID/))
    return taken
  }
  time(20_000, 1)
  for (const size of [1, 64]) {
    // A quadratic one takes 64 times as long for eight times the length; the machine may be busy.
    const [short, long] = [1, 2, 3]
      .map(() => [time(20_000 * size, size), time(160_000 * size, size)] as const)
      .toSorted((a, b) => a[1] - b[1])[0]!
    expect(long).toBeLessThan(Math.max(short, 2) * 30)
  }
})

test('of a message the journal tells the beginning, and no part of a secret at its end', () => {
  // Every place of the token lies once where the line is cut.
  const messages = Array.from({ length: 60 }, (_, length) => ({
    bytes: octetsOf(`Subject: ${'x'.repeat(length)} ${goodToken} ${'y'.repeat(200)}\r\n\r\n`),
    labels: ['\\Inbox'],
    flags: [],
    internalDate: 0,
  }))
  const world = openTestWorld(messages)
  const client = loggedIn(world.gmail)
  client.say('a SELECT INBOX')
  expect(client.say('b FETCH 1:* ENVELOPE').join().split(goodToken)).toHaveLength(61)
  const told = world
    .recorded('imap.line.out')
    .map(({ line }) => line)
    .filter((line) => line.includes('FETCH'))
  expect(told).toHaveLength(60)
  expect(told[1]).toMatch(/^\* 2 FETCH \(ENVELOPE \(NIL "x ‹[^›]*access-token-1[^›]*›.* ‹\d+ characters more›$/)
  expect(world.secrets.scanner.scanText(told.join('\n'))).toEqual([])
})
