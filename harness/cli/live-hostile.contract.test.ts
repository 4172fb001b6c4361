import { describe, expect, test } from 'vitest'
import { type Answered, alteredJson } from '../../fixtures/counterexamples/observations/altered-json.ts'
import type { Alteration, Alterations } from '../model/alteration.ts'
import { type Suffered, mailServer, suffer } from './live-hostile.fixture.ts'

/** Servers that mean harm: whatever they say, there is a report, it is bounded, and nothing stands in it that must not. */

const slow = 60_000
const escape = '\u001B[2J\u202E'
const command = '::error file=x::forged'
/** The account in other letters, and as nobody sees at once that it is one. */
const spelled = ['ALICE@EXAMPLE.COM', 'Alice@Example.com', 'ALICE%40EXAMPLE.COM', btoa('ALICE@EXAMPLE.COM')]
const address = new RegExp(spelled.join('|'), 'i')

const metadata = (change: Answered['members']): Alterations => ({
  google: alteredJson((answered, { url }) =>
    /openid-configuration|oauth-authorization-server/.test(url)
      ? { ...answered, members: { ...answered.members, ...change } }
      : answered,
  ),
})
const tokens = (change: (answered: Answered, form: URLSearchParams) => Answered): Alterations => ({
  google: (answer) => async (request) => {
    const form = new URLSearchParams(request.url.endsWith('/token') ? await request.clone().text() : '')
    const changed = alteredJson((answered) => (request.url.endsWith('/token') ? change(answered, form) : answered))
    return changed(answer)(request)
  },
})
/** Octets of its own in the place of the first member of every document. */
const beginsWith =
  (member: string, of: RegExp): Alteration =>
  (answer) =>
  async (request) => {
    const { status, headers, body } = await answer(request)
    const text = await new Response(body).text()
    return new Response(of.test(request.url) ? text.replace('{', `{${member},`) : text, { status, headers })
  }
const nested = (count: number): string => '['.repeat(count) + ']'.repeat(count)

/** Nothing of it is anywhere, and no format lets anything act. */
function expectHarmless({ told }: Suffered, ...secrets: readonly (RegExp | string)[]): void {
  for (const [format, text] of Object.entries(told)) {
    for (const secret of secrets) expect([format, text]).not.toEqual([format, expect.stringMatching(secret)])
    expect([format, text]).not.toEqual([
      format,
      expect.stringMatching(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202E]/),
    ])
    if (format !== 'github') expect([format, text]).not.toEqual([format, expect.stringMatching(/^\s*::|##\[/m)])
  }
}

describe('an issuer', () => {
  test(
    'whose errors hold the client’s secret, the account in other letters, escapes and commands of a runner',
    async () => {
      let secret = ''
      const suffered = await suffer(
        tokens((answered, form) => {
          secret = form.get('client_secret') ?? secret
          const description = `planted words ${'x '.repeat(30)}${command} ##[add-mask]x ${escape} ${spelled.join(' ')}`
          return answered.status === 200
            ? answered
            : { status: 400, members: { error: `${secret.slice(0, 40)}${escape}`, error_description: description } }
        }),
      )
      expect(secret).not.toBe('')
      // What is told of it is told.
      expect(suffered.told['json']).toContain('planted words')
      expect(suffered.told['terminal']).toContain('planted words')
      expectHarmless(suffered, address, secret, secret.slice(8, 24))
    },
    slow,
  )

  test(
    'that tells a token in pieces',
    async () => {
      let token = ''
      const pieces = (): string => token.match(/.{1,11}/g)!.join(' ')
      const suffered = await suffer(
        tokens((answered, form) => {
          if (form.get('grant_type') !== 'refresh_token' || answered.status !== 200) return answered
          token = form.get('refresh_token')!
          return { status: 400, members: { error: 'invalid_grant', error_description: `planted ${pieces()}` } }
        }),
      )
      expect(suffered.report.live.accounts[0]?.cause).toMatchObject({ id: 'grant-dead' })
      expect(suffered.told['json']).toContain('a secret in pieces')
      expectHarmless(suffered, token, token.slice(22, 33))
    },
    slow,
  )

  test(
    'whose metadata has members that are called like the account',
    async () => {
      const named = Object.fromEntries(spelled.map((name) => [`${name}${escape}_endpoint`, 'http://planted.example/']))
      const suffered = await suffer(metadata({ ...named, 'alice@example.com': 'planted value' }))
      expect(suffered.told['json']).toContain('planted value')
      expectHarmless(suffered, address)
    },
    slow,
  )

  test(
    'whose metadata is lists in lists',
    async () => {
      const { report } = await suffer({ google: beginsWith(`"x":${nested(200_000)}`, /well-known/) })
      expect(report.live.accounts[0]?.cause).toMatchObject({ id: 'not-understood' })
    },
    slow,
  )

  test(
    'whose tokens come with lists in lists: none of them is used unregistered',
    async () => {
      const { report, grant } = await suffer({ google: beginsWith(`"x":${nested(100_000)}`, /\/token$/) })
      expect(report.live.accounts[0]?.cause).toMatchObject({ id: 'not-understood' })
      expect(grant).toBeUndefined()
    },
    slow,
  )

  test(
    'with thousands of members',
    async () => {
      const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`member${index}`, 'planted']))
      const { told } = await suffer(metadata(many))
      expect(told['json']).toContain('member0')
      expect(told['json']).toContain('further facts')
      for (const text of Object.values(told)) expect(text.length).toBeLessThan(1_000_000)
    },
    slow,
  )

  test(
    'whose access lasts for ever: what is stored can be read again',
    async () => {
      const { report, grant } = await suffer(
        tokens((answered) => ({ ...answered, members: { ...answered.members, expires_in: 1e308 } })),
      )
      expect(report.live.accounts[0]?.cause).toBeUndefined()
      expect(grant?.expiresAt).toBe(Number.MAX_SAFE_INTEGER)
    },
    slow,
  )
})

