import { describe, expect, test } from 'vitest'
import { alteredLines } from '../../fixtures/counterexamples/altered-lines.ts'
import type { DriftArea } from '../model/drift.ts'
import type { ImapFault } from '../model/imap-fault.ts'
import { compare } from '../live/drift/compare.ts'
import { lookAtGreeting } from '../live/mail/greeting.ts'
import { logInOnce, offerBogusToken } from '../live/mail/login.ts'
import { type Stand, alice, issuedToken, openStand, troubleOf } from './live-mail.fixture.ts'
import { googleExpectations } from './live/expectations.ts'

const fault = (at: ImapFault['at'], effect: ImapFault['effect'], occurrence: ImapFault['occurrence'] = 1): ImapFault =>
  ({ name: 'another answer', at, effect, occurrence }) as ImapFault

/** What is not as the fixtures say, of what was looked at. */
const differing = ({ looks }: Stand, area: DriftArea) =>
  compare(looks, googleExpectations).filter(
    (row) => row.area === area && row.state !== 'same' && row.state !== 'not-observed',
  )

describe('before login', () => {
  test('greeting, capabilities and ID are recorded, and are those of the fixtures', async () => {
    await using stand = await openStand()
    const { context, seen, looks } = stand
    expect(await lookAtGreeting(context)).toMatch(/^TLSv1\.[23], AUTH=XOAUTH2 and AUTH=OAUTHBEARER$/)
    expect(seen('live.greeting')).toEqual([
      {
        ...{ host: 'imap.gmail.com', port: 993, version: expect.stringMatching(/^TLSv1\.[23]$/), condition: 'OK' },
        said: expect.stringMatching(/^Gimap ready for requests from ‹address› \w+$/),
      },
    ])
    expect(seen('live.capabilities')).toMatchObject([{ when: 'before-login' }])
    expect(seen('live.capabilities')[0]?.names).toEqual(expect.arrayContaining(['IMAP4REV1', 'AUTH=XOAUTH2', 'ID']))
    expect(seen('live.id')).toEqual([
      { name: 'GImap', fields: ['name', 'vendor', 'support-url', 'remote-host', 'connection-token'] },
    ])
    expect(looks.map(({ look }) => look)).toEqual(['greeting', 'before-login', 'id-before-login'])
    expect(differing(stand, 'imap-capability')).toEqual([])
    expect(stand.everything()).not.toContain('127.0.0.1')
  })

  test.each([
    ['220 mail.example ESMTP', 'not-imap', 'none'],
    ['* HELLO', 'not-imap', 'none'],
    ['* BYE Account exceeded command or bandwidth limits.', 'throttled', 'BYE'],
    ['* BYE [UNAVAILABLE] Temporary System Error', 'server-error', 'BYE'],
    ['* BYE', 'server-error', 'BYE'],
  ] as const)('a server that begins with %s is %s', async (line, cause, condition) => {
    await using stand = await openStand()
    stand.far.world.gmail.fault(fault('connection', { kind: 'say', lines: [line] }))
    const trouble = await troubleOf(lookAtGreeting(stand.context))
    expect(trouble?.cause).toBe(cause)
    expect(stand.seen('live.greeting')).toMatchObject([{ condition, said: line.replace(/^\* BYE ?/, '') }])
    expect(stand.looks).toEqual([])
  })

  test.each([
    ['cut-off', fault('connection', { kind: 'end' })],
    ['cut-off', fault('command CAPABILITY', { kind: 'end' })],
    ['not-understood', fault('command CAPABILITY', { kind: 'answer', text: 'BAD What?' })],
    ['server-error', fault('command ID', { kind: 'end', bye: 'System Error' })],
    ['not-understood', fault('command ID', { kind: 'say', lines: [`* ID ${'('.repeat(500)}`, '{tag} OK'] })],
    ['not-understood', fault('command ID', { kind: 'say', lines: ['* ID ("name', '{tag} OK'] })],
    ['not-understood', fault('command ID', { kind: 'say', lines: ['{next} OK'] })],
  ] as const)('%s', async (cause, planted) => {
    await using stand = await openStand()
    stand.far.world.gmail.fault(planted)
    expect((await troubleOf(lookAtGreeting(stand.context)))?.cause).toBe(cause)
  })

  test('a server without tokens is told with what it offers, which is recorded before', async () => {
    await using stand = await openStand()
    stand.far.world.gmail.offer([])
    const trouble = await troubleOf(lookAtGreeting(stand.context))
    expect(trouble).toMatchObject({ cause: 'mechanism-missing', said: expect.stringContaining('AUTH=PLAIN') })
    expect(stand.seen('live.capabilities')).toHaveLength(1)
    expect(differing(stand, 'imap-capability').map(({ fact, observed }) => [fact, observed])).toEqual([
      ['AUTH=XOAUTH2', null],
      ['AUTH=OAUTHBEARER', null],
    ])
  })

  test('who offers no ID is not asked for it', async () => {
    await using stand = await openStand()
    stand.far.world.gmail.advertise({ without: ['ID'], extra: ['X-NEW'] })
    await lookAtGreeting(stand.context)
    expect(stand.seen('live.id')).toEqual([])
    expect(differing(stand, 'imap-capability').map(({ fact }) => fact)).toEqual(['ID', 'X-NEW'])
  })
})

