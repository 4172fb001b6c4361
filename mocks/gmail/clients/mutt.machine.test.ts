import { mkdir, writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { alice } from '../gmail.fixture.ts'
import { messageWith, messagesIn, octetsOf, specialUses } from './account.fixture.ts'
import { asSent, messagesInMaildir, withoutCr } from './maildir.fixture.ts'
import { type Stand, openStand } from './stand.fixture.ts'
import { openTranscript, withoutControls } from './transcript.fixture.ts'

const transcript = openTranscript('mutt')
const open = (story: string): Promise<Stand> => openStand('mutt', story, transcript)

/** It tells the length of a message in its header when it stores it. */
const added = /^Content-Length: \d+\r\n(?:Lines: \d+\r\n)?/m

/** It ends a header with an empty line, whether the message has one or not. */
const stored = (message: string): string =>
  message === 'bare' ? messageWith(Buffer.concat([octetsOf(message), Buffer.from('\r\n')])) : message

/** Types keys at mutt, which has a terminal of its own, and gives all that was written on its screen. */
async function mutt(stand: Stand, keys: readonly string[], seconds = 30) {
  await writeFile(stand.file('keys'), `push "${keys.join('')}"\n`)
  const command = 'mutt -n -F .muttrc -e "source keys"'
  const { stdout, code } = await stand.run('/usr/bin/script', ['-qec', command, '/dev/null'], { seconds })
  return { screen: withoutControls(stdout.toString()), code }
}

/** A blank alone would ask for the next folder. */
const typed = (folder: string): string => folder.replaceAll(' ', '<quote-char> ')

test('mutt logs in with OAUTHBEARER, and its user walks through the folders to the drafts', async () => {
  await using stand = await open('walks through the folders')
  const intoGmail = '<change-folder>?<search>Gmail<enter><select-entry>'
  const { screen, code } = await mutt(stand, [intoGmail, '<search>Drafts<enter><select-entry><exit>'])
  expect(code).toBe(0)
  for (const folder of Object.keys(specialUses)) expect(screen).toContain(folder.replace('[Gmail]/', ''))
  expect(screen).toContain('only a header')
  expect(screen).toContain('=[Gmail]/Drafts [Msgs:1]')
  expect(stand.seen('imap.auth')).toMatchObject([
    {
      mechanism: 'OAUTHBEARER',
      initialResponse: true,
      message: 'n,a=alice@example.com,^Ahost=imap.gmail.com^Aport=993^Aauth=Bearer ‹access-token-1›^A^A',
      base64: 'canonical',
      result: 'accepted',
    },
  ])
  expect(stand.commands().filter((command) => /^(?:ENABLE|LIST|SELECT)/.test(command))).toEqual([
    'ENABLE UTF8=ACCEPT',
    'LIST "" ""',
    'SELECT "INBOX"',
    'LIST "" "%" RETURN (CHILDREN)',
    'LIST "" "[Gmail]" RETURN (CHILDREN)',
    'LIST "" "[Gmail]/%" RETURN (CHILDREN)',
    'SELECT "[Gmail]/Drafts"',
  ])
  expect(stand.problems()).toEqual([])
})

test('mutt copies every message of every folder to the user’s own', async () => {
  await using stand = await open('copies everything')
  const filled = Object.entries(messagesIn).filter(([, { length }]) => length > 0)
  const keys = filled.map(
    ([folder], index) =>
      `<change-folder>=${typed(folder)}<enter><tag-pattern>~A<enter><tag-prefix><copy-message>~/mail/${index}<enter>`,
  )
  expect(await mutt(stand, [...keys, '<exit>'])).toMatchObject({ code: 0 })
  for (const [index, [folder, messages]] of filled.entries()) {
    const names = Object.keys(await messagesInMaildir(stand.file(`mail/${index}`), added)).toSorted()
    expect({ folder, names }).toEqual({ folder, names: messages.map(stored).toSorted() })
  }
  // It asks for names as they are, and keeps a mark of its own for what its user saw and did not read.
  expect(stand.commands()).toContain('SELECT "Été"')
  expect(stand.marks().filter((mark) => !mark.endsWith('+Old by STORE'))).toEqual([])
  expect(stand.problems()).toEqual([])
})

test('mutt marks, copies, moves, appends and searches', async () => {
  await using stand = await open('changes the mailbox')
  for (const part of ['cur', 'new', 'tmp']) await mkdir(stand.file(`mail/out/${part}`), { recursive: true })
  await writeFile(stand.file('mail/out/new/1.2.example'), withoutCr(octetsOf('eight-bit')))
  const { screen, code } = await mutt(stand, [
    '<jump>2<enter><flag-message>',
    '<jump>6<enter><copy-message>=Été<enter>',
    '<jump>1<enter><save-message>=[Gmail]/Trash<enter><sync-mailbox>',
    '<change-folder>~/mail/out<enter><copy-message>=[Gmail]/Drafts<enter>',
    '<change-folder>=INBOX<enter><limit>=b parcel<enter><exit>',
  ])
  expect(code).toBe(0)
  expect(stand.marks()).toContain('INBOX 2 +\\Flagged by STORE')
  expect(stand.at('Été', 2)).toBe('lookalike')
  expect(stand.at('[Gmail]/Trash', 1)).toBe('plain')
  expect(stand.at('INBOX', 1)).toBeUndefined()
  const appended = stand.gmail.messageBytes(alice, '[Gmail]/Drafts', 2)
  expect(messageWith(asSent(appended!, added))).toBe('eight-bit')
  expect(stand.commands()).toContain('UID SEARCH BODY "parcel"')
  expect(screen).toContain('Fwd: Delivery notice')
  expect(screen).toContain('=INBOX [Msgs:1/5 ')
  expect(stand.problems()).toEqual([])
})

test.each(['OAUTHBEARER', 'XOAUTH2'] as const)(
  'mutt answers the error challenge of %s with one octet, and tells its user',
  async (mechanism) => {
    await using stand = await open(`an expired token, ${mechanism}`)
    stand.gmail.offer([mechanism])
    stand.expireTokens()
    const { screen, code } = await mutt(stand, ['<exit>'])
    expect(code).toBe(0)
    expect(screen).toContain(`${mechanism} authentication failed.`)
    expect(stand.seen('imap.auth')).toMatchObject([{ mechanism, refusal: 'expired' }])
    expect(stand.seen('imap.challenge.reply')).toMatchObject([{ reply: 'x01', text: 'AQ==' }])
  },
)

test('mutt shows why the session ended, and logs in with the next token', async () => {
  await using stand = await open('the session ends')
  stand.renewAfter('SELECT')
  const { screen, code } = await mutt(stand, ['<change-folder>=Receipts<enter><exit>'])
  expect(code).toBe(0)
  expect(screen).toContain('Session expired, please login again.')
  expect(stand.seen('imap.auth')).toMatchObject([{ result: 'accepted' }, { result: 'accepted' }])
  expect(stand.seen('imap.mailbox')).toContainEqual(expect.objectContaining({ event: 'selected', folder: 'Receipts' }))
})

test.each([
  ['unknown-authority', 'an authority that nobody trusts'],
  ['wrong-name', 'WARNING: Server hostname does not match certificate'],
] as const)('mutt tells a server with %s nothing before its user has answered', async (flaw, words) => {
  await using stand = await open(`a certificate with ${flaw}`)
  stand.gmail.secure(flaw)
  const { screen, code } = await mutt(stand, ['<exit>'], 3)
  expect(code).toBe(137)
  expect(screen).toContain(words)
  expect(screen).toContain('(r)eject, accept (o)nce')
  expect(stand.seen('imap.cmd')).toEqual([])
})
