import { expect, test } from 'vitest'
import { folders, messagesIn } from './account.fixture.ts'
import { messagesRead, play } from './journey.fixture.ts'
import { type Stand, openStand } from './stand.fixture.ts'
import { openTranscript } from './transcript.fixture.ts'

const transcript = openTranscript('node-imap')
const open = (story: string): Promise<Stand> => openStand('node-imap', story, transcript)
const nodeImap = (stand: Stand, story: string) => play(stand, 'node-imap/journey.ts', story)
const byItself = { stderr: '', code: 0 }
const login = { step: 'login' }
const close = { step: 'close', hadError: false }

test('node-imap logs in with XOAUTH2, finds the folders and reads every message', async () => {
  await using stand = await open('reads everything')
  const { told, ...ended } = await nodeImap(stand, 'read')
  expect(ended).toEqual(byItself)
  expect(told.slice(0, 2)).toEqual([login, { step: 'list', folders }])
  expect(messagesRead(told)).toEqual(messagesIn)
  expect(told.at(-1)).toEqual(close)
  expect(stand.seen('imap.auth')).toMatchObject([
    {
      mechanism: 'XOAUTH2',
      initialResponse: true,
      message: 'user=alice@example.com^Aauth=Bearer ‹access-token-1›^A^A',
      base64: 'canonical',
      result: 'accepted',
    },
  ])
  expect(stand.marks()).toEqual([])
  expect(stand.problems()).toEqual([])
})

test('node-imap marks, labels, searches, copies, moves and appends', async () => {
  await using stand = await open('changes the mailbox')
  const { told, ...ended } = await nodeImap(stand, 'change')
  expect(ended).toEqual(byItself)
  expect(told).toEqual([
    login,
    { step: 'mark' },
    { step: 'label' },
    { step: 'search', uids: [4] },
    { step: 'search as Gmail does', uids: [4] },
    { step: 'copy' },
    { step: 'move' },
    { step: 'append' },
    close,
  ])
  expect(stand.marks()).toEqual(['INBOX 2 +\\Flagged by STORE'])
  expect(stand.at('Wichtiges', 1)).toBe('encoded-subject')
  expect(stand.at('Été', 2)).toBe('lookalike')
  expect(stand.at('[Gmail]/Trash', 1)).toBe('plain')
  expect(stand.at('INBOX', 1)).toBeUndefined()
  expect(stand.at('[Gmail]/Drafts', 2)).toBe('eight-bit')
  expect(stand.problems()).toEqual([])
})

test('node-imap answers the error challenge with an empty line, and tells its user', async () => {
  await using stand = await open('a revoked token')
  stand.revokeToken()
  const { told, ...ended } = await nodeImap(stand, 'read')
  expect(ended).toEqual(byItself)
  expect(told).toEqual([
    {
      step: 'error',
      message: 'Invalid credentials (Failure)',
      source: 'authentication',
      textCode: 'AUTHENTICATIONFAILED',
    },
    close,
  ])
  expect(stand.seen('imap.auth')).toMatchObject([{ mechanism: 'XOAUTH2', refusal: 'revoked' }])
  expect(stand.seen('imap.challenge.reply')).toMatchObject([{ reply: 'empty', text: '' }])
})

test('node-imap does not tell its user why the session ended', async () => {
  await using stand = await open('the session ends')
  stand.expireAfter('IDLE')
  const { told, ...ended } = await nodeImap(stand, 'wait')
  expect(ended).toEqual(byItself)
  expect(told).toEqual([login, close])
  expect(stand.said()).toContain('* BYE Session expired, please login again.')
  expect(stand.seen('imap.bye')).toEqual([{ reason: 'session-expired' }])
})

test.each([
  ['unknown-authority', 'self-signed certificate in certificate chain'],
  ['wrong-name', "Hostname/IP does not match certificate's altnames"],
] as const)('node-imap tells a server with %s nothing, and its user why', async (flaw, words) => {
  await using stand = await open(`a certificate with ${flaw}`)
  stand.gmail.secure(flaw)
  const { told, ...ended } = await nodeImap(stand, 'read')
  expect(ended).toEqual(byItself)
  expect(told[0]).toMatchObject({ step: 'error', message: expect.stringContaining(words), source: 'socket' })
  expect(stand.seen('imap.cmd')).toEqual([])
})
