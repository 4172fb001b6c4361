import { describe, expect, test } from 'vitest'
import { alteredLines } from '../../fixtures/counterexamples/altered-lines.ts'
import type { ImapFault } from '../model/imap-fault.ts'
import { succeeded } from '../live/mail/dialogue.ts'
import { writeInLabel } from '../live/mail/label.ts'
import { mailboxesOf, select } from '../live/mail/mailboxes.ts'
import { labelName, ownMessage } from '../live/mail/own-message.ts'
import { type Session, withSession } from '../live/mail/session.ts'
import { type Stand, type StandOptions, alice, issuedToken, openStand, troubleOf } from './live-mail.fixture.ts'

interface Written extends Stand {
  readonly accessToken: string
  /** Somebody else who is logged in at the same time. */
  beside<T>(act: (session: Session) => Promise<T>): Promise<T>
  /** How many messages lie in each mailbox. */
  mailboxes(): Promise<Readonly<Record<string, number>>>
}

async function openWritten(options: StandOptions = {}): Promise<Written> {
  const stand = await openStand(options)
  const accessToken = await issuedToken(stand)
  const beside: Written['beside'] = async (act) => {
    await using own = await stand.another()
    return await withSession(own, own.lines, { account: alice, accessToken }, act)
  }
  const mailboxes = () =>
    beside(async (session) => {
      const counts: Record<string, number> = {}
      for (const { name, attributes } of await mailboxesOf(session))
        if (!attributes.includes('\\noselect')) counts[name] = await select(session, name, 'EXAMINE')
      return counts
    })
  return { ...stand, accessToken, beside, mailboxes }
}

const write = ({ context, accessToken }: Written) => writeInLabel(context, { account: alice, accessToken })
const append = async ({ dialogue }: Session, text: string): Promise<void> =>
  void succeeded(await dialogue.ask(`APPEND ${labelName} {${text.length}}`, () => `${text}\r\n`), 'APPEND')
const create = async ({ dialogue }: Session, name = labelName): Promise<void> =>
  void succeeded(await dialogue.ask(`CREATE ${name}`), 'CREATE')

const whole = { created: true, appended: true, same: true, flagged: true, removed: true, left: 0 }

test('what was written came back as it was, and nothing of it is left', async () => {
  await using stand = await openWritten()
  const before = await stand.mailboxes()
  expect(await write(stand)).toBe('a message came back as it was; nothing left')
  expect(stand.seen('live.label')).toEqual([whole])
  expect(await stand.mailboxes()).toEqual(before)
  expect(Object.keys(before)).not.toContain(labelName)
  expect(stand.everything()).not.toContain(stand.accessToken)
})

describe('a label of that name', () => {
  test('that is empty is taken', async () => {
    await using stand = await openWritten()
    const before = await stand.mailboxes()
    await stand.beside((session) => create(session))
    await write(stand)
    expect(stand.seen('live.label')).toEqual([whole])
    expect(await stand.mailboxes()).toEqual(before)
  })

  test('that holds what an earlier run left is cleared first', async () => {
    await using stand = await openWritten()
    const before = await stand.mailboxes()
    await stand.beside(async (session) => {
      await create(session)
      await append(session, ownMessage('an-earlier-one', Date.now()))
      await append(session, ownMessage('another', Date.now()))
    })
    await write(stand)
    expect(stand.seen('live.label')).toEqual([whole])
    expect(await stand.mailboxes()).toEqual(before)
  })

  test.each([
    ['a message of somebody else', (session: Session) => append(session, 'Subject: mine\r\n\r\nkeep this\r\n')],
    ['a label below it', (session: Session) => create(session, `${labelName}/mine`)],
  ])('that holds %s is left alone', async (_, make) => {
    await using stand = await openWritten()
    await stand.beside(async (session) => {
      await create(session)
      await append(session, ownMessage('an-earlier-one', Date.now()))
      await make(session)
    })
    const before = await stand.mailboxes()
    expect((await troubleOf(write(stand)))?.cause).toBe('label-not-ours')
    expect(stand.seen('live.label')).toEqual([])
    expect(await stand.mailboxes()).toEqual(before)
  })

  test('into which somebody puts a message meanwhile stays with it', async () => {
    await using stand = await openWritten()
    stand.far.world.gmail.fault({
      ...{ name: 'meanwhile', at: 'answer UID STORE', occurrence: 1 },
      effect: { kind: 'arrive', message: 'Subject: mine\n\nkeep this\n' },
    })
    await write(stand)
    expect(stand.seen('live.label')).toEqual([{ ...whole, removed: false }])
    expect((await stand.mailboxes())[labelName]).toBe(1)
  })

  test('of which a server does not show what somebody put there meanwhile stays too', async () => {
    let hidden = 0
    const hides = (text: string): string =>
      // The field that marks ours, and nothing behind it.
      text.replace(/UID \d+ (?=BODY\[HEADER\.FIELDS \([^)]*\)\] \{2\})/, () => {
        hidden += 1
        return ''
      })
    await using stand = await openWritten({ alterations: { imap: alteredLines(() => ({ tell: hides })) } })
    stand.far.world.gmail.fault({
      ...{ name: 'meanwhile', at: 'answer UID STORE', occurrence: 1 },
      effect: { kind: 'arrive', message: 'Subject: mine\n\nkeep this\n' },
    })
    await write(stand)
    expect(hidden).toBeGreaterThan(0)
    expect(stand.seen('live.label')).toMatchObject([{ removed: false }])
    expect((await stand.mailboxes())[labelName]).toBe(1)
  })
})

