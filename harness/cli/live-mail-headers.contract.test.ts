import { describe, expect, test } from 'vitest'
import { alteredLines } from '../../fixtures/counterexamples/altered-lines.ts'
import type { ImapAlteration } from '../model/alteration.ts'
import type { ImapFault } from '../model/imap-fault.ts'
import { usualBudget } from '../live/lines/lines.ts'
import { passOverHeaders } from '../live/mail/headers.ts'
import { type Stand, type StandOptions, alice, issuedToken, openStand, troubleOf } from './live-mail.fixture.ts'

const pass = async (stand: Stand, scope?: string) => {
  const accessToken = await issuedToken(stand, scope)
  return passOverHeaders(stand.context, { account: alice, accessToken })
}
const told = (replace: (text: string) => string): ImapAlteration => alteredLines(() => ({ tell: replace }))
const commands = ({ far }: Stand): readonly string[] =>
  far.world.observations().flatMap(({ type, fields }) => (type === 'imap.cmd' ? [JSON.stringify(fields)] : []))

describe('the pass over headers', () => {
  test('looks at folders and newest mail, and changes nothing', async () => {
    await using stand = await openStand()
    expect(await pass(stand)).toBe('13 folders; headers of 9 of 9 messages, 0 changed meanwhile')
    const specialUse = ['\\All', '\\Drafts', '\\Flagged', '\\Important', '\\Junk', '\\Sent', '\\Trash']
    expect(stand.seen('live.folders')).toEqual([{ folders: 13, specialUse }])
    expect(stand.seen('live.headers')).toEqual([{ folder: '\\All', exists: 9, read: 9, unseen: 5, changed: 0 }])
    expect(stand.looks.map(({ look, facts }) => [look, Object.keys(facts)])).toEqual([['special-use', specialUse]])
    const sent = commands(stand).join('\n')
    expect(sent).toContain('EXAMINE')
    expect(sent).not.toMatch(/"SELECT"|BODY\[/)
  })

  test('tells nothing of the mail, unless a person asked for it', async () => {
    await using stand = await openStand()
    await pass(stand)
    expect(stand.everything()).not.toMatch(/Lunch|Rechnung|alice|example\.com/)
    await using asked = await openStand({ includeMail: true })
    await pass(asked)
    const mail = asked.seen('live.headers')[0]?.mail ?? []
    expect(mail).toHaveLength(9)
    expect(mail.map(({ subject }) => subject)).toEqual(
      expect.arrayContaining(['Lunch on Thursday?', 'Rechnung für Januar – Euro €']),
    )
    expect(mail.every(({ uid, date }) => uid > 0 && (date === '' || date === new Date(date).toISOString()))).toBe(true)
    expect(JSON.stringify(mail)).toContain('example.')
  })

  test('sees a server that marks as read what was only peeked at', async () => {
    const imap = alteredLines(() => ({
      hear: (line) => line.replace(/ EXAMINE /, ' SELECT ').replaceAll('BODY.PEEK[', 'BODY['),
    }))
    await using stand = await openStand({ alterations: { imap } })
    await pass(stand)
    const [{ read, changed } = { read: 0, changed: 0 }] = stand.seen('live.headers')
    expect(read).toBe(9)
    expect(changed).toBeGreaterThan(0)
  })

  test.each([
    ['adds another flag', (text: string) => text.replaceAll('FLAGS ()', 'FLAGS (\\Answered)')],
    ['shows all as read from the beginning', (text: string) => text.replaceAll('FLAGS ()', 'FLAGS (\\Seen)')],
  ])('blames nothing on itself where somebody %s', async (_, replace) => {
    await using stand = await openStand({ alterations: { imap: told(replace) } })
    await pass(stand)
    expect(stand.seen('live.headers')).toMatchObject([{ read: 9, changed: 0 }])
  })

  test('takes the inbox where no folder holds everything', async () => {
    await using stand = await openStand({
      alterations: { imap: told((text) => text.replace(' \\All)', ')').replace('(\\All ', '(')) },
    })
    await pass(stand)
    expect(stand.seen('live.folders')[0]?.specialUse).not.toContain('\\All')
    expect(stand.seen('live.headers')).toMatchObject([{ folder: 'INBOX', changed: 0 }])
  })

  test('reads the fifty newest at the most', async () => {
    await using stand = await openStand()
    for (let at = 0; at < 60; at++)
      stand.far.world.gmail.deliver(alice, new TextEncoder().encode(`Subject: number ${at}\r\n\r\nHello\r\n`))
    await pass(stand)
    expect(stand.seen('live.headers')).toEqual([{ folder: '\\All', exists: 69, read: 50, unseen: 50, changed: 0 }])
  })

  test('of an empty mailbox is soon over', async () => {
    const imap = told((text) => text.replace(/^\* \d+ EXISTS/m, '* 0 EXISTS'))
    await using stand = await openStand({ alterations: { imap } })
    await pass(stand)
    expect(stand.seen('live.headers')).toEqual([{ folder: '\\All', exists: 0, read: 0, unseen: 0, changed: 0 }])
  })

  test('shows an attribute that nobody knows', async () => {
    const imap = told((text) => text.replaceAll('\\Important', '\\Important \\Snoozed'))
    await using stand = await openStand({ alterations: { imap } })
    await pass(stand)
    expect(stand.seen('live.folders')[0]?.specialUse).toContain('\\Snoozed')
  })
})

describe('what keeps it from its end', () => {
  test.each([
    ['imap-off', 'imap-disabled'],
    ['throttled', 'too-many-connections'],
    ['server-error', 'temporary-problem'],
    ['login-refused', 'lookup-failed'],
  ] as const)('%s: %s', async (cause, refusal) => {
    await using stand = await openStand()
    stand.far.world.gmail.refuse(alice, refusal)
    expect((await troubleOf(pass(stand)))?.cause).toBe(cause)
  })

  test.each([
    ['cut-off', { at: 'connection', effect: { kind: 'end' } }],
    ['cut-off', { at: 'command UID FETCH', effect: { kind: 'end' } }],
    ['cut-off', { at: 'command EXAMINE', effect: { kind: 'end', reset: true } }],
    ['throttled', { at: 'command UID FETCH', effect: { kind: 'refuse', refusal: 'overquota' } }],
    ['server-error', { at: 'command EXAMINE', effect: { kind: 'answer', text: 'NO System Error (Failure)' } }],
    ['not-understood', { at: 'command EXAMINE', effect: { kind: 'answer', text: 'NO [NONEXISTENT] Unknown folder.' } }],
  ] as const)('%s: %j', async (cause, planted) => {
    await using stand = await openStand()
    stand.far.world.gmail.fault({ name: 'another end', occurrence: 1, ...planted } as ImapFault)
    expect((await troubleOf(pass(stand)))?.cause).toBe(cause)
    expect(stand.seen('live.headers')).toEqual([])
  })

  test.each([
    ['self-signed', 'tls-intercepted'],
    ['unknown-authority', 'tls-intercepted'],
    ['wrong-name', 'tls-intercepted'],
  ] as const)('a certificate that is %s: %s', async (flaw, cause) => {
    await using stand = await openStand()
    stand.far.world.gmail.secure(flaw)
    expect((await troubleOf(pass(stand)))?.cause).toBe(cause)
  })

  test('an interruption', async () => {
    await using stand = await openStand()
    stand.far.world.gmail.fault({ name: 'wait', occurrence: 1, at: 'answer UID FETCH', effect: { kind: 'silence' } })
    const passing = troubleOf(pass(stand))
    await stand.until(() => stand.far.world.observations().some(({ type }) => type === 'fault.fired'))
    stand.interrupt()
    expect((await passing)?.cause).toBe('interrupted')
  })

  test('more octets than the run may cost', async () => {
    const options: StandOptions = { budget: { ...usualBudget, mostBytes: 60_000 } }
    await using stand = await openStand(options)
    const text = `Subject: large\r\nFrom: ${'x'.repeat(80_000)}\r\n\r\nHello\r\n`
    stand.far.world.gmail.deliver(alice, new TextEncoder().encode(text))
    expect((await troubleOf(pass(stand)))?.cause).toBe('too-much')
  })
})
