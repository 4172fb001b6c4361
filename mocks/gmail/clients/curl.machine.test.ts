import { readFile, writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { folders, foldersIn, messageWith, messagesIn, octetsOf, onTheWire } from './account.fixture.ts'
import type { Ended } from '../../doors/namespace.fixture.ts'
import { type Stand, openStand } from './stand.fixture.ts'
import { openTranscript } from './transcript.fixture.ts'

const transcript = openTranscript('curl')
const open = (story: string): Promise<Stand> => openStand('curl', story, transcript)

/** The token is in a file that only its owner reads: a command line is everybody's to see. */
async function curl(stand: Stand, ...args: readonly string[]): Promise<Ended> {
  const token = await readFile(stand.file('token'), 'utf8')
  await writeFile(stand.file('bearer'), `oauth2-bearer = "${token}"\n`, { mode: 0o600 })
  return stand.run('/usr/bin/curl', ['--config', 'bearer', ...args])
}

const urlOf = (folder: string, rest = ''): string =>
  `imaps://imap.gmail.com/${encodeURIComponent(onTheWire(folder))}${rest}`
const output = ({ stdout, stderr, code }: Ended) => ({ stdout: stdout.toString(), stderr, code })

test('curl logs in with OAUTHBEARER and lists the folders', async () => {
  await using stand = await open('lists the folders')
  const { stdout, stderr, code } = output(await curl(stand, urlOf('')))
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 })
  expect(foldersIn(stdout.split('\r\n').slice(0, -1))).toEqual(folders)
  expect(stand.seen('tls.done')).toMatchObject([{ sni: 'imap.gmail.com', version: 'TLSv1.3' }])
  expect(stand.seen('imap.auth')).toMatchObject([
    {
      mechanism: 'OAUTHBEARER',
      initialResponse: true,
      message: 'n,a=alice@example.com,^Ahost=imap.gmail.com^Aport=993^Aauth=Bearer ‹access-token-1›^A^A',
      base64: 'canonical',
      result: 'accepted',
    },
  ])
  expect(stand.commands()).toEqual(['CAPABILITY', 'AUTHENTICATE OAUTHBEARER ‹initial response›', 'LIST "" *', 'LOGOUT'])
})

test('curl reads every message of every folder, octet by octet', async () => {
  await using stand = await open('reads every message')
  const filled = Object.entries(messagesIn).filter(([, { length }]) => length > 0)
  const urls = filled.flatMap(([folder, { length }], index) => [
    ...['--output', `mail/${index}-#1`],
    urlOf(folder, `/;UID=[1-${length}]`),
  ])
  expect(output(await curl(stand, ...urls))).toEqual({ stdout: '', stderr: '', code: 0 })
  for (const [index, [folder, messages]] of filled.entries()) {
    const files = messages.map((_, message) => stand.file(`mail/${index}-${message + 1}`))
    const found = await Promise.all(files.map(async (file) => messageWith(await readFile(file))))
    expect({ folder, found }).toEqual({ folder, found: messages })
  }
  // One connection for all of it.
  expect(stand.seen('imap.auth')).toHaveLength(1)
  // It knows no BODY.PEEK, and so marks what it reads (RFC 3501 §6.4.5).
  expect(stand.commands()).toContain('UID FETCH 2 BODY[]')
  expect(stand.marks()).toContain('INBOX 2 +\\Seen by FETCH')
})

