import { describe, expect, test } from 'vitest'
import { alice, connect, goodToken, openTestWorld } from '../gmail.fixture.ts'

const invalid = 'a NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)'
const accepted = 'a OK alice@example.com authenticated (Success)'
const plainOf = (user: string, password: string, authzid = ''): string => btoa(`${authzid}\0${user}\0${password}`)

describe.each([
  ['LOGIN', (user: string, password: string) => [`a LOGIN ${user} ${password}`]],
  ['LOGIN', (user: string, password: string) => [`a LOGIN "${user}" "${password}"`]],
  [
    'LOGIN',
    (user: string, password: string) => [`a LOGIN {${user.length}+}\r\n${user} {${password.length}+}\r\n${password}`],
  ],
  ['PLAIN', (user: string, password: string) => [`a AUTHENTICATE PLAIN ${plainOf(user, password)}`]],
  ['PLAIN', (user: string, password: string) => ['a AUTHENTICATE PLAIN', plainOf(user, password)]],
] as const)('%s', (mechanism, linesOf) => {
  const logIn = (client: ReturnType<typeof connect>, user: string, password: string): string[] =>
    linesOf(user, password).flatMap((line) => client.say(line).filter((answer) => answer !== '+ '))

  test('logs in with a password that was made for programs', () => {
    const world = openTestWorld()
    const password = world.gmail.createAppPassword(alice)
    const client = connect(world.gmail)
    expect(logIn(client, 'Alice@Example.com', password)).toEqual([
      expect.stringMatching(/^\* CAPABILITY IMAP4rev1 .*APPENDLIMIT=35651584$/),
      accepted,
    ])
    expect(client.say('b SELECT INBOX').at(-1)).toBe('b OK [READ-WRITE] INBOX selected. (Success)')
    expect(world.recorded('imap.auth')).toMatchObject([{ mechanism, result: 'accepted', base64: 'canonical' }])
    expect(password).toMatch(/^\w{16}$/)
    expect(JSON.stringify(world.seal())).not.toContain(password)
  })

  test.each([
    ['another password', alice, 'hunter2-hunter2'],
    ['a token', alice, goodToken],
    ['an account that has none', 'bob@example.com', 'hunter2-hunter2'],
  ])('refuses %s, and shows it nowhere', (_, user, password) => {
    const world = openTestWorld()
    world.gmail.createAppPassword(alice)
    expect(logIn(connect(world.gmail), user, password)).toEqual([invalid])
    expect(world.recorded('imap.auth')).toMatchObject([{ mechanism, user, result: 'refused', refusal: 'password' }])
    expect(JSON.stringify(world.seal())).not.toContain(password)
  })

  test('an account may have several passwords, and only its own', () => {
    const world = openTestWorld()
    const [first, second] = [world.gmail.createAppPassword(alice), world.gmail.createAppPassword(alice)]
    const others = world.gmail.createAppPassword('bob@example.com')
    const end = (password: string): string | undefined => logIn(connect(world.gmail), alice, password).at(-1)
    expect([end(first), end(second), end(others)]).toEqual([accepted, accepted, invalid])
  })
})

describe('PLAIN (RFC 4616)', () => {
  test.each([
    ['no base64', '!!!'],
    ['base64 for URLs', plainOf(alice, '\xff\xff\xff\xff').replaceAll('/', '_')],
    ['no password', btoa(`\0${alice}\0`)],
    ['no user', btoa('\0\0password')],
    ['one part', btoa('password')],
    ['four parts', btoa(`\0${alice}\0pass\0word`)],
    ['nothing', '='],
  ])('calls %s malformed', (_, response) => {
    const world = openTestWorld()
    const client = connect(world.gmail)
    expect(client.say(`a AUTHENTICATE PLAIN ${response}`)).toEqual([`a BAD Invalid SASL argument. ${client.id}`])
    expect(world.recorded('imap.auth')).toMatchObject([{ result: 'refused', refusal: 'malformed' }])
  })

  test('is cancelled with *', () => {
    const client = connect(openTestWorld().gmail)
    client.say('a AUTHENTICATE PLAIN')
    expect(client.say('*')).toEqual([`a BAD Client aborted AUTHENTICATE command. ${client.id}`])
  })

  test('is refused where it is withdrawn, and what came unasked is recorded', () => {
    const world = openTestWorld()
    world.gmail.advertise({ without: ['AUTH=PLAIN'] })
    const client = connect(world.gmail)
    const password = world.gmail.createAppPassword(alice)
    expect(client.say(`a AUTHENTICATE PLAIN ${plainOf(alice, password)}`)).toEqual([
      `a NO Unsupported authentication mechanism. ${client.id}`,
    ])
    expect(world.recorded('imap.auth')).toMatchObject([{ mechanism: 'PLAIN', user: alice, refusal: 'not-offered' }])
  })
})

test('PLAIN-CLIENTTOKEN is offered, as by Gmail, and opens nothing', () => {
  const world = openTestWorld()
  const password = world.gmail.createAppPassword(alice)
  const client = connect(world.gmail)
  expect(client.say('c CAPABILITY')[0]).toContain(' AUTH=PLAIN-CLIENTTOKEN ')
  expect(client.say(`a AUTHENTICATE PLAIN-CLIENTTOKEN ${plainOf(alice, password)}`)).toEqual([invalid])
  expect(client.say('a AUTHENTICATE PLAIN-CLIENTTOKEN')).toEqual(['+ '])
  expect(client.say(plainOf(alice, 'hunter2-hunter2'))).toEqual([invalid])
  expect(world.recorded('imap.auth')).toMatchObject([
    { mechanism: 'PLAIN-CLIENTTOKEN', refusal: 'password' },
    { mechanism: 'PLAIN-CLIENTTOKEN', refusal: 'password' },
  ])
})

test('an ill-formed LOGIN shows no password either', () => {
  const world = openTestWorld()
  const client = connect(world.gmail)
  expect(client.say('a LOGIN alice hunter2 with spaces')).toEqual([`a BAD Could not parse command ${client.id}`])
  expect(client.say('a LOGIN alice ""')).toEqual([invalid])
  expect(JSON.stringify(world.seal())).not.toContain('hunter2')
})

test('who is logged in cannot log in again, and who logged out cannot at all', () => {
  const world = openTestWorld()
  const password = world.gmail.createAppPassword(alice)
  const client = connect(world.gmail)
  client.say(`a LOGIN ${alice} ${password}`)
  expect(client.say(`b LOGIN ${alice} ${password}`)).toEqual(['b BAD LOGIN not allowed now.'])
  expect(client.say(`c AUTHENTICATE PLAIN ${plainOf(alice, password)}`)).toEqual([
    'c BAD AUTHENTICATE not allowed now.',
  ])
  expect(client.say('d LOGOUT')).toEqual(['* BYE LOGOUT Requested', 'd OK 73 good day (Success)'])
  expect(client.say(`e LOGIN ${alice} ${password}`)).toEqual([])
  expect(JSON.stringify(world.seal())).not.toContain(password)
})
