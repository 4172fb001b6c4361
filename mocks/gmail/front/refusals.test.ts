import { describe, expect, test } from 'vitest'
import refusals from '../../../fixtures/gmail/refusals.json' with { type: 'json' }
import { type GmailRefusal, gmailRefusals } from '../../../harness/model/gmail-setup.ts'
import { alice, connect, goodToken, oauthbearerOf, openTestWorld, xoauth2Of } from '../gmail.fixture.ts'

const xoauth2Challenge = `+ ${btoa('{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}')}`
const oauthbearerChallenge = `+ ${btoa('{"status":"invalid_request","scope":"https://mail.google.com/"}')}`

interface Row {
  readonly refusal: GmailRefusal
  /** After the error challenge and the client's empty line, or at once. */
  readonly when: 'after-challenge' | 'at-once'
  /** What a client reads, byte for byte; `{id}` is the connection's. */
  readonly lines: readonly string[]
}

const row = (refusal: GmailRefusal, when: Row['when'], ...lines: readonly string[]): Row => ({ refusal, when, lines })

/** What a login with a good token meets, in plain words. */
const toToken: readonly Row[] = [
  row('invalid-credentials', 'after-challenge', 'a NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)'),
  row(
    'imap-disabled',
    'at-once',
    'a NO [ALERT] IMAP access is disabled for your domain. Please contact your domain administrator for questions about this feature. (Failure)',
  ),
  row(
    'imap-not-enabled',
    'at-once',
    'a NO [ALERT] Your account is not enabled for IMAP use. Please visit your Gmail settings page and enable your account for IMAP access. (Failure)',
  ),
  row('too-many-connections', 'after-challenge', 'a NO [ALERT] Too many simultaneous connections. (Failure)'),
  row('lookup-failed', 'after-challenge', 'a NO Lookup failed {id}'),
  row('temporary-problem', 'at-once', 'a NO [ALERT] Temporary System Problem. Try again later. (Failure)'),
  row('unavailable', 'at-once', '* BYE [UNAVAILABLE] Temporary System Error'),
  row('system-error', 'at-once', 'a NO System Error (Failure)'),
  row('system-error-bye', 'at-once', '* BYE System Error'),
  row('bandwidth-exceeded', 'at-once', 'a NO [ALERT] Account exceeded command or bandwidth limits. (Failure)'),
  row('bandwidth-exceeded-bye', 'at-once', '* BYE Account exceeded command or bandwidth limits.'),
  row('overquota', 'at-once', 'a NO [OVERQUOTA] Account exceeded command or bandwidth limits.'),
  row('overquota-bye', 'at-once', '* BYE [OVERQUOTA] Account exceeded command or bandwidth limits.'),
  row('sent-too-fast', 'at-once', '* BYE [LIMIT] IMAP command sent too fast'),
]

/** What only a password meets. */
const toPassword: readonly Row[] = [
  row(
    'application-password-required',
    'at-once',
    'a NO [ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)',
  ),
  row(
    'web-login-required',
    'at-once',
    '* NO [WEBALERT https://accounts.google.com/signin/continue?sarp=1&scc=1&plt=AKgnsbtEXAMPLE] Web login required.',
    'a NO [ALERT] Please log in via your web browser: https://support.google.com/mail/accounts/answer/78754 (Failure)',
  ),
]

const told = (lines: readonly string[], id: string): string[] => lines.map((line) => line.replace('{id}', id))

test('every refusal has its row here and in the fixture', () => {
  const rows = [...toToken, ...toPassword].map(({ refusal }) => refusal)
  expect(rows.toSorted()).toEqual([...gmailRefusals].toSorted())
  expect(Object.keys(refusals).toSorted()).toEqual([...gmailRefusals].toSorted())
})

describe.each([
  ['XOAUTH2', xoauth2Of, xoauth2Challenge],
  ['OAUTHBEARER', oauthbearerOf, oauthbearerChallenge],
] as const)('a login with %s and a good token', (mechanism, messageOf, challenge) => {
  const login = `a AUTHENTICATE ${mechanism} ${messageOf(alice, goodToken)}`

  test.each(toToken)('is told $refusal', ({ refusal, when, lines }) => {
    const world = openTestWorld()
    world.gmail.refuse(alice.toUpperCase(), refusal)
    const client = connect(world.gmail)
    const first = client.say(login)
    if (when === 'after-challenge') expect(first).toEqual([challenge])
    expect(when === 'after-challenge' ? client.say('') : first).toEqual(told(lines, client.id))
    expect(client.ended).toBe(lines.some((line) => line.startsWith('* BYE')))
    expect(world.recorded('imap.auth')).toMatchObject([{ result: 'refused', refusal }])
  })

  test.each(toPassword)('is not concerned by $refusal', ({ refusal }) => {
    const world = openTestWorld()
    world.gmail.refuse(alice, refusal)
    expect(connect(world.gmail).say(login).at(-1)).toBe('a OK alice@example.com authenticated (Success)')
  })

  test('may be told everything after the challenge', () => {
    const world = openTestWorld()
    world.gmail.turn({ refusalsAfterChallenge: 'all' })
    world.gmail.refuse(alice, 'system-error')
    const client = connect(world.gmail)
    expect(client.say(login)).toEqual([challenge])
    expect(client.say('')).toEqual(['a NO System Error (Failure)'])
  })
})

