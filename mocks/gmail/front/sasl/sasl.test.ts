import { describe, expect, test } from 'vitest'
import {
  alice,
  connect,
  epoch,
  goodToken,
  oauthbearerOf,
  openTestWorld,
  tokenLifetime,
  xoauth2Of,
} from '../../gmail.fixture.ts'

const xoauth2Error = `+ ${btoa('{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}')}`
const oauthbearerError = `+ ${btoa('{"status":"invalid_request","scope":"https://mail.google.com/"}')}`

const mechanisms = [
  ['XOAUTH2', xoauth2Of, xoauth2Error, /^a NO \[AUTHENTICATIONFAILED\] Invalid credentials \(Failure\)$/],
  ['OAUTHBEARER', oauthbearerOf, oauthbearerError, /^a NO Lookup failed [a-z0-9]+$/],
] as const

test('the vector of Google’s documentation is what the fixture makes', () => {
  expect(xoauth2Of('someuser@example.com', 'ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg')).toBe(
    'dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxbVRjMk52YjNSbGNrQmhkSFJoZG1semRHRXVZMjl0Q2cBAQ==',
  )
})

describe.each(mechanisms)('%s', (name, messageOf, errorChallenge, failed) => {
  const good = messageOf(alice, goodToken)
  const wrong = messageOf(alice, 'ya29.nobody-has-ever-issued-this')

  test.each([
    ['with an initial response', [`a AUTHENTICATE ${name} ${good}`], true],
    ['without one', [`a authenticate ${name.toLowerCase()}`, good], false],
  ])('logs in %s', (_, lines, initialResponse) => {
    const world = openTestWorld()
    const client = connect(world.gmail)
    const answers = lines.map((line) => client.say(line))

    if (!initialResponse) expect(answers[0]).toEqual(['+ '])
    expect(answers.at(-1)).toEqual([
      expect.stringMatching(/^\* CAPABILITY IMAP4rev1 .*APPENDLIMIT=35651584$/),
      'a OK alice@example.com authenticated (Success)',
    ])
    expect(world.recorded('imap.auth')).toMatchObject([
      { tag: 'a', mechanism: name, initialResponse, base64: 'canonical', result: 'accepted', user: alice },
    ])
  })

  test('takes the address in any case', () => {
    const client = connect(openTestWorld().gmail)
    expect(client.say(`a AUTHENTICATE ${name} ${messageOf('Alice@Example.COM', goodToken)}`).at(-1)).toContain('a OK')
  })

  test.each([
    ['unknown-token', alice, 'ya29.nobody-has-ever-issued-this'],
    ['expired', alice, 'ya29.token-that-is-expired-123456789'],
    ['revoked', alice, 'ya29.token-that-was-revoked-12345678'],
    ['wrong-user', alice, 'ya29.token-of-another-user-123456789'],
    ['wrong-scope', alice, 'ya29.token-with-a-wrong-scope-123456'],
  ])('refuses for %s with the same words', (refusal, user, token) => {
    const world = openTestWorld()
    const client = connect(world.gmail)
    expect(client.say(`a AUTHENTICATE ${name} ${messageOf(user, token)}`)).toEqual([errorChallenge])
    expect(client.say('')).toEqual([expect.stringMatching(failed)])
    expect(client.say('b NOOP')).toEqual(['b OK Success'])
    expect(world.recorded('imap.auth')).toMatchObject([{ result: 'refused', refusal }])
  })

  test('refuses a live token from the moment of its expiry', () => {
    const world = openTestWorld()
    world.clock.set(epoch + tokenLifetime)
    expect(connect(world.gmail).say(`a AUTHENTICATE ${name} ${good}`)).toContain(errorChallenge)
    expect(world.recorded('imap.auth')).toMatchObject([{ refusal: 'expired' }])
  })

  test.each([
    ['empty', '', failed],
    ['x01', 'AQ==', failed],
    ['cancel', '*', /^a BAD Client aborted AUTHENTICATE command\.$/],
    ['resend', wrong, failed],
    ['other', 'a2 NOOP', failed],
    ['other', messageOf(alice, 'ya29.yet-another-unknown-token-123'), failed],
  ] as const)('after the error challenge takes as %s: %s', (reply, line, end) => {
    const world = openTestWorld()
    const client = connect(world.gmail)
    client.say(`a AUTHENTICATE ${name} ${wrong}`)
    expect(client.say(line)).toEqual([expect.stringMatching(end)])
    expect(world.recorded('imap.challenge.reply')).toMatchObject([{ tag: 'a', mechanism: name, reply }])
  })

  test('notes a client that hangs up at the error challenge', () => {
    const world = openTestWorld()
    const client = connect(world.gmail)
    client.say(`a AUTHENTICATE ${name} ${wrong}`)
    client.inlet.closed()
    expect(world.recorded('imap.challenge.reply')).toMatchObject([{ reply: 'closed' }])
    expect(world.recorded('imap.conn.close')).toEqual([{ connection: 1, by: 'client', unterminated: 0 }])
  })

  test.each([
    ['no base64', '!!!', 'invalid'],
    ['nothing', '=', 'canonical'],
    ['without padding', btoa(`${atob(good)}x`).replace(/=+$/, ''), /unpadded|canonical/],
    ['URL-safe base64', '-_-_', 'url-alphabet'],
    ['a bare token', btoa(goodToken), 'canonical'],
    ['the password form', btoa(`\0${alice}\0${goodToken}`), 'canonical'],
    ['one control character too few', btoa(atob(good).slice(0, -1)), 'canonical'],
    ['a line feed too many', btoa(`${atob(good)}\n`), 'canonical'],
    ['no user', messageOf('', goodToken), 'canonical'],
    ['no scheme', btoa(atob(good).replace('Bearer ', '')), 'canonical'],
    ['no token', messageOf(alice, ''), 'canonical'],
  ])('calls %s malformed', (_, response, base64) => {
    const world = openTestWorld()
    const client = connect(world.gmail)
    expect(client.say(`a AUTHENTICATE ${name} ${response}`)).toEqual([
      expect.stringMatching(/^a BAD Invalid SASL argument\. [a-z0-9]+$/),
    ])
    const journal = JSON.stringify(world.seal())
    expect(world.secrets.scanner.scanText(journal)).toEqual([])
    expect(journal).not.toContain(goodToken)
    expect(world.recorded('imap.auth')).toMatchObject([
      { base64: expect.stringMatching(base64), refusal: 'malformed', result: 'refused' },
    ])
  })

  test('is cancelled before the message with *', () => {
    const client = connect(openTestWorld().gmail)
    client.say(`a AUTHENTICATE ${name}`)
    expect(client.say('*')).toEqual(['a BAD Client aborted AUTHENTICATE command.'])
  })

  test('is refused where it is not offered, and the token that came unasked is recorded', () => {
    const world = openTestWorld()
    world.gmail.offer([name === 'XOAUTH2' ? 'OAUTHBEARER' : 'XOAUTH2'])
    const client = connect(world.gmail)
    expect(client.say('a CAPABILITY')[0]).not.toContain(`AUTH=${name}`)
    expect(client.say(`b AUTHENTICATE ${name}`)).toEqual([expect.stringMatching(/^b NO Unsupported/)])
    expect(client.say(`c AUTHENTICATE ${name} ${good}`)).toEqual([expect.stringMatching(/^c NO Unsupported/)])
    expect(world.recorded('imap.auth')).toMatchObject([{ tag: 'c', mechanism: name, result: 'refused', user: alice }])
  })

  test('shows no token anywhere in the journal', () => {
    const world = openTestWorld()
    const client = connect(world.gmail)
    client.say(`a AUTHENTICATE ${name} ${wrong}`)
    client.say(wrong)
    client.say(`b ${wrong}`)
    client.say(wrong)
    client.say(`c AUTHENTICATE ${name}  ${good}`)
    client.say(`d AUTHENTICATE ${name} ${good}`)
    client.say(`e ${good}`)
    const journal = world.seal()
    expect(journal.observations.length).toBeGreaterThan(10)
    expect(world.secrets.scanner.scanText(JSON.stringify(journal))).toEqual([])
  })
})

