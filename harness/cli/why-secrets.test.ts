import { describe, expect, test } from 'vitest'
import { createRandom } from '../random.ts'
import { type Scanner, createScanner } from '../secret-scanner.ts'
import { why } from './why.fixture.ts'

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
