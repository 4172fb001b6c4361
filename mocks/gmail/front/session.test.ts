import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  alice,
  connect,
  epoch,
  exampleMessages,
  goodToken,
  loggedIn,
  openTestWorld,
  tokenLifetime,
  xoauth2Of,
} from '../gmail.fixture.ts'
import { octetsOf } from '../wire/command-stream.ts'

describe('the state machine (RFC 3501 §3)', () => {
  test.each([
    ['LIST "" "*"', 'not-authenticated'],
    ['SELECT INBOX', 'not-authenticated'],
    ['FETCH 1 FLAGS', 'authenticated'],
    ['CLOSE', 'authenticated'],
    ['ENABLE X', 'selected'],
    ['AUTHENTICATE XOAUTH2', 'authenticated'],
    ['LOGIN a b', 'selected'],
  ])('%s is not allowed in state %s', (line, state) => {
    const world = openTestWorld()
    const client = state === 'not-authenticated' ? connect(world.gmail) : loggedIn(world.gmail)
    if (state === 'selected') client.say('s SELECT INBOX')
    client.heard()
    expect(client.say(`a ${line}`)).toEqual([`a BAD ${line.split(' ')[0]} not allowed now.`])
    expect(world.recorded('imap.cmd').at(-1)).toMatchObject({ state, problem: `not allowed in state ${state}` })
  })

  test('a SELECT that fails leaves the mailbox that was selected (RFC 3501 §6.3.1)', () => {
    const client = loggedIn(openTestWorld().gmail)
    client.say('a SELECT INBOX')
    expect(client.say('b SELECT Nowhere')).toEqual(['b NO [NONEXISTENT] Unknown folder.'])
    expect(client.say('c FETCH 1 FLAGS')).toEqual(['c BAD FETCH not allowed now.'])
  })

  test('the end is said, recorded and final', () => {
    const world = openTestWorld()
    const client = loggedIn(world.gmail)
    expect(client.say('z LOGOUT')).toEqual(['* BYE LOGOUT Requested', 'z OK 73 good day (Success)'])
    expect(client.ended).toBe(true)
    expect(client.say('y NOOP')).toEqual([])
    client.inlet.closed()
    expect(world.recorded('imap.conn.close')).toEqual([{ connection: 1, by: 'server', unterminated: 0 }])
  })
})

describe('grammar errors', () => {
  test.each([
    ['a FOO', 'a BAD Unknown command', 'unknown command'],
    ['a NOOP x', 'a BAD Could not parse', 'expected CRLF at octet 6'],
    ['a NOOP ', 'a BAD Could not parse', 'expected CRLF at octet 6'],
    ['a  NOOP', 'a BAD Could not parse', 'expected keyword at octet 2'],
    ['', '* BAD Could not parse', 'expected tag at octet 0'],
    ['a', 'a BAD Could not parse', 'expected SP at octet 1'],
    ['+ NOOP', '* BAD Could not parse', 'expected tag at octet 0'],
    ['a SELECT', 'a BAD Could not parse', 'expected SP at octet 8'],
    ['a UID NOOP', 'a BAD Unknown command', 'unknown command'],
  ])('%j', (line, answer, problem) => {
    const world = openTestWorld()
    const client = loggedIn(world.gmail)
    expect(client.say(line)).toEqual([expect.stringContaining(answer)])
    expect(world.recorded('imap.cmd').at(-1)).toMatchObject({ problem })
  })

  test('a bare LF is one', () => {
    const world = openTestWorld()
    expect(connect(world.gmail).send('a NOOP\n')).toContain('a BAD')
    expect(world.recorded('imap.cmd')).toMatchObject([{ verb: 'NOOP', problem: expect.stringContaining('CRLF') }])
  })

  test('ten in a row end the session; one in between does not', () => {
    const world = openTestWorld()
    const client = connect(world.gmail)
    for (let times = 0; times < 9; times++) client.say('a FOO')
    client.say('a NOOP')
    for (let times = 0; times < 9; times++) client.say('a FOO')
    expect(client.ended).toBe(false)
    expect(client.say('a FOO').at(-1)).toMatch(/^\* BYE/)
    expect(world.recorded('imap.bye')).toEqual([{ reason: 'too-many-errors' }])
  })

  test('who is not logged in gets little room', () => {
    const client = connect(openTestWorld().gmail)
    expect(client.say('a LOGIN {9000}')).toEqual([expect.stringMatching(/^a BAD Command too large/)])
    expect(client.say('b NOOP')).toEqual(['b OK Success'])
    expect(client.say(`c AUTHENTICATE XOAUTH2 ${'A'.repeat(70_000)}`)).toEqual([expect.stringMatching(/^c BAD/)])
  })

  test('an endless reply ends the exchange that waited for it', () => {
    const client = connect(openTestWorld().gmail)
    client.say('a AUTHENTICATE XOAUTH2')
    expect(client.say('A'.repeat(70_000))).toEqual([expect.stringMatching(/^a BAD Command too large/)])
    expect(client.say('b NOOP')).toEqual(['b OK Success'])
  })
})

