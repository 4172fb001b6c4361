import { expect, test } from 'vitest'
import { folders, foldersIn, fromTheWire, messagesIn } from './account.fixture.ts'
import { messagesRead, play } from './journey.fixture.ts'
import { type Stand, openStand } from './stand.fixture.ts'
import { openTranscript } from './transcript.fixture.ts'

const transcript = openTranscript('imaplib')
const open = (story: string): Promise<Stand> => openStand('imaplib', story, transcript)
const imaplib = (stand: Stand, story: string) => play(stand, 'imaplib/journey.py', story)
const byItself = { stderr: '', code: 0 }
const login = { step: 'login', answer: ['OK', 'alice@example.com authenticated (Success)'] }
const loggedOut = { step: 'logout', answer: ['BYE', 'LOGOUT Requested'] }

test('imaplib logs in with XOAUTH2, finds the folders and reads every message', async () => {
  await using stand = await open('reads everything')
  const { told, ...ended } = await imaplib(stand, 'read')
  expect(ended).toEqual(byItself)
  expect(told[0]).toEqual(login)
  expect(foldersIn(told[1]!['lines'] as string[])).toEqual(folders)
  const read = Object.entries(messagesRead(told)).map(([folder, messages]) => [fromTheWire(folder), messages])
  expect(Object.fromEntries(read)).toEqual(messagesIn)
  expect(told.at(-1)).toEqual(loggedOut)
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

test('imaplib marks, labels, searches, copies, moves and appends', async () => {
  await using stand = await open('changes the mailbox')
  const { told, ...ended } = await imaplib(stand, 'change')
  expect(ended).toEqual(byItself)
  expect(told).toEqual([
    login,
    { step: 'mark', answer: ['OK', '2 (UID 2 FLAGS (\\Flagged))'] },
    { step: 'label', answer: ['OK', '2 (X-GM-LABELS ("\\\\Starred" Receipts/2026 Wichtiges) UID 2)'] },
    { step: 'search', answer: ['OK', '4'] },
    { step: 'search as Gmail does', answer: ['OK', '4'] },
    { step: 'search with a literal', answer: ['OK', '2'] },
    { step: 'copy', answer: ['OK', null] },
    { step: 'move', answer: ['OK', null] },
    { step: 'append', answer: ['OK', '[APPENDUID 3 2] (Success)'] },
    loggedOut,
  ])
  expect(stand.marks()).toEqual(['INBOX 2 +\\Flagged by STORE'])
  expect(stand.at('Wichtiges', 1)).toBe('encoded-subject')
  expect(stand.at('Été', 2)).toBe('lookalike')
  expect(stand.at('[Gmail]/Trash', 1)).toBe('plain')
  expect(stand.at('INBOX', 1)).toBeUndefined()
  expect(stand.at('[Gmail]/Drafts', 2)).toBe('eight-bit')
  expect(stand.problems()).toEqual([])
})

const invalid = '[AUTHENTICATIONFAILED] Invalid credentials (Failure)'
const aborted = /^AUTHENTICATE command error: BAD \[b'Client aborted AUTHENTICATE command\. \S+'\]$/

test.each([
  { callback: 'answers the challenge', story: 'answer', reply: 'empty', text: '', message: invalid },
  { callback: 'ignores the challenge', story: 'resend', reply: 'resend', text: '‹the same message›', message: invalid },
  { callback: 'gives up', story: 'cancel', reply: 'cancel', text: '*', message: expect.stringMatching(aborted) },
])('imaplib raises an error when its token is refused and the callback $callback', async (row) => {
  await using stand = await open(`an expired token, the callback ${row.callback}`)
  stand.expireTokens()
  const { told, ...ended } = await imaplib(stand, row.story)
  expect(ended).toEqual(byItself)
  expect(told).toMatchObject([
    { step: 'login', class: 'imaplib.error', message: row.message },
    { step: 'logout', answer: ['BYE', expect.stringMatching(/^Logout Requested /)] },
  ])
  expect(stand.seen('imap.auth')).toMatchObject([{ mechanism: 'XOAUTH2', refusal: 'expired' }])
  expect(stand.seen('imap.challenge.reply')).toMatchObject([{ reply: row.reply, text: row.text }])
})

test('imaplib raises an error of another class when the session has ended', async () => {
  await using stand = await open('the session ends')
  stand.expireAfter('NOOP')
  const { told, ...ended } = await imaplib(stand, 'wait')
  expect(ended).toEqual(byItself)
  expect(told).toMatchObject([
    login,
    { step: 'first poll', answer: ['OK', 'Success'] },
    {
      step: 'second poll',
      class: 'imaplib.abort',
      message: 'command: NOOP => Session expired, please login again.',
    },
    { step: 'logout', answer: ['BYE', 'Session expired, please login again.'] },
  ])
  expect(stand.seen('imap.bye')).toEqual([{ reason: 'session-expired' }])
})

test.each([
  ['unknown-authority', 'self-signed certificate in certificate chain'],
  ['wrong-name', "Hostname mismatch, certificate is not valid for 'imap.gmail.com'"],
] as const)('imaplib, with a context, tells a server with %s nothing, and its user why', async (flaw, words) => {
  await using stand = await open(`a certificate with ${flaw}`)
  stand.gmail.secure(flaw)
  const { stderr, code } = await imaplib(stand, 'read')
  expect(code).toBe(1)
  expect(stderr).toContain(`certificate verify failed: ${words}`)
  expect(stand.seen('imap.cmd')).toEqual([])
})