test('curl marks, copies, moves, searches and appends', async () => {
  await using stand = await open('changes the mailbox')
  const marked = await curl(stand, urlOf('INBOX'), '--request', 'UID STORE 2 +FLAGS (\\Flagged)')
  expect(output(marked)).toEqual({ stdout: '* 2 FETCH (UID 2 FLAGS (\\Flagged))\r\n', stderr: '', code: 0 })
  expect(stand.marks()).toEqual(['INBOX 2 +\\Flagged by STORE'])

  const copied = await curl(stand, urlOf('INBOX'), '--request', `UID COPY 6 ${onTheWire('Été')}`)
  expect(output(copied)).toEqual({ stdout: '', stderr: '', code: 0 })
  const moved = await curl(stand, urlOf('INBOX'), '--request', 'UID MOVE 1 "[Gmail]/Trash"')
  expect(output(moved)).toEqual({ stdout: '* 1 EXPUNGE\r\n', stderr: '', code: 0 })
  const found = await curl(stand, urlOf('INBOX', '?SUBJECT%20Minutes'))
  expect(output(found)).toEqual({ stdout: '* SEARCH 3\r\n', stderr: '', code: 0 })

  await writeFile(stand.file('new.eml'), octetsOf('eight-bit'))
  const appended = await curl(stand, urlOf('Receipts'), '--upload-file', 'new.eml')
  expect(output(appended)).toEqual({ stdout: '', stderr: '', code: 0 })
  expect(stand.commands()).toContain('APPEND Receipts (\\Seen) ‹literal of 327 octets›')

  expect(stand.at('Été', 2)).toBe('lookalike')
  expect(stand.at('[Gmail]/Trash', 1)).toBe('plain')
  expect(stand.at('INBOX', 1)).toBeUndefined()
  expect(stand.at('Receipts', 2)).toBe('eight-bit')
})

test('curl answers the error challenge of OAUTHBEARER with one octet, and tells its user', async () => {
  await using stand = await open('an expired token, OAUTHBEARER')
  stand.expireTokens()
  expect(output(await curl(stand, urlOf('INBOX')))).toEqual({
    stdout: '',
    stderr: 'curl: (67) Login denied\n',
    code: 67,
  })
  expect(stand.seen('imap.auth')).toMatchObject([{ mechanism: 'OAUTHBEARER', result: 'refused', refusal: 'expired' }])
  expect(stand.seen('imap.challenge.reply')).toMatchObject([{ reply: 'x01', text: 'AQ==' }])
  expect(stand.said()).toContainEqual(expect.stringMatching(/^A002 NO Lookup failed /))
})

test('curl hangs up at the error challenge of XOAUTH2', async () => {
  await using stand = await open('a revoked token, XOAUTH2')
  stand.gmail.offer(['XOAUTH2'])
  stand.revokeToken()
  expect(output(await curl(stand, urlOf('INBOX')))).toEqual({
    stdout: '',
    stderr: 'curl: (67) Login denied\n',
    code: 67,
  })
  expect(stand.seen('imap.auth')).toMatchObject([{ mechanism: 'XOAUTH2', result: 'refused', refusal: 'revoked' }])
  expect(stand.seen('imap.challenge.reply')).toMatchObject([{ reply: 'closed' }])
})

test('curl takes the end of a session for a broken answer, and logs in again for the next message', async () => {
  await using stand = await open('the session ends')
  stand.expireAfter('SELECT')
  const ended = output(await curl(stand, '--output', 'mail/#1', urlOf('INBOX', '/;UID=[1-2]')))
  expect(ended).toMatchObject({ stdout: '', code: 67 })
  expect(ended.stderr).toMatch(/^curl: \(56\) .*\ncurl: \(67\) Login denied\n$/)
  expect(stand.said()).toContain('* BYE Session expired, please login again.')
  expect(stand.seen('imap.bye')).toEqual([{ reason: 'session-expired' }])
  expect(stand.seen('imap.auth')).toMatchObject([{ result: 'accepted' }, { refusal: 'expired' }])
})

test.each([
  ['unknown-authority', 'SSL certificate problem: self-signed certificate in certificate chain'],
  ['wrong-name', "SSL: no alternative certificate subject name matches target host name 'imap.gmail.com'"],
] as const)('curl tells a server with %s nothing, and its user why', async (flaw, words) => {
  await using stand = await open(`a certificate with ${flaw}`)
  stand.gmail.secure(flaw)
  const { stderr, code } = await curl(stand, urlOf('INBOX'))
  expect(code).toBe(60)
  expect(stderr).toContain(`curl: (60) ${words}\n`)
  expect(stand.seen('imap.cmd')).toEqual([])
})