test('an administrator switches IMAP off, whatever the token', () => {
  const world = openTestWorld()
  world.gmail.imapEnabled(alice, false)
  const login = (): string[] => connect(world.gmail).say(`a AUTHENTICATE XOAUTH2 ${xoauth2Of(alice, goodToken)}`)
  expect(login().at(-1)).toMatch(/^a NO \[ALERT\] IMAP access is disabled for your domain\. .* \(Failure\)$/)
  world.gmail.imapEnabled(alice, true)
  expect(login().at(-1)).toContain('a OK')
  expect(world.recorded('imap.auth')).toMatchObject([{ refusal: 'imap-disabled' }, { result: 'accepted' }])
})

test('the sixteenth connection of an account is one too many, until another ends', () => {
  const { gmail } = openTestWorld()
  const login = (client: ReturnType<typeof connect>): string[] =>
    client.say(`a AUTHENTICATE XOAUTH2 ${xoauth2Of(alice, goodToken)}`)
  const first = Array.from({ length: 15 }, () => connect(gmail))
  for (const client of first) expect(login(client).at(-1)).toContain('a OK')

  const sixteenth = connect(gmail)
  expect(login(sixteenth)).toEqual([expect.stringContaining(xoauth2Error)])
  expect(sixteenth.say('')).toEqual(['a NO [ALERT] Too many simultaneous connections. (Failure)'])
  first[0]!.inlet.closed()
  expect(login(sixteenth).at(-1)).toContain('a OK')
})

test.each([
  'LOGIN alice@example.com hunter2-hunter2',
  'LOGIN alice@example.com "hunter2-hunter2"',
  'LOGIN {5+}\r\nalice hunter2-hunter2',
])('passwords are refused and not shown: %j', (line) => {
  const world = openTestWorld()
  expect(connect(world.gmail).say(`a ${line}`).at(-1)).toBe(
    'a NO [ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)',
  )
  expect(world.recorded('imap.auth')).toMatchObject([{ mechanism: 'LOGIN', refusal: 'password' }])
  expect(JSON.stringify(world.seal())).not.toContain('hunter2')
})

test('an ill-formed LOGIN shows no password either', () => {
  const world = openTestWorld()
  expect(connect(world.gmail).say('a LOGIN alice hunter2 with spaces').at(-1)).toMatch(/^a BAD/)
  expect(JSON.stringify(world.seal())).not.toContain('hunter2')
})
