import { describe, expect, test } from 'vitest'
import { alice, connect, goodToken, openTestWorld, xoauth2Of } from '../gmail.fixture.ts'

const login = `AUTHENTICATE XOAUTH2 ${xoauth2Of(alice, goodToken)}`

describe('an honest port for STARTTLS', () => {
  test('offers TLS and no login in the clear, and a login behind it', () => {
    const world = openTestWorld()
    const client = connect(world.gmail, 'starttls')
    expect(client.say('a CAPABILITY')[0]).toBe('* CAPABILITY IMAP4rev1 ID STARTTLS LOGINDISABLED')
    expect(client.say('b STARTTLS')).toEqual(['b OK Begin TLS negotiation now'])
    expect(client.secured).toBe(true)
    expect(client.say('c CAPABILITY')[0]).toMatch(/ AUTH=XOAUTH2 .* AUTH=OAUTHBEARER$/)
    expect(client.say(`d ${login}`).at(-1)).toBe('d OK alice@example.com authenticated (Success)')
    expect(world.recorded('imap.starttls')).toEqual([{ tag: 'b', discarded: 0 }])
  })

  test.each(['b NOOP\r\n', 'b NOOP\r\nc CAPABILITY\r\n', 'b NOO', '{5}\r\nhello', '\r\n'])(
    'never runs what came behind the command in the clear: %j',
    (behind) => {
      const world = openTestWorld()
      const client = connect(world.gmail, 'starttls')
      expect(client.send(`a STARTTLS\r\n${behind}`)).toBe('a OK Begin TLS negotiation now\r\n')
      expect(client.say('n NOOP')).toEqual(['n OK Success'])
      expect(world.recorded('imap.starttls')).toEqual([{ tag: 'a', discarded: behind.length }])
      expect(world.recorded('imap.cmd').map(({ tag }) => tag)).toEqual(['a', 'n'])
    },
  )

  test('takes no credentials in the clear, and records that they came', () => {
    const world = openTestWorld()
    const client = connect(world.gmail, 'starttls')
    const password = world.gmail.createAppPassword(alice)
    expect(client.say(`a ${login}`)).toEqual([`a NO Unsupported authentication mechanism. ${client.id}`])
    expect(client.say(`b LOGIN ${alice} ${password}`)).toEqual(['b NO [PRIVACYREQUIRED] Begin TLS first'])
    expect(world.recorded('imap.auth')).toMatchObject([
      { mechanism: 'XOAUTH2', refusal: 'not-offered', user: alice },
      { mechanism: 'LOGIN', refusal: 'password', user: alice },
    ])
    expect(world.secrets.scanner.scanText(JSON.stringify(world.seal()))).toEqual([])
  })

  test('begins TLS once', () => {
    const client = connect(openTestWorld().gmail, 'starttls')
    client.say('a STARTTLS')
    expect(client.say('b STARTTLS')).toEqual([`b BAD Unknown command ${client.id}`])
  })
})

test.each([
  ['starttls-no', 'a NO TLS is not available now'],
  ['starttls-bad', 'a BAD TLS is not available now'],
] as const)('%s offers TLS and refuses it', (security, answer) => {
  const client = connect(openTestWorld().gmail, security)
  expect(client.say('c CAPABILITY')[0]).toContain(' STARTTLS ')
  expect(client.say('a STARTTLS')).toEqual([answer])
  expect(client.secured).toBe(false)
  expect(client.say('n NOOP')).toEqual(['n OK Success'])
})

test('a stripped port offers mechanisms in the clear, and no TLS', () => {
  const world = openTestWorld()
  const client = connect(world.gmail, 'clear')
  const [list] = client.say('a CAPABILITY')
  expect(list).toContain(' AUTH=XOAUTH2 ')
  expect(list).not.toContain('STARTTLS')
  expect(client.say('b STARTTLS')).toEqual([`b BAD Unknown command ${client.id}`])
  expect(client.say(`c ${login}`).at(-1)).toBe('c OK alice@example.com authenticated (Success)')
  expect(world.recorded('imap.conn.open')).toEqual([{ connection: 1, security: 'clear' }])
})

test('PREAUTH: somebody is logged in already, without TLS', () => {
  const client = connect(openTestWorld().gmail, 'preauth')
  expect(client.greeting).toBe(`* PREAUTH Gimap ready for requests from 127.0.0.1 ${client.id}\r\n`)
  expect(client.say('a STARTTLS')).toEqual(['a BAD Unknown command'])
  expect(client.say('b SELECT INBOX').at(-1)).toBe('b OK [READ-WRITE] INBOX selected. (Success)')
})

test('a response that somebody injects comes in one piece with the answer, before TLS', () => {
  const world = openTestWorld()
  world.gmail.fault({
    name: 'injected',
    at: 'after STARTTLS',
    occurrence: 1,
    effect: { kind: 'say', lines: ['* CAPABILITY IMAP4rev1 AUTH=PLAIN', '{next} OK Injected'] },
  })
  const client = connect(world.gmail, 'starttls')
  expect(client.writes('a1 STARTTLS\r\n')).toEqual([
    'a1 OK Begin TLS negotiation now\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\na2 OK Injected\r\n',
  ])
  expect(client.secured).toBe(true)
})

test.each([
  ['ended the connection behind the answer', 'after STARTTLS', { kind: 'end' }, 'a OK Begin TLS negotiation now', true],
  ['answered otherwise', 'answer STARTTLS', { kind: 'answer', text: 'NO Not now' }, 'a NO Not now', false],
] as const)('TLS does not begin where a fault %s', (_, at, effect, answer, ended) => {
  const world = openTestWorld()
  world.gmail.fault({ name: 'no TLS', at, occurrence: 1, effect })
  const client = connect(world.gmail, 'starttls')
  expect(client.say('a STARTTLS')).toEqual([answer])
  expect([client.ended, client.secured]).toEqual([ended, false])
  expect(world.recorded('imap.starttls')).toEqual([])
})
