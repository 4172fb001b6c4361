import { describe, expect, test } from 'vitest'
import { Fault } from '../model/fault.ts'
import { createRandom } from '../random.ts'
import { type Scanner, createScanner } from '../secret-scanner.ts'
import { run } from './commands/why.ts'
import { converse } from './why-conversation.ts'

interface Told {
  readonly code: number
  readonly printed: string
}

async function why(text: string, options: Readonly<Record<string, boolean | readonly string[]>> = {}): Promise<Told> {
  const lines: string[] = []
  const terminal = { print: (line: string) => void lines.push(line), complain: () => {}, colour: false, unicode: true }
  const code = await run({ arguments: [text], options, terminal })
  return { code, printed: lines.join('\n') }
}

/** Assembled here, so that nobody who looks for secrets meets them in this file. */
const letters = 'Zq7tRk2wXv9LmB4nHs8PdYc3JfGu6AeTo1iQy5rWzKx0'
const secrets: Readonly<Record<string, string>> = {
  'access token': 'ya2' + `9.a0AW_${letters}`,
  'refresh token': '1' + `//0g${letters}-L9Ir`,
  'authorization code': '4' + `/0A${letters}`,
  'client secret': 'GOC' + `SPX-${letters.slice(0, 28)}`,
  'older client secret': letters.slice(4, 28),
  JWT: ['eyJh' + 'bGciOiJSUzI1NiJ9', `eyJpc3MiOiI${letters}`, letters].join('.'),
  password: 'correct-Horse7battery',
  'password of words': 'battery horse staple once',
  'app password': 'abcd efgh ijkl mnop',
  cookie: `SID=${letters}; HSID=plainwordcookie`,
  verifier: `${letters}${letters}`,
  'private key': letters.repeat(3),
}

/** How programs write each, the value being `‹›`. */
const places: Readonly<Record<string, readonly string[]>> = {
  'access token': [
    'access_token=‹›',
    'Authorization: Bearer ‹›',
    '"access_token": "‹›"',
    "token='‹›'",
    '‹›',
    'auth=Bearer ‹›',
  ],
  'refresh token': [
    'refresh_token=‹›&x=1',
    '{"refresh_token":"‹›"}',
    '‹›',
    "{u'refresh_token': u'‹›'}",
    'using ‹› now',
  ],
  'authorization code': ['/cb?state=s&code=‹›&scope=x', '"code": "‹›"', 'got ‹›'],
  'client secret': ['client_secret=‹›', '"client_secret":"‹›"', 'with ‹›'],
  'older client secret': ['client_secret=‹›', "'client_secret': '‹›'", 'xoauth2_client_secret: ‹›', 'with ‹›'],
  JWT: ['id_token=‹›', 'assertion=‹›', '‹›', '"id_token":"‹›"'],
  password: [
    'password=‹›',
    '"password": "‹›"',
    'a1 LOGIN alice@example.com ‹›',
    'imaps://alice:‹›@imap.gmail.com',
    'pass: ‹›',
    'PASS ‹›',
    "{ user: 'a@example.com', pass: '‹›' }",
  ],
  'password of words': ['password: "‹›"', 'a1 LOGIN "alice@example.com" "‹›"', "'pass': '‹›'"],
  'app password': ['password: ‹›', 'log in with ‹›'],
  cookie: ['Cookie: ‹›', 'set-cookie: ‹›'],
  verifier: ['code_verifier=‹›', '"code_verifier":"‹›"', '‹›'],
  'private key': ['-----BEGIN PRIVATE KEY-----‹›', '"private_key": "-----BEGIN PRIVATE KEY-----\\n‹›\\n"', '‹›'],
}