describe('a token that nobody issued', () => {
  const told = (stand: Stand): readonly string[] =>
    stand.seen('live.login').map(({ mechanism, offered, result }) => `${mechanism} ${offered} ${result}`)
  const connections = ({ far }: Stand): number =>
    far.world.observations().filter(({ type }) => type === 'imap.conn.open').length

  test('is refused by both mechanisms as the fixtures say, over one connection', async () => {
    await using stand = await openStand()
    expect(await offerBogusToken(stand.context, alice)).toBe('XOAUTH2 refused, OAUTHBEARER refused')
    expect(stand.seen('live.login')).toMatchObject([
      {
        ...{ mechanism: 'XOAUTH2', token: 'bogus', answer: 'NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)' },
        challenge: '{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}',
      },
      {
        ...{ mechanism: 'OAUTHBEARER', token: 'bogus', answer: expect.stringMatching(/^NO Lookup failed \w+$/) },
        challenge: '{"status":"invalid_request","scope":"https://mail.google.com/"}',
      },
    ])
    expect(differing(stand, 'xoauth2-error')).toEqual([])
    expect(stand.looks.map(({ look }) => look)).toEqual(['xoauth2', 'oauthbearer'])
    expect(connections(stand)).toBe(1)
    const auth = stand.far.world.observations().filter(({ type }) => type === 'imap.auth')
    expect(auth).toMatchObject([
      { fields: { user: alice, refusal: 'unknown-token', saslIr: true, initialResponse: true, base64: 'canonical' } },
      { fields: { user: alice, refusal: 'unknown-token', saslIr: true, initialResponse: true, base64: 'canonical' } },
    ])
    const replies = stand.far.world.observations().filter(({ type }) => type === 'imap.challenge.reply')
    expect(replies).toMatchObject([{ fields: { reply: 'empty' } }, { fields: { reply: 'x01' } }])
    expect(stand.everything()).not.toMatch(/ya29|alice/)
  })

  test('is shown in a line of its own where the server wants it so', async () => {
    await using stand = await openStand()
    stand.far.world.gmail.advertise({ without: ['SASL-IR'] })
    await offerBogusToken(stand.context, alice)
    const auth = stand.far.world.observations().filter(({ type }) => type === 'imap.auth')
    expect(auth).toMatchObject([
      { fields: { initialResponse: false, refusal: 'unknown-token' } },
      { fields: { initialResponse: false, refusal: 'unknown-token' } },
    ])
    expect(differing(stand, 'xoauth2-error')).toEqual([])
  })

  test('is shown only by mechanisms that are offered', async () => {
    await using stand = await openStand()
    stand.far.world.gmail.offer(['OAUTHBEARER'])
    expect(await offerBogusToken(stand.context, alice)).toBe('XOAUTH2 not offered, OAUTHBEARER refused')
    expect(told(stand)).toEqual(['XOAUTH2 false not-tried', 'OAUTHBEARER true refused'])
  })

  test('that a server accepts is recorded, and logged out at once', async () => {
    const said: string[] = []
    const imap = alteredLines(() => ({
      hear(line, say) {
        said.push(line.split(' ')[1]!.trim())
        const [, tag] = /^(\S+) AUTHENTICATE /i.exec(line) ?? []
        if (tag === undefined) return line
        say(`${tag} OK ${alice} authenticated (Success)`)
        return null
      },
    }))
    await using stand = await openStand({ alterations: { imap } })
    expect(await offerBogusToken(stand.context, alice)).toBe('XOAUTH2 accepted, OAUTHBEARER accepted')
    expect(stand.seen('live.login').map(({ result, challenge }) => [result, challenge])).toEqual([
      ['accepted', null],
      ['accepted', null],
    ])
    expect(said).toEqual(['CAPABILITY', 'AUTHENTICATE', 'LOGOUT', 'CAPABILITY', 'AUTHENTICATE', 'LOGOUT'])
    expect(differing(stand, 'xoauth2-error')).toContainEqual(
      expect.objectContaining({ look: 'xoauth2', fact: 'condition', observed: 'OK', state: 'unknown' }),
    )
    expect(stand.everything()).not.toContain('alice')
  })

  test('ends one connection, and is shown to the other mechanism over another', async () => {
    await using stand = await openStand()
    const bye = { kind: 'end', bye: 'Too many invalid logins.' } as const
    stand.far.world.gmail.fault(fault('answer AUTHENTICATE', bye))
    await offerBogusToken(stand.context, alice)
    expect(stand.seen('live.login').map(({ answer }) => answer)).toEqual([
      'BYE Too many invalid logins.',
      expect.stringMatching(/^NO Lookup failed/),
    ])
    expect(connections(stand)).toBe(2)
  })

  test.each([
    ['server-error', 'unavailable'],
    ['throttled', 'too-many-connections'],
    ['throttled', 'bandwidth-exceeded-bye'],
    ['imap-off', 'imap-disabled'],
  ] as const)('meets %s: that says nothing of how it is refused', async (cause, refusal) => {
    await using stand = await openStand()
    stand.far.world.gmail.fault(fault('answer AUTHENTICATE', { kind: 'refuse', refusal }))
    expect((await troubleOf(offerBogusToken(stand.context, alice)))?.cause).toBe(cause)
    expect(stand.looks).toEqual([])
  })

  test.each([
    ['that is no base64', '+ {"status": "400"}', { challenge: 'not base64: {"status": "400"}' }],
    ['that is no JSON', `+ ${btoa('no such token abc12345')}`, { challenge: 'no such token {id}' }],
    [
      'with a member more',
      `+ ${btoa('{"status":"401","hint":[1]}')}`,
      { 'challenge.status': '401', 'challenge.hint': '[1]' },
    ],
  ])('meets a challenge %s', async (_, line, facts) => {
    await using stand = await openStand()
    stand.far.world.gmail.fault(fault('challenge', { kind: 'say', lines: [line] }))
    await offerBogusToken(stand.context, alice)
    expect(stand.looks[0]).toMatchObject({ look: 'xoauth2', facts })
  })

  test('meets a server that asks and asks', async () => {
    const imap = alteredLines(() => ({
      hear(line, say) {
        if (!/AUTHENTICATE|^\r\n$/i.test(line)) return line
        say('+ ')
        return null
      },
    }))
    await using stand = await openStand({ alterations: { imap } })
    expect((await troubleOf(offerBogusToken(stand.context, alice)))?.cause).toBe('not-understood')
  })
})

