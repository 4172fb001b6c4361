import { rename, rm, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { expect, test } from 'vitest'
import type { MailSetup } from '../../../harness/model/mail-setup.ts'
import { alice } from '../gmail.fixture.ts'
import { messageWith, messagesIn, octetsOf, onTheWire } from './account.fixture.ts'
import { asSent, fileOf, messagesInMaildir, withoutCr } from './maildir.fixture.ts'
import type { Ended } from '../../doors/namespace.fixture.ts'
import { present } from './programs.fixture.ts'
import { type Stand, openStand } from './stand.fixture.ts'
import { openTranscript } from './transcript.fixture.ts'

const transcript = openTranscript('mbsync')
const open = (story: string, mail?: MailSetup): Promise<Stand> => openStand('mbsync', story, transcript, mail)
function synchronize(stand: Stand, seconds = 30): Promise<Ended> {
  // Its one way to XOAUTH2 in Debian.
  present('/usr/lib/*/sasl2/libkdexoauth2.so')
  return stand.run('/usr/bin/mbsync', ['-a'], { seconds })
}

const folderOf = (stand: Stand, folder: string): string => stand.file(`mail/${onTheWire(folder)}`)
/** By this it finds its copies again. */
const added = /^X-TUID: \S{12}\r\n/m
const found = (stand: Stand, folder: string) => messagesInMaildir(folderOf(stand, folder), added)

/** A message of header lines alone, which Gmail keeps as it came, is one that mbsync does not take. */
const skipped = (message: string): boolean => message === 'bare'

async function expectEverything(stand: Stand): Promise<void> {
  for (const [folder, messages] of Object.entries(messagesIn)) {
    const names = Object.keys(await found(stand, folder)).toSorted()
    expect({ folder, names }).toEqual({ folder, names: messages.filter((each) => !skipped(each)).toSorted() })
  }
}

test('mbsync logs in with XOAUTH2 and brings every message of every folder', async () => {
  await using stand = await open('brings everything')
  const { stderr, code } = await synchronize(stand)
  expect(code).toBe(0)
  expect(stderr.match(/^Warning: .*$/gm)).toEqual([
    'Warning: message 7 from far side has incomplete header; skipping.',
    'Warning: message 1 from far side has incomplete header; skipping.',
  ])
  await expectEverything(stand)
  expect(await found(stand, 'INBOX')).toEqual({
    plain: 'S',
    'encoded-subject': '',
    'eight-bit': 'F',
    'alternative-attachment': '',
    forwarded: 'RS',
    lookalike: '',
  })
  expect(stand.seen('imap.auth')).toMatchObject([
    {
      mechanism: 'XOAUTH2',
      initialResponse: true,
      message: 'user=alice@example.com^Aauth=Bearer ‹access-token-1›^A^A',
      base64: 'canonical',
      result: 'accepted',
    },
  ])
  // It compresses, and asks the more for its own folders: what it fetches it does not mark.
  expect(stand.commands()).toContain('COMPRESS DEFLATE')
  expect(stand.commands()).toContain('UID FETCH 1 (BODY.PEEK[])')
  expect(stand.marks()).toEqual([])
  expect(stand.problems()).toEqual([])
})

/** The user reads and marks one message, deletes another and puts a third into a folder. */
async function change(stand: Stand): Promise<void> {
  const inbox = folderOf(stand, 'INBOX')
  const marked = await fileOf(inbox, 'encoded-subject', added)
  await rename(marked, `${inbox}/cur/${basename(marked)}FS`)
  await rm(await fileOf(inbox, 'plain', added))
  await writeFile(`${folderOf(stand, 'Receipts')}/new/1.2.example`, withoutCr(octetsOf('lookalike')))
}

test('mbsync carries marks, new messages and deletions to a Gmail that does not expunge by itself', async () => {
  await using stand = await open('carries changes', { settings: { autoExpunge: false } })
  await synchronize(stand)
  await change(stand)
  expect((await synchronize(stand)).code).toBe(0)
  expect(stand.marks()).toEqual([
    'INBOX 1 +\\Deleted by STORE',
    'INBOX 2 +\\Flagged by STORE',
    'INBOX 2 +\\Seen by STORE',
  ])
  expect(stand.commands()).toContain('UID MOVE 1 "[Gmail]/Trash"')
  expect(stand.at('INBOX', 1)).toBeUndefined()
  expect(stand.at('[Gmail]/Trash', 1)).toBe('plain')
  expect(messageWith(asSent(stand.gmail.messageBytes(alice, 'Receipts', 2)!, added))).toBe('lookalike')
  expect(stand.problems()).toEqual([])
})

test('mbsync marks before it moves to the bin, so that a Gmail which expunges by itself archives instead', async () => {
  await using stand = await open('deletes while Gmail expunges')
  await synchronize(stand)
  await change(stand)
  expect((await synchronize(stand)).code).toBe(0)
  const marks = stand.commands().indexOf('UID STORE 1 +FLAGS.SILENT (\\Deleted)')
  expect(stand.commands().indexOf('UID MOVE 1 "[Gmail]/Trash"')).toBeGreaterThan(marks)
  expect(stand.at('INBOX', 1)).toBeUndefined()
  expect(stand.at('[Gmail]/Trash', 1)).toBeUndefined()
  expect(stand.at('[Gmail]/All Mail', 1)).toBe('plain')
})

test('mbsync with the plugin of KDE waits for ever when its token is refused', async () => {
  await using stand = await open('a revoked token')
  stand.revokeToken()
  const { stderr, code } = await synchronize(stand, 5)
  expect(stderr).toContain('Error: IMAP wants more steps despite successful SASL authentication.')
  expect(code).toBe(137)
  expect(stand.seen('imap.auth')).toMatchObject([{ refusal: 'revoked' }])
  expect(stand.seen('imap.challenge.reply')).toMatchObject([{ reply: 'closed' }])
})

test('mbsync stops when its session ends, and goes on with the next token where it was', async () => {
  await using stand = await open('the session ends')
  stand.renewAfter('UID FETCH')
  const first = await synchronize(stand)
  expect(first.stderr).toContain('IMAP error: unexpected BYE response: Session expired, please login again.')
  expect(first.code).toBe(1)
  expect(stand.seen('imap.bye')).toEqual([{ reason: 'session-expired' }])

  const second = await synchronize(stand)
  expect(second.code).toBe(0)
  await expectEverything(stand)
  expect(stand.seen('imap.auth')).toMatchObject([{ result: 'accepted' }, { result: 'accepted' }])
})

test.each([
  ['unknown-authority', 'self-signed certificate in certificate chain'],
  ['wrong-name', 'certificate owner does not match hostname imap.gmail.com'],
] as const)('mbsync tells a server with %s nothing, and its user why', async (flaw, words) => {
  await using stand = await open(`a certificate with ${flaw}`)
  stand.gmail.secure(flaw)
  const { stderr, code } = await synchronize(stand)
  expect(code).toBe(1)
  expect(stderr).toContain(words)
  expect(stand.seen('imap.cmd')).toEqual([])
})