describe('cut off', () => {
  test.each([
    ...['command CREATE', 'after CREATE', 'command APPEND', 'answer APPEND', 'after APPEND', 'command UID STORE'],
    ...['after UID STORE', 'command UID EXPUNGE', 'after UNSELECT', 'command DELETE', 'after DELETE'],
  ] as readonly ImapFault['at'][])('at %s it removes what it made over another connection', async (at) => {
    await using stand = await openWritten()
    const before = await stand.mailboxes()
    const cut = { name: 'cut', occurrence: 1, at, effect: { kind: 'end' } } as ImapFault
    stand.far.world.gmail.fault(cut)
    expect((await troubleOf(write(stand)))?.cause).toBe('cut-off')
    expect(stand.seen('live.label')).toMatchObject([{ removed: true, left: 0 }])
    expect(await stand.mailboxes()).toEqual(before)
  })

  test.each(['answer CREATE', 'answer APPEND', 'answer UID STORE', 'answer DELETE'] as readonly ImapFault['at'][])(
    'by Ctrl-C at %s it does the same',
    async (at) => {
      await using stand = await openWritten()
      const before = await stand.mailboxes()
      stand.far.world.gmail.fault({ name: 'wait', occurrence: 1, at, effect: { kind: 'silence' } } as ImapFault)
      const writing = troubleOf(write(stand))
      await stand.until(() => stand.far.world.observations().some(({ type }) => type === 'fault.fired'))
      stand.interrupt()
      const untilThen = stand.lines.spent()
      expect((await writing)?.cause).toBe('interrupted')
      expect(stand.lines.spent().connections).toBe(untilThen.connections + 1)
      expect(stand.seen('live.label')).toMatchObject([{ removed: true, left: 0 }])
      expect(await stand.mailboxes()).toEqual(before)
    },
  )

  test('while somebody takes the label away, it finds its message where that has left it', async () => {
    await using stand = await openWritten()
    const before = await stand.mailboxes()
    stand.far.world.gmail.fault({ name: 'wait', occurrence: 1, at: 'answer APPEND', effect: { kind: 'silence' } })
    const writing = troubleOf(write(stand))
    await stand.until(() => stand.far.world.observations().some(({ type }) => type === 'fault.fired'))
    await stand.beside(async ({ dialogue }) => succeeded(await dialogue.ask(`DELETE ${labelName}`), 'DELETE'))
    expect(await stand.mailboxes()).not.toEqual(before)
    stand.interrupt()
    expect((await writing)?.cause).toBe('interrupted')
    expect(await stand.mailboxes()).toEqual(before)
  })

  test('by a server that takes nobody any more, it says what may be left', async () => {
    await using stand = await openWritten()
    const { gmail } = stand.far.world
    gmail.fault({ name: 'cut', occurrence: 1, at: 'after APPEND', effect: { kind: 'end' } })
    gmail.fault({ name: 'gone', occurrence: 2, at: 'connection', effect: { kind: 'end', reset: true } })
    expect((await troubleOf(write(stand)))?.cause).toBe('cut-off')
    expect(stand.seen('live.label')).toEqual([
      { created: true, appended: true, same: false, flagged: false, removed: false, left: 1 },
    ])
  })
})

describe('a server', () => {
  test('that gives another message back is seen', async () => {
    const imap = alteredLines(() => ({ tell: (text) => text.replace('might go. \t ', 'might go.   ') }))
    await using stand = await openWritten({ alterations: { imap } })
    expect(await write(stand)).toBe('a message came back changed; nothing left')
    expect(stand.seen('live.label')).toEqual([{ ...whole, same: false }])
  })

  test('that forgets a flag is seen', async () => {
    const imap = alteredLines(() => ({ tell: (text) => text.replaceAll('\\Flagged', '\\Answered') }))
    await using stand = await openWritten({ alterations: { imap } })
    await write(stand)
    expect(stand.seen('live.label')).toEqual([{ ...whole, flagged: false }])
  })

  test('that only takes a label away and keeps the message is seen', async () => {
    const imap = alteredLines(() => ({ tell: (text) => text.replaceAll(' X-GM-EXT-1', '') }))
    await using stand = await openWritten({ alterations: { imap } })
    expect(await write(stand)).toBe('a message came back as it was; 1 messages left')
    expect(stand.seen('live.label')).toEqual([{ ...whole, left: 1 }])
  })

  test('that offers to tell special uses and does not is asked without', async () => {
    await using stand = await openWritten()
    const effect = { kind: 'answer', text: 'BAD Could not parse command' } as const
    stand.far.world.gmail.fault({ name: 'no', occurrence: 'every', at: 'command LIST', arguments: 'RETURN', effect })
    await write(stand)
    expect(stand.seen('live.label')).toEqual([whole])
  })

  test('that makes no label ends it, and nothing was changed', async () => {
    await using stand = await openWritten()
    const before = await stand.mailboxes()
    const text = 'NO [LIMIT] Too many labels. (Failure)'
    stand.far.world.gmail.fault({ name: 'no', occurrence: 1, at: 'command CREATE', effect: { kind: 'answer', text } })
    expect((await troubleOf(write(stand)))?.said).toBe(`CREATE: ${text}`)
    expect(stand.seen('live.label')).toMatchObject([{ created: false, removed: true, left: 0 }])
    expect(await stand.mailboxes()).toEqual(before)
  })
})
