import { describe, expect, test } from 'vitest'
import type { ImapFault } from '../../../harness/model/imap-fault.ts'
import { alice, connect, loggedIn, openTestWorld } from '../gmail.fixture.ts'
import { accepted, armed, badLogin, expectSilence, fault, login, selected } from './faults.fixture.ts'

describe('before the greeting', () => {
  test('the connection ends', () => {
    const client = connect(armed(fault('connection', { kind: 'end' })).gmail)
    expect([client.greeting, client.ended, client.reset]).toEqual(['', true, false])
  })

  test('it is torn down', () => {
    const client = connect(armed(fault('connection', { kind: 'end', reset: true })).gmail)
    expect([client.greeting, client.reset]).toEqual(['', true])
  })

  test('it ends with a BYE in place of the greeting', () => {
    const world = armed(fault('connection', { kind: 'refuse', refusal: 'unavailable' }))
    const client = connect(world.gmail)
    expect([client.greeting, client.ended]).toEqual(['* BYE [UNAVAILABLE] Temporary System Error\r\n', true])
    expect(world.recorded('imap.bye')).toEqual([{ reason: 'refused' }])
  })

  test('nothing comes any more', () => {
    const client = connect(armed(fault('connection', { kind: 'silence' })).gmail)
    expect(client.greeting).toBe('')
    expectSilence(client)
  })

  test('the greeting is late', () => {
    const world = armed(fault('connection', { kind: 'wait', milliseconds: 5_000 }))
    const client = connect(world.gmail)
    expect(client.greeting).toBe('')
    world.clock.set(world.clock.now() + 5_000)
    expect(client.heard()).toMatch(/^\* OK Gimap ready for requests from 127\.0\.0\.1 \w{17}\r\n$/)
  })

  test('something else is said first', () => {
    const client = connect(armed(fault('connection', { kind: 'say', lines: ['* 3 EXISTS', 'A1 OK Early'] })).gmail)
    expect(client.greeting).toBe(
      `* 3 EXISTS\r\nA1 OK Early\r\n* OK Gimap ready for requests from 127.0.0.1 ${client.id}\r\n`,
    )
  })
})

test('after the greeting the connection ends', () => {
  const client = connect(armed(fault('greeting', { kind: 'end', bye: 'System Error' })).gmail)
  expect(client.greeting).toMatch(/^\* OK Gimap ready .*\r\n\* BYE System Error\r\n$/)
  expect(client.ended).toBe(true)
})

describe('at CAPABILITY', () => {
  test.each([
    ['it is refused', fault('command CAPABILITY', { kind: 'answer', text: 'BAD Not now' }), ['c BAD Not now'], false],
    ['the connection ends', fault('command CAPABILITY', { kind: 'end' }), [], true],
    [
      'another list comes first',
      fault('command CAPABILITY', { kind: 'say', lines: ['* CAPABILITY IMAP4rev1 X-ODD=1/2'] }),
      [
        '* CAPABILITY IMAP4rev1 X-ODD=1/2',
        expect.stringMatching(/^\* CAPABILITY IMAP4rev1 UNSELECT/),
        expect.anything(),
      ],
      false,
    ],
    [
      'the list comes, and then NO',
      fault('answer CAPABILITY', { kind: 'answer', text: 'NO [XCODE a b] Never' }),
      [expect.stringMatching(/^\* CAPABILITY IMAP4rev1 UNSELECT/), 'c NO [XCODE a b] Never'],
      false,
    ],
  ])('%s', (_, one, lines, ended) => {
    const client = connect(armed(one).gmail)
    expect(client.say('c CAPABILITY')).toEqual(lines)
    expect(client.ended).toBe(ended)
  })
})

describe('in the challenge', () => {
  const words = 'a NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)'
  test.each([
    ['no base64', '+ !!!'],
    ['base64 of no JSON', `+ ${btoa('<html>')}`],
    ['nothing', '+ '],
    ['very much', `+ ${'QUFB'.repeat(20_000)}`],
  ])('%s is sent in its place', (_, line) => {
    const world = armed(fault('challenge', { kind: 'say', lines: [line] }))
    const client = connect(world.gmail)
    expect(client.say(badLogin)).toEqual([line])
    expect(client.say('')).toEqual([words])
    expect(world.recorded('imap.challenge.reply')).toMatchObject([{ reply: 'empty' }])
  })

  test('the connection ends', () => {
    const world = armed(fault('challenge', { kind: 'end' }))
    const client = connect(world.gmail)
    expect(client.say(badLogin)).toEqual([])
    expect(client.ended).toBe(true)
    // Nobody was asked, so nobody owes a reply.
    expect(world.recorded('imap.challenge')).toEqual([])
    expect(world.recorded('imap.challenge.reply')).toEqual([])
  })

  test('NO comes at once', () => {
    const world = armed(fault('challenge', { kind: 'answer', text: 'NO [UNAVAILABLE] Try again later' }))
    const client = connect(world.gmail)
    expect(client.say(badLogin)).toEqual(['a NO [UNAVAILABLE] Try again later'])
    expect(client.say('b NOOP')).toEqual(['b OK Success'])
  })

  test('it never comes', () => {
    const client = connect(armed(fault('challenge', { kind: 'silence' })).gmail)
    expect(client.say(badLogin)).toEqual([])
    expectSilence(client)
  })
})