describe.each([
  ['LOGIN', (password: string) => `a LOGIN ${alice} ${password}`],
  ['PLAIN', (password: string) => `a AUTHENTICATE PLAIN ${btoa(`\0${alice}\0${password}`)}`],
] as const)('a login with %s and a good password', (_, loginWith) => {
  test.each([...toToken, ...toPassword])('is told $refusal, at once', ({ refusal, lines }) => {
    const world = openTestWorld()
    const password = world.gmail.createAppPassword(alice)
    world.gmail.refuse(alice, refusal)
    const client = connect(world.gmail)
    expect(client.say(loginWith(password))).toEqual(told(lines, client.id))
    expect(world.recorded('imap.auth')).toMatchObject([{ result: 'refused', refusal }])
  })
})

test('a bad token is a bad token whatever the account meets', () => {
  const world = openTestWorld()
  world.gmail.refuse(alice, 'system-error')
  const client = connect(world.gmail)
  client.say(`a AUTHENTICATE XOAUTH2 ${xoauth2Of(alice, 'ya29.nobody-has-ever-issued-this')}`)
  expect(client.say('')).toEqual(['a NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)'])
})

test('a refusal ends when the scenario takes it back, and concerns one account', () => {
  const world = openTestWorld()
  const login = (): string | undefined =>
    connect(world.gmail)
      .say(`a AUTHENTICATE XOAUTH2 ${xoauth2Of(alice, goodToken)}`)
      .at(-1)
  world.gmail.refuse('bob@example.com', 'system-error')
  expect(login()).toBe('a OK alice@example.com authenticated (Success)')
  world.gmail.imapEnabled(alice, false)
  expect(login()).toMatch(/^a NO \[ALERT\] IMAP access is disabled for your domain\./)
  world.gmail.imapEnabled(alice, true)
  expect(login()).toBe('a OK alice@example.com authenticated (Success)')
  expect(world.recorded('imap.auth').map(({ refusal }) => refusal)).toEqual([undefined, 'imap-disabled', undefined])
})

test('a service account is no mailbox, whatever its token', () => {
  const client = connect(openTestWorld().gmail)
  const user = 'mail-reader@example-project.iam.gserviceaccount.com'
  expect(client.say(`a AUTHENTICATE XOAUTH2 ${xoauth2Of(user, goodToken)}`)).toEqual([xoauth2Challenge])
  expect(client.say('')).toEqual([`a NO Lookup failed ${client.id}`])
})

test('the sixteenth session of an account is one too many, until another ends', () => {
  const { gmail } = openTestWorld()
  const login = (client: ReturnType<typeof connect>): string[] =>
    client.say(`a AUTHENTICATE XOAUTH2 ${xoauth2Of(alice, goodToken)}`)
  const clients = Array.from({ length: 15 }, () => connect(gmail))
  for (const client of clients) expect(login(client).at(-1)).toBe('a OK alice@example.com authenticated (Success)')

  const sixteenth = connect(gmail)
  expect(login(sixteenth)).toEqual([xoauth2Challenge])
  expect(sixteenth.say('')).toEqual(['a NO [ALERT] Too many simultaneous connections. (Failure)'])
  clients[0]!.inlet.closed()
  expect(login(sixteenth).at(-1)).toBe('a OK alice@example.com authenticated (Success)')
})

describe('a throttled account', () => {
  test('is told so at the end of every answer but BAD, and waits for it', () => {
    const world = openTestWorld()
    const client = connect(world.gmail)
    client.say(`a AUTHENTICATE XOAUTH2 ${xoauth2Of(alice, goodToken)}`)
    world.gmail.throttle(alice, 10_000)
    expect(client.say('b SELECT INBOX')).toEqual([])
    world.clock.set(world.clock.now() + 9_999)
    expect(client.heard()).toBe('')
    world.clock.set(world.clock.now() + 1)
    expect(client.heard()).toMatch(/\r\nb OK \[READ-WRITE\] INBOX selected\. \(Success\) \[THROTTLED\]\r\n$/)
  })

  test('without a delay, and no more when it is over', () => {
    const world = openTestWorld()
    const client = connect(world.gmail)
    client.say(`a AUTHENTICATE XOAUTH2 ${xoauth2Of(alice, goodToken)}`)
    world.gmail.throttle(alice, 0)
    expect(client.say('b NOOP')).toEqual(['b OK Success [THROTTLED]'])
    expect(client.say('c SELECT Nowhere')).toEqual([expect.stringMatching(/^c NO \[NONEXISTENT\] .* \[THROTTLED\]$/)])
    expect(client.say('d FETCH 1 ALL')).toEqual(['d BAD FETCH not allowed now.'])
    world.gmail.throttle(alice, null)
    expect(client.say('e NOOP')).toEqual(['e OK Success'])
  })
})
