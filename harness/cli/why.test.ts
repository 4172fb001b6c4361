import { describe, expect, test } from 'vitest'
import { Fault } from '../model/fault.ts'
import { converse } from './why-conversation.ts'
import { why } from './why.fixture.ts'

const token = 'ya2' + '9.a0AW_Zq7tRk2wXv9LmB4nHs8PdYc3JfGu6AeTo1iQy5rWzKx0'

describe('what is encoded is read', () => {
  test('the error challenge of XOAUTH2', async () => {
    const { printed } = await why(`+ ${btoa('{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}')}`)
    expect(printed).toContain('status 400, scope https://mail.google.com/ is wanted')
  })

  test('a client’s message that lacks its end, without the token', async () => {
    const message = btoa(`user=alice@example.com\x01auth=Bearer ${token}`)
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