describe('at the login', () => {
  test('OK, then BYE', () => {
    const world = armed(fault('after AUTHENTICATE', { kind: 'end', bye: 'System Error' }))
    const client = connect(world.gmail)
    expect(client.say(login).slice(1)).toEqual([accepted, '* BYE System Error'])
    expect(client.ended).toBe(true)
    expect(world.recorded('imap.bye')).toEqual([{ reason: 'fault' }])
    expect(world.recorded('imap.conn.close')).toEqual([{ connection: 1, by: 'server', unterminated: 0 }])
  })

  test('OK, then nothing', () => {
    const client = connect(armed(fault('after AUTHENTICATE', { kind: 'silence' })).gmail)
    expect(client.say(login).at(-1)).toBe(accepted)
    expectSilence(client)
  })

  test('NO [UNAVAILABLE] three times, then OK', () => {
    const unavailable = { kind: 'answer', text: 'NO [UNAVAILABLE] Temporary failure' } as const
    const world = armed(...[1, 2, 3].map((occurrence) => fault('command AUTHENTICATE', unavailable, { occurrence })))
    const end = (): string | undefined => connect(world.gmail).say(login).at(-1)
    expect([end(), end(), end(), end()]).toEqual([
      ...Array<string>(3).fill('a NO [UNAVAILABLE] Temporary failure'),
      accepted,
    ])
  })
})

describe('at the end of the session', () => {
  test('nothing is said, and nothing comes any more', () => {
    const world = armed(fault('expiry', { kind: 'silence' }))
    const client = loggedIn(world.gmail)
    client.heard()
    world.clock.set(world.clock.now() + 3_600_000)
    expect(client.heard()).toBe('')
    expectSilence(client)
    world.gmail.close()
    expect(world.recorded('imap.bye')).toEqual([])
  })

  test('something is said before the BYE', () => {
    const world = armed(fault('expiry', { kind: 'say', lines: ['* OK [ALERT] Soon'] }))
    const client = loggedIn(world.gmail)
    client.heard()
    world.clock.set(world.clock.now() + 3_600_000)
    expect(client.heard()).toBe('* OK [ALERT] Soon\r\n* BYE Session expired, please login again.\r\n')
  })
})

