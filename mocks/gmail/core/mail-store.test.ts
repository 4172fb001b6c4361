import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../../../harness/random.ts'
import { exclusiveLabels } from './labels.ts'
import { MailStore } from './mail-store.ts'
import type { Mailbox } from './mailbox.ts'
import { OpenMailbox } from './open-mailbox.ts'
import { mailRules } from './switches.ts'

const labels = ['\\Inbox', '\\Starred', '\\Draft', '\\Trash', '\\Spam', '\\Sent', 'Work', 'Work/Deep', 'Home']
const flags = ['\\Seen', '\\Flagged', '\\Draft', '\\Deleted', '\\Answered', 'Junk']
const named = (from: readonly string[]) => fc.array(fc.constantFrom(...from), { maxLength: 3 })
const how = fc.constantFrom('add', 'remove', 'replace')

/** What can befall a store; numbers pick among what there is. */
const event = fc.oneof(
  fc.record({ do: fc.constant('append' as const), labels: named(labels), flags: named(flags) }),
  fc.record({ do: fc.constant('flags' as const), at: fc.nat(), place: fc.nat(), how, names: named(flags) }),
  fc.record({ do: fc.constant('labels' as const), at: fc.nat(), place: fc.nat(), how, names: named(labels) }),
  fc.record({ do: fc.constant('copy' as const), at: fc.nat(), place: fc.nat(), to: fc.nat() }),
  fc.record({ do: fc.constant('expunge' as const), at: fc.nat(), place: fc.nat() }),
  fc.record({
    do: fc.constant('rename' as const),
    place: fc.nat(),
    name: fc.constantFrom('Work', 'Home', 'New', 'New/Er'),
  }),
  fc.record({ do: fc.constant('remove' as const), place: fc.nat() }),
  fc.record({ do: fc.constant('look' as const), expungeAllowed: fc.boolean() }),
)
type Event = typeof event extends fc.Arbitrary<infer E> ? E : never

const shown = (store: MailStore): Mailbox[] => store.folders.list().filter(({ selectable }) => selectable)
const among = <T>(all: readonly T[], at: number): T | undefined => all[at % Math.max(all.length, 1)]

function happen(store: MailStore, event: Event): void {
  if (event.do === 'append')
    return void store.append({ bytes: new Uint8Array(3), labels: event.labels, flags: event.flags, internalDate: 0 })
  if (event.do === 'look') return
  const mailbox = among(shown(store), event.place)!
  if (event.do === 'rename' || event.do === 'remove') {
    if (mailbox.xlist !== null || (event.do === 'rename' && store.mailbox(event.name) !== undefined)) return
    return event.do === 'rename' ? store.rename(mailbox, event.name) : store.remove(mailbox)
  }
  const entry = among(mailbox.entries(), event.at)
  if (entry === undefined) return
  if (event.do === 'flags') store.changeFlags(entry, event.how, event.names)
  else if (event.do === 'labels') store.changeLabels(entry.message, event.how, event.names)
  else if (event.do === 'copy') store.copy(entry.message, among(shown(store), event.to)!)
  else store.expunge(entry, mailbox)
}

/** Every folder shows exactly the messages that its label says, in ascending order of UIDs below UIDNEXT. */
function agrees(store: MailStore): void {
  const messages = new Set(shown(store).flatMap((mailbox) => mailbox.entries().map(({ message }) => message)))
  let octets = 0
  for (const message of messages) {
    octets += message.bytes.length
    const exclusive = exclusiveLabels.find((label) => message.labels.has(label))
    for (const mailbox of shown(store)) {
      const belongs =
        exclusive === undefined
          ? mailbox.label === null || message.labels.has(mailbox.label)
          : mailbox.label === exclusive
      expect(mailbox.entryOf(message) !== undefined, `${mailbox.name}: ${[...message.labels].join()}`).toBe(belongs)
    }
    expect(message.flags.has('\\Flagged')).toBe(message.labels.has('\\Starred'))
    expect(message.flags.has('\\Draft')).toBe(message.labels.has('\\Draft'))
    expect(message.modSeq).toBeLessThanOrEqual(store.highestModSeq)
    expect(message.flagModSeq).toBeLessThanOrEqual(message.modSeq)
    expect([...message.flags]).toEqual([...message.flags].toSorted())
  }
  expect(store.octets).toBe(octets)
  for (const mailbox of shown(store)) {
    const uids = mailbox.entries().map(({ uid }) => uid)
    expect(uids).toEqual([...new Set(uids)].toSorted((a, b) => a - b))
    expect(uids.at(-1) ?? 0).toBeLessThan(mailbox.uidNext)
  }
}