const forms: readonly (readonly [string, (line: string) => string])[] = [
  ['raw', (line) => line],
  ['in JSON', (line) => JSON.stringify({ message: line })],
  ['in JSON in JSON', (line) => JSON.stringify({ log: JSON.stringify({ message: line }) })],
  ['URL-encoded', encodeURIComponent],
  ['URL-encoded twice', (line) => encodeURIComponent(encodeURIComponent(line))],
  ['in base64', (line) => btoa(line)],
  ['in base64url', (line) => btoa(line).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')],
  [
    'in a SASL message',
    (line) => `AUTHENTICATE XOAUTH2 ${btoa(`user=alice@example.com\x01auth=Bearer ${line}\x01\x01`)}`,
  ],
]

const scannerOf = (...values: readonly string[]): Scanner => {
  const scanner = createScanner()
  values.forEach((value, index) => scanner.add({ ref: `password-${index + 1}`, kind: 'password', value }))
  return scanner
}

const outputs: readonly (readonly [string, Readonly<Record<string, boolean>>])[] = [
  ['standard output', {}],
  ['--json', { json: true }],
  ['--ticket', { ticket: true }],
]

describe('no secret of a log is shown', () => {
  const cases = Object.entries(secrets).flatMap(([kind, value]) =>
    forms.map(([form, write]) => ({ kind, value, form, write })),
  )

  test.each(cases)('$kind, $form', async ({ kind, value, write }) => {
    for (const place of places[kind]!) {
      const line = write(place.replace('‹›', () => value))
      const log = `POST /token ${line}\n400 invalid_grant ${line} Bad Request\n${line}`
      const scanner = scannerOf(value)
      // The control: what looks for it can find it.
      expect(scanner.scanText(log), log).not.toEqual([])
      for (const [, options] of outputs) {
        const { printed } = await why(log, options)
        expect(printed).toContain('invalid_grant')
        expect(scanner.scanText(printed), `${log}\n\n${printed}`).toEqual([])
      }
    }
  })

  test('values drawn by lot, with nothing said of them', async () => {
    const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const random = createRandom(1)
    for (let index = 0; index < 300; index++) {
      const value = `${random.text(30 + random.integer(60), digits)}7`
      const { printed } = await why(`invalid_grant saw ${value} here`, { ticket: true })
      expect(scannerOf(value).scanText(printed), value).toEqual([])
    }
  })

  test.each(['is-my-secret-value', '123abcdef-plain-words', 'null-and-void-words'])(
    'a labelled value that begins as no value does: %s',
    async (value) => {
      for (const line of [`client_secret=${value}`, `"refresh_token": "${value}"`])
        expect((await why(`invalid_grant ${line}`, { ticket: true })).printed).not.toContain(value)
    },
  )

  test('mail addresses are shortened, in every output', async () => {
    for (const line of ['user alice@example.com', 'user=alice%40example.com', '"alice@example.com"']) {
      for (const [, options] of outputs) {
        const { printed } = await why(`invalid_grant for ${line}`, options)
        expect(printed).not.toContain('alice')
        if (Object.keys(options).length > 0) expect(printed).toMatch(/a…(?:@|%40)example\.com/)
      }
    }
  })

  test('a secret across the wrapped lines of base64', async () => {
    const blob = btoa(`user=alice@example.com\x01auth=Bearer ${secrets['access token']}\x01\x01`)
    const wrapped = blob.replace(/.{64}/g, '$&\n')
    const log = wrapped
      .split('\n')
      .map((line) => `${line} invalid_grant`)
      .join('\n')
    expect(scannerOf(secrets['access token']!).scanText(wrapped)).not.toEqual([])
    for (const [, options] of outputs)
      expect(scannerOf(secrets['access token']!).scanText((await why(log, options)).printed)).toEqual([])
  })
})

describe('what is no secret stays readable', () => {
  test.each([
    'google.auth.exceptions.RefreshError: invalid_grant: Token has been expired or revoked.',
    'javax.mail.AuthenticationFailedException: [AUTHENTICATIONFAILED] Invalid credentials (Failure)',
    '    at async OAuth2Client.refreshTokenNoCache (node_modules/google-auth-library/build/src/auth/oauth2client.js:174:21) invalid_grant',
    'POST https://oauth2.googleapis.com/token 400 invalid_grant',
    'code: EAUTH responseCode: 535-5.7.8 Username and Password not accepted https://support.google.com/mail/answer/78754',
    'client 123456789012-abcdefghijklmnopqrstuvwxyz012345.apps.googleusercontent.com invalid_client',
    'scope https://www.googleapis.com/auth/gmail.readonly invalid_scope',
    'getaddrinfo ENOTFOUND accounts.google.com',
    '    at XOAuth2.generateToken (node_modules/nodemailer/lib/xoauth2/index.js:172:33) invalid_grant',
    'oauth2: cannot fetch token: 400 Bad Request invalid_grant',
  ])('%s', async (line) => {
    const { printed } = await why(line, { json: true })
    expect((JSON.parse(printed) as { errors: { excerpt: string[] }[] }).errors[0]!.excerpt).toEqual([line.trim()])
  })
})

describe('what is encoded is read', () => {
  test('the error challenge of XOAUTH2', async () => {
    const { printed } = await why(`+ ${btoa('{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}')}`)
    expect(printed).toContain('status 400, scope https://mail.google.com/ is wanted')
  })

  test('a client’s message that lacks its end, without the token', async () => {
    const message = btoa(`user=alice@example.com\x01auth=Bearer ${secrets['access token']}`)
    const { printed } = await why(`C: ${message}\nS: A1 BAD Invalid SASL argument.`)
    expect(printed).toContain('user a…@example.com, a token, without the two octets 1 that end it')
  })

  test('Google’s error address, as captured', async () => {
    const field = (number: number, text: string): string => String.fromCharCode((number << 3) | 2, text.length) + text
    const detail = field(5, field(1, 'redirect_uri') + field(2, 'http://localhost:8080/cb'))
    const octets =
      field(1, 'redirect_uri_mismatch') +
      field(2, 'register the redirect URI in the Google Cloud Console.') +
      `${String.fromCharCode(32, 0x90, 0x03)}${detail}`
    const encoded = btoa(octets).replaceAll('+', '-').replaceAll('/', '_')
    for (const value of [encoded, encodeURIComponent(encoded)]) {
      const { printed, code } = await why(
        `https://accounts.google.com/signin/oauth/error/v2?authError=${value}&flowName=GeneralOAuthFlow`,
      )
      expect(code).toBe(0)
      expect(printed).toContain(
        'Error 400: redirect_uri_mismatch. register the redirect URI in the Google Cloud Console.; redirect_uri=http://localhost:8080/cb',
      )
      expect(printed).toContain('The redirect URI is not registered for this client')
    }
  })
})

describe('what a person is told', () => {
  const error = 'invalid_grant: Token has been expired or revoked.'

  test('an error of many causes: the likeliest, the others, and one question', async () => {
    const { code, printed } = await why(error)
    expect(code).toBe(0)
    expect(printed.match(/^Question /gm)).toHaveLength(1)
    expect(printed).toContain('--answer publishing=testing')
    expect(printed).toMatch(/^Cause {4}most likely: The project is in status Testing/m)
  })

  test('an answer that settles it: the cause, who does what, and how to see it', async () => {
    const { printed } = await why(error, { answer: ['publishing=testing', 'age=about-a-week'] })
    expect(printed).not.toContain('Question')
    expect(printed).toMatch(/^See it {3}oauth-imap serve --world testing-7-days$/m)
    expect(printed).toMatch(/^App {6}Press “Publish app”/m)
  })

  test('several errors, the newest first, each once', async () => {
    const log = [
      error,
      ...Array.from({ length: 40 }, () => 'fine'),
      'ECONNREFUSED',
      ...Array.from({ length: 40 }, () => 'fine'),
      error,
    ].join('\n')
    const { printed } = await why(log)
    expect(printed).toMatch(
      /^2 different errors, newest first\.\n\n1\. Error {4}the error invalid_grant.*met 2 times\)[^]*\n2\. Error {4}the connection was refused/,
    )
  })

  test('nothing known: what is needed, and 2', async () => {
    const { code, printed } = await why('it does not work')
    expect([code, printed]).toEqual([
      2,
      expect.stringMatching(/^No error that we know in 1 line\.\n\nTo name a cause we need one of these:/),
    ])
    expect(await why('it does not work', { json: true })).toMatchObject({
      code: 2,
      printed: expect.stringContaining('"errors": []'),
    })
    expect(await why('it does not work', { ticket: true })).toMatchObject({ code: 2 })
  })

  test.each([
    [['publishnig=testing'], 'Did you mean publishing?'],
    [['publishing'], /^Did you mean /],
    [['publishing=tested'], 'Did you mean testing?'],
    [[''], /^Did you mean /],
  ])('answers that are none: %j', async (answer, hint) => {
    await expect(why(error, { answer })).rejects.toSatisfy(
      (fault) =>
        fault instanceof Fault &&
        fault.code === 'USAGE' &&
        (typeof hint === 'string' ? fault.hint === hint : hint.test(fault.hint)),
    )
  })

  test('--json and --ticket are not for one output', async () => {
    await expect(why(error, { json: true, ticket: true })).rejects.toMatchObject({ code: 'USAGE' })
  })

  test('a ticket is Markdown in which nothing of the log is markup', async () => {
    const { printed } = await why('invalid_grant ``` <img src=x> [a](http://example.com)', { ticket: true })
    expect(printed).toMatch(/^# The project is in status Testing/)
    expect(printed.match(/```/g)).toHaveLength(2)
    expect(printed).toContain('## Open question')
  })
})

describe('a conversation', () => {
  const talk = (...typed: readonly string[]) => {
    const left = [...typed]
    const asked: string[] = []
    const ask = (question: string): Promise<string | undefined> => {
      asked.push(question)
      return Promise.resolve(left.shift())
    }
    return converse({}, ask).then(({ diagnoses }) => ({
      asked,
      top: diagnoses[0]?.suspects[0]?.cause.id,
      settled: diagnoses[0]?.settled,
    }))
  }

  test('asks until the cause is clear', async () => {
    const { asked, top, settled } = await talk('RefreshError', 'invalid_grant', '', '2', '1')
    expect([top, settled]).toEqual(['access-removed', true])
    expect(asked.slice(3)).toEqual([
      expect.stringContaining('publishing status'),
      expect.stringContaining('list of connections'),
    ])
  })

  test.each([[''], ['9'], ['-1'], ['x'], ['1.5']])('takes %j for not knowing, and tells what it has', async (typed) => {
    expect(await talk('invalid_grant', '', typed)).toMatchObject({ top: 'testing-7-days', settled: false })
  })

  test('ends when the person goes', async () => {
    expect(await talk()).toMatchObject({ top: undefined })
    expect(await talk('invalid_grant')).toMatchObject({ top: 'testing-7-days' })
  })
})

describe('what is no error of Gmail’s or Google’s', () => {
  test.each([
    'sshd: Authentication failure for root',
    'Login failed: Invalid credentials',
    'PAM: authentication failed',
  ])('%s', async (line) => {
    expect(await why(line)).toMatchObject({ code: 2 })
  })

  test('a bare invalid_request names no cause that it cannot know', async () => {
    expect((await why('invalid_request')).printed).toContain('nothing in the log says which')
  })
})

describe('hostile logs', () => {
  test('colours, UTF-16 and binary are read through', async () => {
    expect((await why('\x1b[31minvalid\x1b[0m_grant\x1b]0;title\x07')).code).toBe(0)
    expect((await why([...'invalid_grant'].join('\0'))).code).toBe(0)
    const noise = Array.from({ length: 5000 }, (_, index) => String.fromCharCode((index * 7919) % 256)).join('')
    expect((await why(`${noise}\n${noise} ECONNREFUSED ${noise}`)).code).toBe(0)
    // No command to the terminal comes out.
    expect((await why('\x1b[2Jinvalid_grant \x1b[31mred', { ticket: true })).printed).not.toMatch(
      /[\x00-\x09\x0b-\x1f\x7f]/,
    )
  })

  test('a line without end is looked at in pieces, and shows little', async () => {
    const { code, printed } = await why(`${'x '.repeat(400_000)} invalid_grant ${'y '.repeat(400_000)}`, {
      ticket: true,
    })
    expect(code).toBe(0)
    expect(printed.length).toBeLessThan(5_000)
  })

  test('a line that is longer than anything says that its end was not read', async () => {
    const { printed } = await why(`invalid_grant ${'z '.repeat(600_000)}`)
    expect(printed).toContain('1 line was longer than a million characters; the rest was not read.')
  })

  test('what makes patterns slow does not', async () => {
    const lines = [
      'a'.repeat(100_000),
      '"'.repeat(100_000),
      'password='.repeat(12_000),
      '%2'.repeat(50_000),
      'eyJ'.repeat(30_000),
      '@'.repeat(100_000),
      'a.'.repeat(50_000) + '@',
      'abcd '.repeat(20_000),
      '\\'.repeat(100_000),
      'LOGIN '.repeat(20_000),
      'authError='.repeat(10_000),
      'Bearer '.repeat(15_000),
      '1/'.repeat(50_000),
    ]
    for (const line of lines) {
      const began = performance.now()
      await why(`${line} invalid_grant`)
      expect([line.slice(0, 10), performance.now() - began < 3_000]).toEqual([line.slice(0, 10), true])
    }
  })

  test('more kinds of errors than anybody reads: the newest are told, and how many were left out', async () => {
    const codes = [
      'invalid_grant',
      'invalid_client',
      'unauthorized_client',
      'redirect_uri_mismatch',
      'deleted_client',
      'org_internal',
      'disallowed_useragent',
      'origin_mismatch',
    ]
    const details = [
      'Malformed auth code',
      'Missing code verifier',
      'Invalid code verifier',
      'client_secret is missing',
    ]
    const log = codes.flatMap((code) => details.map((detail) => `${code}: ${detail}`)).join('\n'.repeat(30))
    const { printed } = await why(log)
    expect(printed).toMatch(/^20 different errors, newest first\./)
    expect(printed).toContain('12 older errors were left out; the newest are told.')
  })
})
