import { describe, expect, test } from 'vitest'
import { alice, connect, oauthbearerOf, openTestWorld, xoauth2Of } from '../../gmail.fixture.ts'

const unknown = 'ya29.nobody-has-ever-issued-this'
const another = 'ya29.yet-another-one-nobody-made'
const cancelled = 'BAD Client aborted AUTHENTICATE command. {id}'

describe.each([
  ['XOAUTH2', xoauth2Of, 'NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)'],
  ['OAUTHBEARER', oauthbearerOf, 'NO Lookup failed {id}'],
] as const)('after the error challenge of %s', (mechanism, messageOf, failed) => {
  const wrong = messageOf(alice, unknown)

  test.each([
    ['empty', '', '', failed],
    ['x01', 'AQ==', 'AQ==', failed],
    ['raw-x01', '\x01', '^A', failed],
    ['cancel', '*', '*', cancelled],
    ['resend', wrong, '‹the same message›', failed],
    ['other', 'a2 NOOP', '‹7 octets›', failed],
    ['other', '**', '‹2 octets›', failed],
    ['other', 'AQ', '^A', failed],
    ['other', messageOf(alice, another), expect.stringMatching(/auth=Bearer ‹access-token-\d+›\^A\^A$/), failed],
  ])('the reply %s: %j', (reply, line, text, end) => {
    const world = openTestWorld()
    const client = connect(world.gmail)
    client.say(`a AUTHENTICATE ${mechanism} ${wrong}`)
    world.clock.set(world.clock.now() + 1_234)
    expect(client.say(line)).toEqual([`a ${end.replace('{id}', client.id)}`])
    expect(client.say('b NOOP')).toEqual(['b OK Success'])
    const journal = JSON.stringify(world.seal())
    expect(world.recorded('imap.challenge.reply')).toEqual([{ tag: 'a', mechanism, reply, text, after: 1_234 }])
    expect(world.secrets.scanner.scanText(journal)).toEqual([])
  })

  test('a client that hangs up', () => {
    const world = openTestWorld()
    const client = connect(world.gmail)
    client.say(`a AUTHENTICATE ${mechanism} ${wrong}`)
    world.clock.set(world.clock.now() + 500)
    client.inlet.closed()
    expect(client.heard()).toBe('')
    expect(world.recorded('imap.challenge.reply')).toEqual([
      { tag: 'a', mechanism, reply: 'closed', text: '', after: 500 },
    ])
    expect(world.recorded('imap.conn.close')).toEqual([{ connection: 1, by: 'client', unterminated: 0 }])
  })

  test('a client that says nothing until the world ends', () => {
    const world = openTestWorld()
    const client = connect(world.gmail)
    client.say(`a AUTHENTICATE ${mechanism} ${wrong}`)
    world.clock.set(world.clock.now() + 3_600_000)
    expect(client.heard()).toBe('')
    world.gmail.close()
    expect(world.recorded('imap.challenge.reply')).toEqual([
      { tag: 'a', mechanism, reply: 'silence', text: '', after: 3_600_000 },
    ])
  })

  test('a reply without end', () => {
    const world = openTestWorld()
    const client = connect(world.gmail)
    client.say(`a AUTHENTICATE ${mechanism} ${wrong}`)
    expect(client.say('A'.repeat(70_000))).toEqual([`a BAD Command too large. ${client.id}`])
    expect(client.say('b NOOP')).toEqual(['b OK Success'])
  })
})