describe.each(['XOAUTH2', 'OAUTHBEARER'] as const)('%s with a token that was issued', (mechanism) => {
  const login = async (stand: Stand, scope?: string) =>
    logInOnce(stand.context, {
      ...{ account: alice, accessToken: await issuedToken(stand, scope), token: 'issued' as const },
      mechanism,
    })

  test('opens the mailbox, whose offers are those of the fixtures', async () => {
    await using stand = await openStand()
    expect(await login(stand)).toBe('accepted')
    expect(stand.seen('live.login')).toEqual([
      {
        ...{ mechanism, token: 'issued', offered: true, result: 'accepted', challenge: null },
        answer: 'OK ‹account-address-1› authenticated (Success)',
      },
    ])
    expect(stand.seen('live.capabilities')).toMatchObject([{ when: 'after-login' }])
    expect(stand.seen('live.id')).toMatchObject([{ name: 'GImap' }])
    expect(stand.looks.map(({ look }) => look)).toEqual(['after-login', 'id-after-login'])
    expect(differing(stand, 'imap-capability')).toEqual([])
    expect(stand.everything()).not.toMatch(/ya29|alice/)
    expect(stand.far.world.observations().filter(({ type }) => type === 'imap.auth')).toMatchObject([
      { fields: { result: 'accepted', base64: 'canonical', initialResponse: true } },
    ])
  })

  test('in a spelling of the server’s own is told without an address', async () => {
    const imap = alteredLines(() => ({ tell: (text) => text.replace(alice, 'al.ice+x@googlemail.example') }))
    await using stand = await openStand({ alterations: { imap } })
    await login(stand)
    expect(stand.seen('live.login')[0]?.answer).toBe('OK ‹address› authenticated (Success)')
  })

  test('is accepted however slowly', async () => {
    await using stand = await openStand()
    stand.far.world.gmail.throttle(alice, 0)
    expect(await login(stand)).toBe('accepted')
  })

  test('that does not open mail is refused, and told with the challenge', async () => {
    await using stand = await openStand()
    const trouble = await troubleOf(login(stand, 'openid email'))
    expect(trouble?.cause).toBe('login-refused')
    expect(trouble?.said).toContain('"scope":"https://mail.google.com/"')
    expect(stand.seen('live.login')).toMatchObject([{ result: 'refused', offered: true }])
    expect(stand.seen('live.capabilities')).toEqual([])
  })

  test('is not tried where the mechanism is not offered', async () => {
    await using stand = await openStand()
    stand.far.world.gmail.offer([mechanism === 'XOAUTH2' ? 'OAUTHBEARER' : 'XOAUTH2'])
    expect(await login(stand)).toBe('not offered')
    expect(stand.seen('live.login')).toMatchObject([{ offered: false, result: 'not-tried' }])
  })

  test.each([
    ['invalid-credentials', 'login-refused'],
    ['lookup-failed', 'login-refused'],
    ['imap-disabled', 'imap-off'],
    ['imap-not-enabled', 'imap-off'],
    ['too-many-connections', 'throttled'],
    ['bandwidth-exceeded', 'throttled'],
    ['bandwidth-exceeded-bye', 'throttled'],
    ['overquota', 'throttled'],
    ['overquota-bye', 'throttled'],
    ['sent-too-fast', 'throttled'],
    ['temporary-problem', 'server-error'],
    ['unavailable', 'server-error'],
    ['system-error', 'server-error'],
    ['system-error-bye', 'server-error'],
  ] as const)('that meets %s: %s', async (refusal, cause) => {
    await using stand = await openStand()
    stand.far.world.gmail.refuse(alice, refusal)
    const trouble = await troubleOf(login(stand))
    expect(trouble?.cause).toBe(cause)
    expect(stand.seen('live.login')).toMatchObject([{ result: 'refused', token: 'issued' }])
    expect(stand.looks).toEqual([])
  })
})
