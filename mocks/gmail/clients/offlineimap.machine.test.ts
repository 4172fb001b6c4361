import { readFile, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { messageWith, messagesIn, octetsOf, onTheWire } from './account.fixture.ts'
import { fileOf, messagesInMaildir, withoutCr } from './maildir.fixture.ts'
import { type Stand, openStand } from './stand.fixture.ts'
import { openTranscript } from './transcript.fixture.ts'

const transcript = openTranscript('offlineimap')
const open = (story: string): Promise<Stand> => openStand('offlineimap', story, transcript)

/** Once, with one connection, so that what it does comes in one order. */
const offlineimap = (stand: Stand) => stand.run('/usr/bin/offlineimap', ['-o', '-1', '-u', 'basic'])
async function synchronize(stand: Stand) {
  const { stdout, code } = await offlineimap(stand)
  return { code, errors: stdout.toString().match(/^ERROR: .*$/gm) ?? [] }
}
const withoutErrors = { code: 0, errors: [] }

/** Its Maildirs lie side by side, with `.` between the levels of a name. */
const folderOf = (stand: Stand, folder: string): string => stand.file(`mail/${onTheWire(folder).replaceAll('/', '.')}`)
const found = (stand: Stand, folder: string) => messagesInMaildir(folderOf(stand, folder))

/**
 * It writes what Python's `email` makes of a message: an empty line behind a header without one, and between two boundaries
 * that end.
 */
const stored = (message: string): string => {
  const text = octetsOf(message).toString('latin1')
  const rewritten = text
    .replace('--parcel--\r\n--forward--', '--parcel--\r\n\r\n--forward--')
    .replace(/^[^\r]+\r\n$/, '$&\r\n')
  return messageWith(Buffer.from(rewritten, 'latin1'))
}

async function expectEverything(stand: Stand): Promise<void> {
  for (const [folder, messages] of Object.entries(messagesIn)) {
    const names = Object.keys(await found(stand, folder)).toSorted()
    expect({ folder, names }).toEqual({ folder, names: messages.map(stored).toSorted() })
  }
}

test('offlineimap logs in with XOAUTH2 and brings every message of every folder', async () => {
  await using stand = await open('brings everything')
  expect(await synchronize(stand)).toEqual(withoutErrors)
  await expectEverything(stand)
  expect(await found(stand, 'INBOX')).toEqual({
    plain: 'S',
    'encoded-subject': '',
    'eight-bit': 'F',
    'alternative-attachment': '',
    [stored('forwarded')]: 'RS',
    lookalike: '',
  })
  expect(stand.seen('imap.auth')).toMatchObject([
    {
      mechanism: 'XOAUTH2',
      initialResponse: false,
      message: 'user=alice@example.com^Aauth=Bearer ‹access-token-1›^A^A',
      base64: 'canonical',
      result: 'accepted',
    },
  ])
  expect(stand.marks()).toEqual([])
  expect(stand.problems()).toEqual([])
})

test('offlineimap carries marks, new messages and deletions to Gmail', async () => {
  await using stand = await open('carries changes')
  await synchronize(stand)
  const marked = await fileOf(folderOf(stand, 'INBOX'), 'encoded-subject')
  await rename(marked, `${folderOf(stand, 'INBOX')}/cur/${basename(marked)}FS`)
  await rm(await fileOf(folderOf(stand, 'INBOX'), 'plain'))
  await writeFile(`${folderOf(stand, 'Receipts')}/new/1.2.example`, withoutCr(octetsOf('lookalike')))

  expect(await synchronize(stand)).toEqual(withoutErrors)
  expect(stand.marks()).toEqual([
    'INBOX 1 +\\Deleted by STORE',
    'INBOX 2 +\\Flagged by STORE',
    'INBOX 2 +\\Seen by STORE',
  ])
  // Gmail archives what is deleted from a folder.
  expect(stand.at('INBOX', 1)).toBeUndefined()
  expect(stand.at('[Gmail]/All Mail', 1)).toBe('plain')
  expect(stand.at('Receipts', 2)).toBe('lookalike')
  expect(stand.problems()).toEqual([])
})

test('offlineimap keeps Gmail’s labels in the messages, and carries a new one to Gmail', async () => {
  await using stand = await open('labels')
  const settings = stand.file('.offlineimaprc')
  const without = await readFile(settings, 'utf8')
  await writeFile(settings, without.replace('[Account gmail]\n', '[Account gmail]\nsynclabels = yes\n'))
  expect(await synchronize(stand)).toEqual(withoutErrors)
  const labelled = await fileOf(folderOf(stand, '[Gmail]/All Mail'), 'encoded-subject', /^X-Keywords: .*\r\n/m)
  const text = await readFile(labelled, 'latin1')
  expect(text).toMatch(/^X-Keywords: Receipts\/2026,\\Inbox$/m)

  await writeFile(labelled, text.replace('X-Keywords: ', 'X-Keywords: Wichtiges,'), 'latin1')
  await utimes(labelled, new Date(), new Date(Date.now() + 60_000))
  expect(await synchronize(stand)).toEqual(withoutErrors)
  expect(stand.commands()).toContain('UID STORE 3 +X-GM-LABELS ("Wichtiges")')
  expect(stand.at('Wichtiges', 1)).toBe('encoded-subject')
})

test('offlineimap sends its token again in answer to the error challenge', async () => {
  await using stand = await open('an expired token')
  stand.expireTokens()
  const { code, errors } = await synchronize(stand)
  expect(code).toBe(1)
  expect(errors).toContain('ERROR: All authentication types failed:')
  expect(stand.said()).toContainEqual(
    expect.stringMatching(/ NO \[AUTHENTICATIONFAILED\] Invalid credentials \(Failure\)$/),
  )
  expect(stand.seen('imap.auth')).toMatchObject([{ refusal: 'expired' }])
  expect(stand.seen('imap.challenge.reply')).toMatchObject([{ reply: 'resend' }])
})

test('offlineimap connects again when its session ends, with the token from its beginning', async () => {
  await using stand = await open('the session ends')
  stand.renewAfter('UID FETCH')
  expect(await synchronize(stand)).toMatchObject({ code: 1 })
  expect(stand.seen('imap.bye')).toEqual([{ reason: 'session-expired' }])
  // A new one lies there, and it evaluates `oauth2_access_token_eval` once.
  expect(stand.seen('imap.auth')).toMatchObject([{ result: 'accepted' }, { refusal: 'expired' }])

  expect(await synchronize(stand)).toEqual(withoutErrors)
  await expectEverything(stand)
})

test.each([
  ['unknown-authority', 'certificate verify failed: self-signed certificate in certificate chain'],
  ['wrong-name', 'CA Cert verifying failed:  no matching domain name found in certificate'],
] as const)('offlineimap tells a server with %s nothing, and its user why', async (flaw, words) => {
  await using stand = await open(`a certificate with ${flaw}`)
  stand.gmail.secure(flaw)
  const { stdout, code } = await offlineimap(stand)
  expect(code).toBe(1)
  expect(stdout.toString()).toContain(words)
  expect(stand.seen('imap.cmd')).toEqual([])
})