/** A client that believes what it is told, and nothing else. */
function believer(store: MailStore, mailbox: Mailbox) {
  const open = new OpenMailbox(store, mailbox, false)
  let uids = open.all().map(({ entry }) => entry.uid)
  return (expungeAllowed: boolean): void => {
    const before = uids.length
    for (const line of open.updates(expungeAllowed, true)) {
      const [, number, what, uid] = /^(\d+) (EXPUNGE|EXISTS|FETCH)(?: \(UID (\d+))?/.exec(line)!
      if (what === 'EXPUNGE') uids = uids.toSpliced(Number(number) - 1, 1)
      else if (what === 'EXISTS')
        uids = [
          ...uids,
          ...open
            .all()
            .slice(uids.length)
            .map(({ entry }) => entry.uid),
        ].slice(0, Number(number))
      else expect(uids[Number(number) - 1]).toBe(Number(uid))
    }
    expect(open.all().map(({ entry }) => entry.uid)).toEqual(uids)
    expect(open.all().map(({ number }) => number)).toEqual(uids.map((_, index) => index + 1))
    if (expungeAllowed) expect(uids).toEqual(mailbox.entries().map(({ uid }) => uid))
    else expect(uids.length).toBeGreaterThanOrEqual(before)
  }
}

test('views agree with labels, UIDs ascend, sequences grow, and who is told of it all knows it', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      const store = new MailStore('alice@example.com', createRandom(1), mailRules(), () => 0)
      store.append({ bytes: new Uint8Array(5), labels: ['\\Inbox', 'Work'], flags: [], internalDate: 0 })
      const looks = ['INBOX', '[Gmail]/All Mail', 'Work'].map((name) => believer(store, store.mailbox(name)!))
      const next = new Map<Mailbox, number>()
      for (const event of events) {
        const before = store.highestModSeq
        happen(store, event)
        expect(store.highestModSeq).toBeGreaterThanOrEqual(before)
        for (const mailbox of shown(store)) {
          expect(mailbox.uidNext).toBeGreaterThanOrEqual(next.get(mailbox) ?? 1)
          next.set(mailbox, mailbox.uidNext)
        }
        if (event.do === 'look') for (const look of looks) look(event.expungeAllowed)
      }
      agrees(store)
      for (const look of looks) look(true)
    }),
    { numRuns: 150 },
  )
})

test('no two messages have one identifier, nor two mailboxes one UIDVALIDITY', () => {
  const store = new MailStore('alice@example.com', createRandom(2), mailRules(), () => 0)
  const identifiers = Array.from({ length: 5000 }, () =>
    store.append({ bytes: new Uint8Array(0), labels: [], flags: [], internalDate: 7 }),
  )
  expect(new Set(identifiers.map(({ gmMsgId }) => gmMsgId)).size).toBe(5000)
  const validities = ['A', 'B', 'A'].map((name) => {
    const mailbox = store.folders.create(name)
    store.remove(mailbox)
    return mailbox.uidValidity
  })
  expect(new Set(validities).size).toBe(3)
})

test('who looks once in ten thousand changes is told of them all', () => {
  const store = new MailStore('alice@example.com', createRandom(3), mailRules(), () => 0)
  for (let count = 0; count < 3; count++)
    store.append({ bytes: new Uint8Array(1), labels: ['\\Inbox'], flags: [], internalDate: 0 })
  const inbox = store.mailbox('INBOX')!
  const open = new OpenMailbox(store, inbox, false)
  const [first, second] = inbox.entries()
  for (let count = 0; count < 5000; count++)
    for (const change of ['add', 'remove'] as const) store.changeFlags(first!, change, ['\\Seen'])
  store.changeFlags(first!, 'add', ['\\Seen'])
  store.changeLabels(second!.message, 'remove', ['\\Inbox'])
  store.append({ bytes: new Uint8Array(1), labels: ['\\Inbox'], flags: [], internalDate: 0 })
  expect(open.updates(true, false)).toEqual(['2 EXPUNGE', '3 EXISTS', '1 FETCH (UID 1 FLAGS (\\Seen))'])
  expect(open.updates(true, false)).toEqual([])
})

test('a message that went and came back before its going was told can go again', () => {
  const store = new MailStore('alice@example.com', createRandom(4), mailRules(), () => 0)
  const message = store.append({ bytes: new Uint8Array(1), labels: ['\\Inbox'], flags: [], internalDate: 0 })
  const open = new OpenMailbox(store, store.mailbox('INBOX')!, false)
  store.changeLabels(message, 'remove', ['\\Inbox'])
  expect(open.updates(false, false)).toEqual([])
  store.changeLabels(message, 'add', ['\\Inbox'])
  expect(open.updates(false, false)).toEqual(['2 EXISTS'])
  expect(open.updates(true, false)).toEqual(['1 EXPUNGE'])
  store.changeLabels(message, 'remove', ['\\Inbox'])
  expect(open.updates(true, false)).toEqual(['1 EXPUNGE'])
})
