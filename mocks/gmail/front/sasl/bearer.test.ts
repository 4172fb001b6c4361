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

const xoauth2Challenge = `+ ${btoa('{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}')}`
const oauthbearerChallenge = `+ ${btoa('{"status":"invalid_request","scope":"https://mail.google.com/"}')}`

const mechanisms = [
  ['XOAUTH2', xoauth2Of, xoauth2Challenge, 'NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)'],
  ['OAUTHBEARER', oauthbearerOf, oauthbearerChallenge, 'NO Lookup failed {id}'],
] as const

const accepted = 'a OK alice@example.com authenticated (Success)'

const tokenOfBob = 'ya29.token-of-another-user-123456789'

/** The same octets, with a bit set that stands for nothing (RFC 4648 §3.5). */
const withPadBits = (text: string): string =>
  text.replace(/.(?==+$)/, (last) => String.fromCharCode(last.charCodeAt(0) + 1))

/** What AUTHENTICATE with this initial response leads to, and how it was recorded. */
function attempt(mechanism: string, response: string) {
  const world = openTestWorld()
  const client = connect(world.gmail)
  const lines = client.say(`a AUTHENTICATE ${mechanism} ${response}`)
  const journal = JSON.stringify(world.seal())
  return { id: client.id, lines, end: lines.at(-1), world, journal, auth: world.recorded('imap.auth') }
}

test('the vector of Google’s documentation is what the fixture makes', () => {
  expect(xoauth2Of('someuser@example.com', 'ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg')).toBe(
    'dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxbVRjMk52YjNSbGNrQmhkSFJoZG1semRHRXVZMjl0Q2cBAQ==',
  )
})

