import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alice, connect, exampleMessages, goodToken, loggedIn, openTestWorld, xoauth2Of } from '../gmail.fixture.ts'
import { appendLimit } from '../core/append-limit.ts'
import { octetsOf } from '../wire/command-stream.ts'

describe('the state machine (RFC 3501 §3)', () => {
  test.each([
    ['LIST "" "*"', 'not-authenticated', 'Unknown command {id}'],
    ['SELECT INBOX', 'not-authenticated', 'Unknown command {id}'],
    ['UID FETCH 1 FLAGS', 'not-authenticated', 'Unknown command {id}'],
    ['FETCH 1 FLAGS', 'authenticated', 'FETCH not allowed now.'],
    ['UID FETCH 1 FLAGS', 'authenticated', 'UID not allowed now.'],
    ['CLOSE', 'authenticated', 'CLOSE not allowed now.'],
    ['ENABLE X', 'selected', 'ENABLE not allowed now.'],
    ['AUTHENTICATE XOAUTH2', 'authenticated', 'AUTHENTICATE not allowed now.'],
    ['LOGIN a b', 'selected', 'LOGIN not allowed now.'],
  ])('%s is not allowed in state %s', (line, state, answer) => {
    const world = openTestWorld()
    const client = state === 'not-authenticated' ? connect(world.gmail) : loggedIn(world.gmail)
    if (state === 'selected') client.say('s SELECT INBOX')
    client.heard()
    expect(client.say(`a ${line}`)).toEqual([`a BAD ${answer.replace('{id}', client.id)}`])
    expect(world.recorded('imap.cmd').at(-1)).toMatchObject({ state, problem: `not allowed in state ${state}` })
  })

  test('the texts from before the login carry the id of the connection, and no others do', () => {
    const { gmail } = openTestWorld()
    const client = connect(gmail)
    expect(client.greeting).toBe(`* OK Gimap ready for requests from 127.0.0.1 ${client.id}\r\n`)
    expect(client.id).toMatch(/^[a-z]{2}\d\dmb\d{8}[a-z]{3}$/)
    expect(client.say('a CAPABILITY').at(-1)).toBe(`a OK Thats all she wrote! ${client.id}`)
    expect(client.say('b FOO')).toEqual([`b BAD Unknown command ${client.id}`])
    expect(client.say('c NOOP x')).toEqual([`c BAD Could not parse command ${client.id}`])
    client.say(`d AUTHENTICATE XOAUTH2 ${xoauth2Of(alice, goodToken)}`)
    expect(client.say('e CAPABILITY').at(-1)).toBe('e OK Success')
    expect(client.say('f FOO')).toEqual(['f BAD Unknown command'])
    expect(client.say('g NOOP x')).toEqual(['g BAD Could not parse command'])
    expect(connect(gmail).id).not.toBe(client.id)
  })

  test('a SELECT that fails leaves the mailbox that was selected (RFC 3501 §6.3.1)', () => {
    const client = loggedIn(openTestWorld().gmail)
    client.say('a SELECT INBOX')
    expect(client.say('b SELECT Nowhere')).toEqual([expect.stringMatching(/^b NO \[NONEXISTENT\] /)])
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

  test('and in other words before the login', () => {
    const client = connect(openTestWorld().gmail)
    expect(client.say('z LOGOUT')).toEqual([
      `* BYE Logout Requested ${client.id}`,
      `z OK Quoth the raven, nevermore... ${client.id}`,
    ])
    expect(client.ended).toBe(true)
    expect(client.say('y LOGIN a b')).toEqual([])
  })

  test('what is said in one turn leaves in one write', () => {
    const client = loggedIn(openTestWorld().gmail)
    client.heard()
    expect(client.writes('a SELECT INBOX\r\nb NOOP\r\n')).toHaveLength(1)
  })
})

test('STARTTLS is unknown on the port for TLS, before the login and after it', () => {
  const client = connect(openTestWorld().gmail)
  expect(client.say('1 STARTTLS')).toEqual([`1 BAD Unknown command ${client.id}`])
  client.say(`a AUTHENTICATE XOAUTH2 ${xoauth2Of(alice, goodToken)}`)
  expect(client.say('2 STARTTLS')).toEqual(['2 BAD Unknown command'])
  expect(client.secured).toBe(false)
})

describe('capabilities', () => {
  test('are Gmail’s own, before the login and after it', () => {
    const client = connect(openTestWorld().gmail)
    const [before] = client.say('a CAPABILITY')
    expect(before).toMatch(
      /^\* CAPABILITY IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID .*CHILDREN X-GM-EXT-1 .*SASL-IR AUTH=XOAUTH2 AUTH=PLAIN AUTH=PLAIN-CLIENTTOKEN AUTH=OAUTHBEARER$/,
    )
    client.say(`b AUTHENTICATE XOAUTH2 ${xoauth2Of(alice, goodToken)}`)
    expect(client.say('c CAPABILITY')[0]).toMatch(/ APPENDLIMIT=35651584$/)
    expect(appendLimit).toBe(35651584)
  })

  test.each([
    ['code', [/^a OK \[CAPABILITY IMAP4rev1 .* APPENDLIMIT=35651584\] alice@example\.com authenticated \(Success\)$/]],
    ['silent', [/^a OK alice@example\.com authenticated \(Success\)$/]],
  ] as const)('are told after the login in other ways where a scenario wants it so: %s', (how, lines) => {
    const world = openTestWorld()
    world.gmail.turn({ capabilitiesAfterLogin: how })
    const client = connect(world.gmail)
    const told = client.say(`a AUTHENTICATE XOAUTH2 ${xoauth2Of(alice, goodToken)}`)
    expect(told).toEqual(lines.map((line) => expect.stringMatching(line)))
  })

  test('can be added and withdrawn; a command whose capability is withdrawn is unknown', () => {
    const world = openTestWorld()
    world.gmail.advertise({ without: ['IDLE', 'MOVE'], extra: ['X-ODD=1/2'] })
    const client = loggedIn(world.gmail)
    const [told] = client.say('a CAPABILITY')
    expect(told).toMatch(/ X-ODD=1\/2$/)
    expect(told).not.toMatch(/ (?:IDLE|MOVE) /)
    client.say('b SELECT INBOX')
    expect(client.say('c IDLE')).toEqual(['c BAD Unknown command'])
    expect(client.say('d UID MOVE 1 Receipts')).toEqual(['d BAD Unknown command'])
    expect(client.say('e UNSELECT')).toEqual(['e OK Returned to authenticated state. (Success)'])
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

test('ID tells what Gmail tells, and the name of the connection before the login', () => {
  const client = connect(openTestWorld().gmail)
  const about = '"name" "GImap" "vendor" "Google, Inc." "support-url" "https://support.google.com/mail"'
  const host = '"remote-host" "127.0.0.1"'
  expect(client.say('a ID ("name" "client")')).toEqual([
    `* ID (${about} ${host} "connection-token" "${client.id}")`,
    'a OK Success',
  ])
  client.say(`b AUTHENTICATE XOAUTH2 ${xoauth2Of(alice, goodToken)}`)
  expect(client.say('c ID NIL')[0]).toBe(`* ID (${about} "version" "gmail_imap_220520.08_p0" ${host})`)
})

test('octets that were no whole line are counted', () => {
  const world = openTestWorld()
  const client = connect(world.gmail)
  client.send('a NOO')
  client.inlet.closed()
  expect(world.recorded('imap.conn.close')).toEqual([{ connection: 1, by: 'client', unterminated: 5 }])
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