describe('a mail server', () => {
  test(
    'that calls its capabilities and itself like the account',
    async () => {
      const offers = `IMAP4rev1 SASL-IR ID AUTH=XOAUTH2 X-PLANTED X-${spelled[0]!}`
      const suffered = await suffer({
        door: mailServer(({ tag, command: asked }) => {
          if (asked === 'CAPABILITY') return `* CAPABILITY ${offers}\r\n${tag} OK done\r\n`
          if (asked !== 'ID') return undefined
          return `* ID ("alice@example.com" "x" "name" "planted name of ${spelled.join(' ')}")\r\n${tag} OK done\r\n`
        }),
      })
      expect(suffered.told['json']).toContain('X-PLANTED')
      expectHarmless(suffered, address)
    },
    slow,
  )

  test(
    'that tells back what it was told: as the members of a challenge, as it came, in pieces',
    async () => {
      const tokensSeen: string[] = []
      let open = ''
      const suffered = await suffer({
        door: mailServer(({ tag, command: asked, line }) => {
          if (asked === 'AUTHENTICATE') {
            const response = line.split(' ')[3]!
            const token = /Bearer ([^\u0001]+)/.exec(atob(response))![1]!
            open = `${tag} NO planted ${response} ${token.match(/.{1,11}/g)!.join(', ')} ${spelled[0]!}\r\n`
            tokensSeen.push(token)
            return `+ ${btoa(JSON.stringify({ [token]: 'x', status: token, scope: spelled[1] }))}\r\n`
          }
          return line === '' || line === 'AQ==' ? open : undefined
        }),
      })
      expect(suffered.report.live.accounts[0]?.cause).toMatchObject({ id: 'login-refused' })
      expect(tokensSeen.length).toBeGreaterThan(2)
      expectHarmless(suffered, address, ...tokensSeen.map((token) => token.slice(22, 33)))
    },
    slow,
  )

  test(
    'whose challenge is lists in lists, or whose words the library does not understand',
    async () => {
      let open = ''
      const { report } = await suffer({
        door: mailServer(({ tag, command: asked, line }) => {
          open = asked === 'AUTHENTICATE' ? tag : open
          if (asked === 'AUTHENTICATE') return `+ ${btoa(`{"x":${nested(20_000)}}`)}\r\n`
          return line === '' || line === 'AQ==' ? `${open} NO no\r\n` : undefined
        }),
      })
      expect(report.live.accounts[0]?.cause).toMatchObject({ id: 'login-refused' })
      const garbled = await suffer({
        door: mailServer(({ tag, command: asked }) =>
          asked === 'CAPABILITY'
            ? `* CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2 X_\u001B[2J\r\n${tag} OK done\r\n`
            : undefined,
        ),
      })
      expect(garbled.report.live.accounts[0]?.cause).toMatchObject({ id: 'not-understood' })
    },
    slow,
  )
})