describe.each(mechanisms)('%s', (name, messageOf, challenge, failed) => {
  const good = messageOf(alice, goodToken)
  /** As good, and of a length that needs padding. */
  const padded = [good, messageOf('bob@example.com', tokenOfBob)].find((message) => message.endsWith('='))!

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
      accepted,
    ])
    expect(world.recorded('imap.auth')).toMatchObject([
      { tag: 'a', mechanism: name, initialResponse, base64: 'canonical', result: 'accepted', user: alice },
    ])
  })

  test.each([
    ['a bare +', null, '+'],
    ['+ and a text', 'go on', '+ go on'],
  ])('asks for the message with %s, where a scenario wants it so', (_, saslContinuation, line) => {
    const world = openTestWorld()
    world.gmail.turn({ saslContinuation })
    const client = connect(world.gmail)
    expect(client.say(`a AUTHENTICATE ${name}`)).toEqual([line])
    expect(client.say(good).at(-1)).toBe(accepted)
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
    expect(client.say(`a AUTHENTICATE ${name} ${messageOf(user, token)}`)).toEqual([challenge])
    expect(client.say('')).toEqual([`a ${failed.replace('{id}', client.id)}`])
    expect(client.say('b NOOP')).toEqual(['b OK Success'])
    expect(world.recorded('imap.auth')).toMatchObject([{ result: 'refused', refusal }])
  })

  test('refuses a live token from the moment of its expiry', () => {
    const world = openTestWorld()
    const client = connect(world.gmail)
    world.clock.set(epoch + tokenLifetime)
    expect(client.say(`a AUTHENTICATE ${name} ${good}`)).toEqual([challenge])
    expect(world.recorded('imap.auth')).toMatchObject([{ refusal: 'expired' }])
  })

  test.each([
    ['the address in another case', messageOf('Alice@Example.COM', goodToken)],
    ['the scheme in another case', btoa(atob(good).replace('Bearer', 'bEARER'))],
  ])('takes %s', (_, response) => {
    expect(attempt(name, response).end).toBe(accepted)
  })

  test('takes a message that needs padding', () => {
    expect(attempt(name, padded).end).toMatch(/^a OK (?:alice|bob)@example\.com authenticated \(Success\)$/)
  })

  test.each([
    ['no base64', '!!!', 'invalid'],
    ['base64 with a blank in it', `${good.slice(0, 8)} ${good.slice(8)}`, 'invalid'],
    ['nothing', '=', 'canonical'],
    ['nothing but padding', '==', 'invalid'],
    ['base64 without its padding', padded.replace(/=+$/, ''), 'unpadded'],
    ['too much padding', `${btoa('abc')}=`, 'invalid'],
    ['bits in the padding', withPadBits(padded), 'invalid'],
    ['base64 for URLs', btoa('\xff\xfe\xfd').replaceAll('/', '_'), 'url-alphabet'],
    ['a bare token', btoa(goodToken), 'canonical'],
    ['the password form', btoa(`\0${alice}\0${goodToken}`), 'canonical'],
    ['one control character too few', btoa(atob(good).slice(0, -1)), 'canonical'],
    ['one too many', btoa(`${atob(good)}\x01`), 'canonical'],
    ['a line feed too many', btoa(`${atob(good)}\n`), 'canonical'],
    ['no user', messageOf('', goodToken), 'canonical'],
    ['no scheme', btoa(atob(good).replace('Bearer ', '')), 'canonical'],
    ['another scheme', btoa(atob(good).replace('Bearer ', 'Basic ')), 'canonical'],
    ['two blanks behind the scheme', btoa(atob(good).replace('Bearer ', 'Bearer  ')), 'canonical'],
    ['no token', messageOf(alice, ''), 'canonical'],
    ['a token with a blank in it', messageOf(alice, 'ya29.good token-of-alice'), 'canonical'],
    ['AUTH= in capitals', btoa(atob(good).replace('auth=', 'AUTH=')), 'canonical'],
    ['two auth pairs', btoa(atob(good).replace(/(auth=.*?\x01)/, '$1$1')), 'canonical'],
  ])('calls %s malformed', (_, response, base64) => {
    const { lines, id, auth, journal, world } = attempt(name, response)
    expect(lines).toEqual([`a BAD Invalid SASL argument. ${id}`])
    expect(auth).toMatchObject([
      { base64: expect.stringMatching(base64), refusal: 'malformed', result: 'refused', user: '' },
    ])
    expect(world.secrets.scanner.scanText(journal)).toEqual([])
    expect(journal).not.toContain(goodToken)
  })

  test('calls a message malformed after the challenge, as in 2013, where a scenario wants it so', () => {
    const world = openTestWorld()
    world.gmail.turn({ malformedSasl: 'no-after-challenge' })
    const client = connect(world.gmail)
    expect(client.say(`a AUTHENTICATE ${name} ${btoa('xxxx')}`)).toEqual([challenge])
    expect(client.say('')).toEqual([`a NO Invalid SASL argument. ${client.id}`])
  })

  test('is cancelled with * in place of the message', () => {
    const world = openTestWorld()
    const client = connect(world.gmail)
    client.say(`a AUTHENTICATE ${name}`)
    expect(client.say('*')).toEqual([`a BAD Client aborted AUTHENTICATE command. ${client.id}`])
    expect(client.say(`b AUTHENTICATE ${name} *`)).toEqual([`b BAD Client aborted AUTHENTICATE command. ${client.id}`])
    expect(world.recorded('imap.auth')).toEqual([])
  })

  test('is refused where it is not offered, and a token that came unasked is recorded', () => {
    const world = openTestWorld()
    world.gmail.offer([name === 'XOAUTH2' ? 'OAUTHBEARER' : 'XOAUTH2'])
    const client = connect(world.gmail)
    expect(client.say('a CAPABILITY')[0]).not.toContain(`AUTH=${name}`)
    expect(client.say(`b AUTHENTICATE ${name}`)).toEqual([`b NO Unsupported authentication mechanism. ${client.id}`])
    const unasked = client.say(`c AUTHENTICATE ${name} ${good}`)
    expect(unasked).toEqual([`c NO Unsupported authentication mechanism. ${client.id}`])
    expect(world.recorded('imap.auth')).toMatchObject([
      { tag: 'c', mechanism: name, result: 'refused', refusal: 'not-offered', user: alice },
    ])
  })

  test('is not understood on the line of the command where SASL-IR is withdrawn', () => {
    const world = openTestWorld()
    world.gmail.advertise({ without: ['SASL-IR'] })
    const client = connect(world.gmail)
    expect(client.say('a CAPABILITY')[0]).not.toContain('SASL-IR')
    expect(client.say(`b AUTHENTICATE ${name} ${good}`)).toEqual([`b BAD Could not parse command ${client.id}`])
    client.say(`a AUTHENTICATE ${name}`)
    expect(client.say(good).at(-1)).toBe(accepted)
    expect(world.recorded('imap.auth')).toMatchObject([
      { initialResponse: true, saslIr: false, result: 'refused', refusal: 'not-offered', user: alice },
      { initialResponse: false, saslIr: false, result: 'accepted' },
    ])
  })

  test('shows no token anywhere in the journal', () => {
    const wrong = messageOf(alice, 'ya29.nobody-has-ever-issued-this')
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

describe('XOAUTH2', () => {
  test('has the challenge of the documentation where a scenario wants it', () => {
    const world = openTestWorld()
    world.gmail.turn({ xoauth2ErrorStatus: '401' })
    const login = `a AUTHENTICATE XOAUTH2 ${xoauth2Of(alice, 'ya29.nobody-has-ever-issued-this')}`
    // As it stands on Google's page, line feed included.
    expect(connect(world.gmail).say(login)).toEqual([
      '+ eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIG1hYyIsInNjb3BlIjoiaHR0cHM6Ly9tYWlsLmdvb2dsZS5jb20vIn0K',
    ])
  })

  test.each([
    ['USER= in capitals', `USER=${alice}\x01auth=Bearer ${goodToken}\x01\x01`],
    ['something before the user', ` user=${alice}\x01auth=Bearer ${goodToken}\x01\x01`],
    ['another pair', `user=${alice}\x01host=imap.gmail.com\x01auth=Bearer ${goodToken}\x01\x01`],
    ['pairs in another order', `auth=Bearer ${goodToken}\x01user=${alice}\x01\x01`],
    ['the other mechanism’s message', atob(oauthbearerOf(alice, goodToken))],
  ])('calls %s malformed', (_, message) => {
    expect(attempt('XOAUTH2', btoa(message)).auth).toMatchObject([{ refusal: 'malformed' }])
  })
})

describe('OAUTHBEARER (RFC 7628 §3.1)', () => {
  const bearer = `auth=Bearer ${goodToken}\x01`

  test.each([
    ['without host and port', `n,a=${alice},\x01${bearer}\x01`],
    ['with the token before them', `n,a=${alice},\x01${bearer}host=imap.gmail.com\x01port=993\x01\x01`],
    ['with a pair that nobody knows', `n,a=${alice},\x01mthd=FETCH\x01${bearer}\x01`],
    ['with an empty value', `n,a=${alice},\x01qs=\x01${bearer}\x01`],
    ['of a client that could bind to a channel', `y,a=${alice},\x01${bearer}\x01`],
  ])('takes a message %s', (_, message) => {
    expect(attempt('OAUTHBEARER', btoa(message)).end).toBe(accepted)
  })

  test.each([
    ['=2C', 'al=2Cice@example.com', 'al,ice@example.com'],
    ['=3D', 'al=3Dice@example.com', 'al=ice@example.com'],
    ['both, and again', '=3D2C=2C=2C', '=2C,,'],
  ])('reads %s in a name', (_, escaped, name) => {
    const { auth } = attempt('OAUTHBEARER', btoa(`n,a=${escaped},\x01${bearer}\x01`))
    expect(auth).toMatchObject([{ user: name, refusal: 'wrong-user' }])
  })

  test.each([
    ['a name with a bare =', `n,a=al=ice@example.com,\x01${bearer}\x01`],
    ['an escape in lower case', `n,a=al=2cice@example.com,\x01${bearer}\x01`],
    ['no name', `n,,\x01${bearer}\x01`],
    ['a channel binding', `p=tls-exporter,a=${alice},\x01${bearer}\x01`],
    ['no header', `${bearer}\x01`],
    ['no separator behind the header', `n,a=${alice},${bearer}\x01`],
    ['a key that is no word', `n,a=${alice},\x01x-1=2\x01${bearer}\x01`],
    ['a pair without =', `n,a=${alice},\x01host\x01${bearer}\x01`],
    ['a value outside of ASCII', `n,a=${alice},\x01host=\xe9\x01${bearer}\x01`],
    ['no auth pair', `n,a=${alice},\x01host=imap.gmail.com\x01\x01`],
    ['the other mechanism’s message', atob(xoauth2Of(alice, goodToken))],
  ])('calls %s malformed', (_, message) => {
    expect(attempt('OAUTHBEARER', btoa(message)).auth).toMatchObject([{ refusal: 'malformed' }])
  })
})
