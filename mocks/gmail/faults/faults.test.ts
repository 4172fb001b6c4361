import { describe, expect, test } from 'vitest'
import type { ImapFault } from '../../../harness/model/imap-fault.ts'
import { alice, connect, goodToken, loggedIn, openTestWorld, xoauth2Of } from '../gmail.fixture.ts'

type World = ReturnType<typeof openTestWorld>
type Client = ReturnType<typeof connect>

const login = `a AUTHENTICATE XOAUTH2 ${xoauth2Of(alice, goodToken)}`
const badLogin = `a AUTHENTICATE XOAUTH2 ${xoauth2Of(alice, 'ya29.nobody-has-ever-issued-this')}`
const accepted = 'a OK alice@example.com authenticated (Success)'

/** A fault of the first time that its point is reached. */
const fault = (at: ImapFault['at'], effect: ImapFault['effect'], more: Partial<ImapFault> = {}): ImapFault =>
  ({ name: 'a fault', at, occurrence: 1, effect, ...more }) as ImapFault

function armed(...faults: readonly ImapFault[]): World {
  const world = openTestWorld()
  for (const one of faults) world.gmail.fault(one)
  return world
}

/** A client that has selected INBOX, whose six messages have the UIDs 1 to 6. */
function selected(world: World): Client {
  const client = loggedIn(world.gmail)
  client.say('s SELECT INBOX')
  return client
}

/** The connection does not exist any more for the client, which hears nothing and is not told. */
function expectSilence(client: Client): void {
  expect(client.say('q NOOP')).toEqual([])
  expect(client.ended).toBe(false)
}

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
    expect(world.recorded('imap.challenge.reply')).toMatchObject([{ reply: 'silence' }])
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

describe('UIDVALIDITY changes', () => {
  const uidsOf = (client: Client): string[] =>
    client.say('u UID SEARCH ALL').filter((line) => line.startsWith('* SEARCH'))

  test('before a mailbox is selected again', () => {
    const world = openTestWorld()
    const client = selected(world)
    world.gmail.fault(fault('command SELECT', { kind: 'renumber', folder: 'INBOX' }))
    const validity = (lines: readonly string[]): string | undefined =>
      lines.find((line) => line.startsWith('* OK [UIDVALIDITY '))
    const second = validity(client.say('b SELECT INBOX'))
    const third = validity(client.say('c SELECT INBOX'))
    expect(second).toBe(third)
    expect(uidsOf(client)).toEqual(['* SEARCH 7 8 9 10 11 12'])
    expect(world.recorded('imap.mailbox').map(({ uidValidity }) => uidValidity)[0]).not.toBe(
      world.recorded('imap.mailbox').at(-1)?.uidValidity,
    )
  })

  test('while it is selected: every message goes, and comes again', () => {
    const client = selected(armed(fault('command NOOP', { kind: 'renumber', folder: 'INBOX' })))
    expect(client.say('n NOOP')).toEqual([
      ...[6, 5, 4, 3, 2, 1].map((number) => `* ${number} EXPUNGE`),
      '* 6 EXISTS',
      'n OK Success',
    ])
    expect(uidsOf(client)).toEqual(['* SEARCH 7 8 9 10 11 12'])
  })

  test('between two looks of a scenario', () => {
    const world = openTestWorld()
    world.gmail.renumber(alice, 'INBOX')
    expect(uidsOf(selected(world))).toEqual(['* SEARCH 7 8 9 10 11 12'])
  })
})