describe('session end', () => {
  test('comes with the token’s expiry, in the middle of IDLE', () => {
    const world = openTestWorld()
    const client = loggedIn(world.gmail)
    client.say('a SELECT INBOX')
    client.say('b IDLE')
    client.heard()
    world.clock.set(epoch + tokenLifetime - 1)
    expect(client.heard()).toBe('')
    world.clock.set(epoch + tokenLifetime)
    expect(client.heard()).toBe('* BYE Session expired, please login again.\r\n')
    expect(client.ended).toBe(true)
    expect(world.recorded('imap.bye')).toEqual([{ reason: 'session-expired' }])
    expect(world.recorded('imap.conn.close')).toMatchObject([{ by: 'server' }])
  })

  test('never comes where the policy says so, and not to who has left', () => {
    const world = openTestWorld()
    const leaver = loggedIn(world.gmail)
    leaver.inlet.closed()
    world.gmail.sessionEnd('never')
    const stayer = loggedIn(world.gmail)
    world.clock.set(epoch + 2 * tokenLifetime)
    expect(stayer.say('a NOOP')).toContain('a OK Success')
    expect(world.recorded('imap.bye')).toEqual([])
  })

  test('comes to all when the world closes', () => {
    const world = openTestWorld()
    const clients = [connect(world.gmail), loggedIn(world.gmail)]
    world.gmail.close()
    expect(clients.map(({ ended }) => ended)).toEqual([true, true])
    expect(world.recorded('imap.bye')).toEqual([{ reason: 'shutdown' }, { reason: 'shutdown' }])
  })

  test('notes octets that were no whole line', () => {
    const world = openTestWorld()
    const client = connect(world.gmail)
    client.send('a NOO')
    client.inlet.closed()
    expect(world.recorded('imap.conn.close')).toEqual([{ connection: 1, by: 'client', unterminated: 5 }])
  })
})

test('a session is the same however its octets are cut', () => {
  const dialogue = [
    `a AUTHENTICATE XOAUTH2\r\n${xoauth2Of(alice, goodToken)}\r\n`,
    'b SELECT INBOX\r\nc UID FETCH 1:* (FLAGS BODY.PEEK[1])\r\n',
    'd APPEND "[Gmail]/Drafts" (\\Seen) {12+}\r\nSubject: x\r\n\r\n',
    'e SEARCH SUBJECT {5+}\r\nlunch\r\nf IDLE\r\nDONE\r\nz LOGOUT\r\n',
  ].join('')
  const answers = (chunks: readonly string[]): string => {
    const client = connect(openTestWorld().gmail)
    return chunks.map((chunk) => client.send(chunk)).join('')
  }
  const whole = answers([dialogue])
  expect(whole).toMatch(/z OK 73 good day \(Success\)\r\n$/)
  expect(answers([...dialogue])).toBe(whole)
  fc.assert(
    fc.property(fc.array(fc.nat(dialogue.length), { maxLength: 20 }), (cuts) => {
      const ends = cuts.toSorted((a, b) => a - b)
      const chunks = [0, ...ends].map((start, index) => dialogue.slice(start, ends[index]))
      expect(answers(chunks)).toBe(whole)
    }),
    { numRuns: 20 },
  )
})

test('equal worlds write equal journals', () => {
  const journal = (): string => {
    const world = openTestWorld(exampleMessages())
    const client = loggedIn(world.gmail)
    client.say('a SELECT INBOX')
    client.say('b FETCH 1:* ALL')
    return JSON.stringify(world.seal())
  }
  expect(journal()).toBe(journal())
})

test('any octets leave the server standing', () => {
  const noise = fc.uint8Array({ maxLength: 200 })
  fc.assert(
    fc.property(fc.array(noise, { maxLength: 5 }), (chunks) => {
      const client = loggedIn(openTestWorld([]).gmail)
      for (const chunk of chunks) client.inlet.receive(chunk)
      client.inlet.receive(octetsOf('\r\n'))
      client.inlet.closed()
    }),
    { numRuns: 50 },
  )
})
