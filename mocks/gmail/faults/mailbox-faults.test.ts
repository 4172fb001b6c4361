import { describe, expect, test } from 'vitest'
import { alice, loggedIn, openTestWorld } from '../gmail.fixture.ts'
import { type Client, armed, fault, selected } from './faults.fixture.ts'

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