describe('unsolicited data', () => {
  test('EXISTS and FETCH of messages that nobody asked for', () => {
    const client = selected(armed(fault('command UID FETCH', { kind: 'recite' })))
    const lines = client.say('f UID FETCH 2 FLAGS')
    expect(lines[0]).toBe('* 6 EXISTS')
    const told = lines.filter((line) => / FETCH \(UID \d FLAGS \(/.test(line)).map((line) => line.slice(0, 16))
    expect(told).toEqual([1, 2, 3, 4, 5, 6, 2].map((uid) => `* ${uid} FETCH (UID ${uid}`))
    expect(lines.at(-1)).toBe('f OK Success')
  })

  test('a message that arrives in the middle of a command', () => {
    const client = selected(armed(fault('command UID FETCH', { kind: 'arrive', message: 'Subject: new\n\nHello\n' })))
    expect(client.say('f UID FETCH 1 UID').slice(1)).toEqual(['* 7 EXISTS', 'f OK Success'])
    expect(client.send('g UID FETCH 7 BODY.PEEK[]\r\n')).toContain('{23}\r\nSubject: new\r\n\r\nHello\r\n')
  })

  test('a message that another client removes is told as gone when it may be', () => {
    const client = selected(armed(fault('command FETCH', { kind: 'vanish', uid: 2 })))
    expect(client.say('f FETCH 1 UID').at(-1)).toBe('f OK Success')
    expect(client.say('n NOOP')).toEqual(['* 2 EXPUNGE', 'n OK Success'])
  })

  test('a mailbox without that message, or no mailbox at all, stays as it is', () => {
    const world = armed(
      fault('command NOOP', { kind: 'vanish', uid: 99 }, { occurrence: 'every' }),
      fault('after NOOP', { kind: 'recite' }),
    )
    expect(loggedIn(world.gmail).say('n NOOP').at(-1)).toBe('n OK Success')
    expect(selected(world).say('n NOOP')).toEqual(['n OK Success'])
  })

  test.each([
    ['stray tagged answers', ['{next} OK Early', 'ZZ99 NO Nobody asked'], ['n8 OK Early', 'ZZ99 NO Nobody asked']],
    ['unknown responses', ['* XFOO (a b)', '* OK [XCODE a b] odd'], ['* XFOO (a b)', '* OK [XCODE a b] odd']],
    ['the tag of the command', ['* OK {tag} is under way'], ['* OK n7 is under way']],
    ['a line without end in its text', ['* OK \x01\x7f'], ['* OK \x01\x7f']],
  ])('%s, between all commands', (_, lines, heard) => {
    const client = selected(armed(fault('answer *', { kind: 'say', lines }, { occurrence: 'every' })))
    client.heard()
    expect(client.say('n7 NOOP')).toEqual([...heard, 'n7 OK Success'])
  })
})

test('a message whose text looks like the answer that is awaited', () => {
  const message = 'Subject: lookalike\n\n{tag} OK Success\n{next} OK Success\n* BYE Gone\n)\n{5}\n'
  const client = selected(armed(fault('command UID FETCH', { kind: 'arrive', message })))
  client.say('c9 UID FETCH 1 UID')
  const text = 'Subject: lookalike\r\n\r\nc9 OK Success\r\nc10 OK Success\r\n* BYE Gone\r\n)\r\n{5}\r\n'
  expect(client.send('c10 UID FETCH 7 BODY.PEEK[]\r\n')).toContain(`{${text.length}}\r\n${text}`)
})

describe('limits', () => {
  test.each([
    ['overquota', 'f NO [OVERQUOTA] Account exceeded command or bandwidth limits.', false],
    ['system-error', 'f NO System Error (Failure)', false],
    ['overquota-bye', '* BYE [OVERQUOTA] Account exceeded command or bandwidth limits.', true],
    ['bandwidth-exceeded-bye', '* BYE Account exceeded command or bandwidth limits.', true],
    ['system-error-bye', '* BYE System Error', true],
  ] as const)('%s in answer to FETCH', (refusal, line, ended) => {
    const client = selected(armed(fault('command UID FETCH', { kind: 'refuse', refusal }, { occurrence: 'every' })))
    expect(client.say('f UID FETCH 1 FLAGS')).toEqual([line])
    expect(client.ended).toBe(ended)
  })

  test('[THROTTLED] in one answer', () => {
    const client = selected(armed(fault('answer UID FETCH', { kind: 'answer', text: 'OK Success [THROTTLED]' })))
    expect(client.say('f UID FETCH 1 UID').at(-1)).toBe('f OK Success [THROTTLED]')
    expect(client.say('g UID FETCH 1 UID').at(-1)).toBe('g OK Success')
  })
})

test('the connection closes on a move to Trash, and the message has moved', () => {
  const world = armed(fault('answer UID MOVE', { kind: 'end' }, { arguments: '[Gmail]/Trash', occurrence: 'every' }))
  const client = selected(world)
  expect(client.say('m UID MOVE 1 Receipts').at(-1)).toMatch(/^m OK /)
  expect(client.say('m UID MOVE 2 "[Gmail]/Trash"').filter((line) => line.startsWith('m '))).toEqual([])
  expect(client.ended).toBe(true)
  const later = loggedIn(world.gmail)
  later.say('s SELECT "[Gmail]/Trash"')
  expect(later.say('u UID SEARCH ALL')[0]).toBe('* SEARCH 1')
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
