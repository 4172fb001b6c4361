import { expect, test } from 'vitest'
import { folders, messagesIn } from './account.fixture.ts'
import { messagesRead, play } from './journey.fixture.ts'
import { type Stand, openStand } from './stand.fixture.ts'
import { openTranscript } from './transcript.fixture.ts'

const transcript = openTranscript('imapflow')
const open = (story: string): Promise<Stand> => openStand('imapflow', story, transcript)
const imapflow = (stand: Stand, story: string) => play(stand, 'imapflow/journey.ts', story)
const byItself = { stderr: '', code: 0 }
const login = { step: 'login', user: true }

test('imapflow logs in with OAUTHBEARER, finds the folders and reads every message', async () => {
  await using stand = await open('reads everything')
  const { told, ...ended } = await imapflow(stand, 'read')
  expect(ended).toEqual(byItself)
  expect(told[0]).toEqual(login)
  expect(told[1]).toEqual({
    step: 'list',
    folders: {
      ...folders,
      // It knows the special uses of RFC 6154 and no other, gives INBOX one, and lists the level above.
      '[Gmail]/Important': '',
      INBOX: '\\Inbox',
      '[Gmail]': '',
    },
  })
  expect(messagesRead(told)).toEqual(messagesIn)
  expect(stand.seen('imap.auth')).toMatchObject([
    {
      mechanism: 'OAUTHBEARER',
      initialResponse: true,
      message: 'n,a=alice@example.com,^Ahost=imap.gmail.com^Aport=993^Aauth=Bearer ‹access-token-1›^A^A',
      base64: 'canonical',
      result: 'accepted',
    },
  ])
  expect(stand.commands()).toContain('COMPRESS DEFLATE')
  expect(stand.commands()).toContain('ENABLE CONDSTORE UTF8=ACCEPT')
  expect(stand.marks()).toEqual([])
  expect(stand.problems()).toEqual([])
})

test('imapflow marks, labels, searches, copies, moves and appends', async () => {
  await using stand = await open('changes the mailbox')
  const { told, ...ended } = await imapflow(stand, 'change')
  expect(ended).toEqual(byItself)
  expect(told).toEqual([
    login,
    { step: 'mark', done: true },
    { step: 'label', done: true },
    { step: 'after that', flags: ['\\Flagged'], labels: ['\\Starred', 'Receipts/2026', 'Wichtiges'] },
    { step: 'search', uids: [4] },
    { step: 'search as Gmail does', uids: [4] },
    { step: 'copy', uids: [[6, 2]] },
    { step: 'move', uids: [[1, 1]] },
    { step: 'append', folder: '[Gmail]/Drafts', uid: 2 },
  ])
  expect(stand.marks()).toEqual(['INBOX 2 +\\Flagged by STORE'])
  expect(stand.at('Wichtiges', 1)).toBe('encoded-subject')
  expect(stand.at('Été', 2)).toBe('lookalike')
  expect(stand.at('[Gmail]/Trash', 1)).toBe('plain')
  expect(stand.at('INBOX', 1)).toBeUndefined()
  expect(stand.at('[Gmail]/Drafts', 2)).toBe('eight-bit')
  expect(stand.problems()).toEqual([])
})

test.each([
  {
    mechanism: 'OAUTHBEARER',
    reply: { reply: 'x01', text: 'AQ==' },
    refused: {
      responseText: expect.stringMatching(/^Lookup failed /),
      oauthError: { status: 'invalid_request', scope: 'https://mail.google.com/' },
    },
  },
  {
    mechanism: 'XOAUTH2',
    reply: { reply: 'empty', text: '' },
    refused: {
      responseText: 'Invalid credentials (Failure)',
      serverResponseCode: 'AUTHENTICATIONFAILED',
      oauthError: { status: '400', schemes: 'Bearer', scope: 'https://mail.google.com/' },
    },
  },
] as const)('imapflow answers the error challenge of $mechanism as its standard says', async (row) => {
  await using stand = await open(`an expired token, ${row.mechanism}`)
  stand.gmail.offer([row.mechanism])
  stand.expireTokens()
  const { told, ...ended } = await imapflow(stand, 'read')
  expect(ended).toEqual(byItself)
  expect(told).toEqual([{ step: 'login', message: 'Command failed', authenticationFailed: true, ...row.refused }])
  expect(stand.seen('imap.auth')).toMatchObject([{ mechanism: row.mechanism, refusal: 'expired' }])
  expect(stand.seen('imap.challenge.reply')).toMatchObject([row.reply])
})

test('imapflow, waiting for news, is told that the session ends, and can log in anew', async () => {
  await using stand = await open('the session ends')
  stand.renewAfter('IDLE')
  const { told, ...ended } = await imapflow(stand, 'wait')
  expect(ended).toEqual(byItself)
  expect(told).toEqual([
    login,
    { step: 'idle ended' },
    { step: 'a command after the end', message: 'Connection not available', code: 'NoConnection' },
    { step: 'login again', user: true },
  ])
  expect(stand.said()).toContain('* BYE Session expired, please login again.')
  expect(stand.seen('imap.bye')).toEqual([{ reason: 'session-expired' }, { reason: 'logout' }])
})

test.each([
  ['unknown-authority', 'self-signed certificate in certificate chain'],
  ['wrong-name', "Hostname/IP does not match certificate's altnames"],
] as const)('imapflow tells a server with %s nothing, and its user why', async (flaw, words) => {
  await using stand = await open(`a certificate with ${flaw}`)
  stand.gmail.secure(flaw)
  const { told, ...ended } = await imapflow(stand, 'read')
  expect(ended).toEqual(byItself)
  expect(told[0]).toMatchObject({ step: 'login', message: expect.stringContaining(words) })
  expect(stand.seen('imap.cmd')).toEqual([])
})