describe('in a literal', () => {
  const fetch = 'f UID FETCH 1 (UID BODY.PEEK[HEADER.FIELDS (SUBJECT)])\r\n'
  const whole = selected(openTestWorld()).send(fetch)
  const head = whole.slice(0, whole.indexOf('}\r\n') + 3)

  test('the whole has a literal', () => {
    expect(head).toMatch(/^\* 1 FETCH \(.*\{\d+\}\r\n$/)
  })

  test.each([
    [0, head],
    [5, `${head}Subje`],
  ])('the connection ends after %i octets of it', (octets, heard) => {
    const world = armed(fault('literal', { kind: 'end', octets }))
    const client = selected(world)
    expect(client.send(fetch)).toBe(heard)
    expect(client.ended).toBe(true)
    expect(world.recorded('imap.line.out').at(-1)?.line).toMatch(/‹cut after \d+ octets›$/)
    expect(world.recorded('imap.conn.close')).toEqual([
      { connection: 1, by: 'server', unterminated: 0, cause: 'fault' },
    ])
  })

  test('nothing more comes of it', () => {
    const client = selected(armed(fault('literal', { kind: 'silence', octets: 3 })))
    expect(client.send(fetch)).toBe(`${head}Sub`)
    expectSilence(client)
  })

  test('the third one is cut, the others are whole', () => {
    const client = selected(armed(fault('literal', { kind: 'end' }, { occurrence: 3 })))
    const heard = client.send('f UID FETCH 1:6 BODY.PEEK[HEADER.FIELDS (SUBJECT)]\r\n')
    expect(heard.match(/^\* \d FETCH /gm)).toHaveLength(3)
    expect(client.ended).toBe(true)
  })
})

describe('delivery', () => {
  const dialogue = `${login}\r\nb SELECT INBOX\r\nc UID FETCH 1:* (FLAGS BODY.PEEK[])\r\nd LOGOUT\r\n`
  const whole = connect(openTestWorld().gmail).send(dialogue)

  test('octet by octet is the same in more pieces', () => {
    const client = connect(armed(fault('greeting', { kind: 'trickle', octets: 1 })).gmail)
    const pieces = client.writes(dialogue)
    expect(pieces.join('')).toBe(whole)
    expect(pieces).toHaveLength(whole.length)
    expect(client.ended).toBe(true)
  })

  test('of everything at once is one piece', () => {
    const pieces = connect(openTestWorld().gmail).writes(dialogue)
    expect(pieces).toEqual([whole])
  })

  test('slow octets come at their pace, on the world’s clock', () => {
    const world = armed(fault('command NOOP', { kind: 'trickle', octets: 4, milliseconds: 1_000 }))
    const client = loggedIn(world.gmail)
    client.heard()
    expect(client.writes('n NOOP\r\n')).toEqual(['n OK'])
    world.clock.set(world.clock.now() + 2_500)
    expect(client.writes()).toEqual([' Suc', 'cess'])
    world.clock.set(world.clock.now() + 500)
    expect(client.writes()).toEqual(['\r\n'])
  })

  test('pieces of nothing are refused: they would never end', () => {
    expect(() => armed(fault('greeting', { kind: 'trickle', octets: 0 }))).toThrow('a piece holds an octet at least')
  })
})

test('IDLE is refused behind its continuation request', () => {
  const world = armed(fault('idle', { kind: 'answer', text: 'NO Not now' }))
  const client = selected(world)
  expect(client.say('i IDLE')).toEqual(['+ idling', 'i NO Not now'])
  expect(client.say('DONE')).toEqual(['DONE BAD Could not parse command'])
  expect(world.recorded('imap.idle').map(({ event }) => event)).toEqual(['started', 'ended'])
})

describe('where a literal is announced', () => {
  const append = 'p APPEND INBOX {5}\r\n'

  test('the request for its octets is late', () => {
    const world = armed(fault('continuation', { kind: 'wait', milliseconds: 30_000 }))
    const client = loggedIn(world.gmail)
    client.heard()
    expect(client.send(append)).toBe('')
    world.clock.set(world.clock.now() + 30_000)
    expect(client.heard()).toBe('+ go ahead\r\n')
  })

  test('the connection ends', () => {
    const client = loggedIn(armed(fault('continuation', { kind: 'end' })).gmail)
    client.heard()
    expect(client.send(append)).toBe('')
    expect(client.ended).toBe(true)
  })
})

test('a line that never ends', () => {
  const client = connect(armed(fault('command NOOP', { kind: 'flood', octets: 200_000 })).gmail)
  expect(client.send('n NOOP\r\n')).toBe(`${'x'.repeat(200_000)}n OK Success\r\n`)
})

test('a literal that is announced larger than anything, and never comes', () => {
  const client = selected(
    armed(
      fault('command UID FETCH', { kind: 'say', lines: ['* 1 FETCH (UID 1 BODY[] {4294967295}'] }),
      fault('answer UID FETCH', { kind: 'silence' }),
    ),
  )
  expect(client.say('f UID FETCH 1 UID')[0]).toBe('* 1 FETCH (UID 1 BODY[] {4294967295}')
  expectSilence(client)
})

test('half open: no more octets either way, and no end', () => {
  const world = armed(fault('idle', { kind: 'silence' }))
  const client = selected(world)
  expect(client.say('i IDLE')).toEqual(['+ idling'])
  world.gmail.deliver(alice, new TextEncoder().encode('Subject: new\r\n\r\n'))
  expect(client.heard()).toBe('')
  expectSilence(client)
  world.clock.set(world.clock.now() + 600_000)
  expect(client.heard()).toBe('')
  client.inlet.closed()
  expect(world.recorded('imap.conn.close')).toEqual([{ connection: 1, by: 'client', unterminated: 0 }])
})

describe('a fault', () => {
  const at = (occurrence: ImapFault['occurrence'], text = 'NO Struck'): ImapFault =>
    fault('command NOOP', { kind: 'answer', text }, { occurrence })

  test('strikes at its occurrence, counted from when it was armed and over all connections', () => {
    const world = openTestWorld()
    const [one, other] = [connect(world.gmail), connect(world.gmail)]
    one.say('a NOOP')
    world.gmail.fault(at(2))
    expect([one.say('b NOOP'), other.say('c NOOP'), one.say('d NOOP')]).toEqual([
      ['b OK Success'],
      ['c NO Struck'],
      ['d OK Success'],
    ])
    expect(world.recorded('fault.armed')).toEqual([{ fault: 'a fault', at: 'command NOOP, time 2' }])
    expect(world.seal().observations.find(({ type }) => type === 'fault.fired')).toMatchObject({
      stream: 'imap:2',
      fields: { fault: 'a fault', at: 'command NOOP' },
    })
  })

  test('strikes every time until it is cleared', () => {
    const world = armed(at('every'))
    const client = connect(world.gmail)
    expect([client.say('a NOOP'), client.say('b NOOP')]).toEqual([['a NO Struck'], ['b NO Struck']])
    world.gmail.clearFaults()
    expect(client.say('c NOOP')).toEqual(['c OK Success'])
    expect(world.recorded('fault.armed')).toEqual([{ fault: 'a fault', at: 'command NOOP, every time' }])
  })

  test('of several at one point the one armed first strikes, and each counts', () => {
    const world = armed(at(1), at(2, 'NO Second'))
    const client = connect(world.gmail)
    expect([client.say('a NOOP'), client.say('b NOOP')]).toEqual([['a NO Struck'], ['b NO Second']])
  })

  test('of one command leaves the others alone', () => {
    const client = connect(armed(at('every')).gmail)
    expect(client.say('a ID NIL').at(-1)).toBe('a OK Success')
  })
})
