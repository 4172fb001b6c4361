import { describe, expect, test } from 'vitest'
import { type Answers, ScriptedServer, loggedIn, openProxied } from './scripted-server.fixture.ts'

const on =
  (wanted: string, ...lines: readonly string[]): Answers =>
  (command) =>
    command === wanted ? lines : undefined

describe('what the front answers itself', () => {
  test('capabilities are what the server and Gmail both have, and the front’s own', async () => {
    const { login, say, server } = await openProxied()
    const before = await say('a CAPABILITY')
    expect(before[0]).toBe(
      '* CAPABILITY IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST SASL-IR AUTH=XOAUTH2 AUTH=PLAIN AUTH=PLAIN-CLIENTTOKEN AUTH=OAUTHBEARER',
    )
    const own =
      '* CAPABILITY IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST UIDPLUS COMPRESS=DEFLATE ENABLE MOVE CONDSTORE LITERAL- SPECIAL-USE APPENDLIMIT=35651584'
    expect(await login()).toEqual([own, 'login OK alice@example.com authenticated (Success)'])
    expect(await say('b CAPABILITY')).toEqual([own, 'b OK Success'])
    expect(server.commands).toEqual([])
  })

  test('ID, NAMESPACE with the server’s delimiter, and ENABLE of what the server has', async () => {
    const server = new ScriptedServer()
    server.answers = on('LIST "" ""', '* LIST (\\Noselect) "." ""', '{tag} OK done')
    const { say } = await loggedIn(undefined, server)
    expect(await say('a NAMESPACE')).toEqual(['* NAMESPACE (("" ".")) NIL NIL', 'a OK Success'])
    expect((await say('b ID NIL'))[0]).toContain('"name" "GImap"')
    expect(await say('c ENABLE CONDSTORE UTF8=ACCEPT X-GOOD')).toEqual(['* ENABLED CONDSTORE', 'c OK Success'])
    expect(server.commands).toEqual(['ENABLE CONDSTORE'])
  })

  test.each([
    ['UNSELECT', 'a BAD Unknown command'],
    ['IDLE', 'a BAD Unknown command'],
    ['XYZZY', 'a BAD Unknown command'],
    ['SORT (DATE) UTF-8 ALL', 'a BAD Unknown command'],
    ['FETCH 1 (X-GM-MSGID)', 'a BAD Could not parse command'],
    ['FETCH 1 (MODSEQ)', 'a BAD Could not parse command'],
    ['SEARCH X-GM-RAW "lunch"', 'a BAD Could not parse command'],
    ['UID SEARCH RETURN (ALL) ALL', 'a BAD Could not parse command'],
    ['UID STORE 1 +X-GM-LABELS (Work)', 'a BAD Could not parse command'],
    ['SELECT INBOX (CONDSTORE)', 'a BAD Could not parse command'],
    ['LIST "" "*" RETURN (STATUS (MESSAGES))', 'a BAD Could not parse command'],
    ['AUTHENTICATE PLAIN', 'a BAD AUTHENTICATE not allowed now.'],
  ])('%s is refused as Gmail refuses it, and reaches no server that has not got it', async (command, answer) => {
    const server = new ScriptedServer()
    server.capabilities = 'IMAP4rev1'
    const { say, world } = await loggedIn(undefined, server)
    await say('s SELECT INBOX')
    server.commands.splice(0)
    expect(await say(`a ${command}`)).toEqual([answer])
    expect(server.commands).toEqual([])
    expect(world.recorded('imap.cmd').at(-1)).toMatchObject({ tag: 'a', problem: expect.any(String) })
  })

  test('what only looks like an extension is none', async () => {
    const server = new ScriptedServer()
    server.capabilities = 'IMAP4rev1'
    const { say } = await loggedIn(undefined, server)
    await say('s SELECT INBOX', 'a SEARCH SUBJECT "X-GM-RAW MODSEQ"', 'b STATUS "HIGHESTMODSEQ" (MESSAGES)')
    expect(server.commands).toEqual([
      'SELECT INBOX',
      'SEARCH SUBJECT "X-GM-RAW MODSEQ"',
      'STATUS "HIGHESTMODSEQ" (MESSAGES)',
    ])
  })
})

describe('responses', () => {
  test.each([
    ['an atom', ['* LIST () "/" Work'], ['* LIST () "/" "Work"']],
    ['an atom in brackets', ['* LSUB (\\Seen) NIL [Gmail]/X'], ['* LSUB (\\Seen) NIL "[Gmail]/X"']],
    ['a special folder', ['* LIST (\\X) "/" [Gmail]/Drafts'], ['* LIST (\\Drafts \\X) "/" "[Gmail]/Drafts"']],
    ['quotation marks', ['* LIST () "/" "a \\"b\\\\"'], ['* LIST () "/" "a \\"b\\\\"']],
    ['a literal', ['* LIST () "/" {4}\r\na"b\\'], ['* LIST () "/" "a\\"b\\\\"']],
    [
      'a literal that quotation marks cannot hold',
      ['* LIST () "/" {2}\r\n\xc3\xa9'],
      ['* LIST () "/" {2}', '\xc3\xa9'],
    ],
    [
      'more behind it',
      ['* LIST () "/" A ("CHILDINFO" ("SUBSCRIBED"))'],
      ['* LIST () "/" "A" ("CHILDINFO" ("SUBSCRIBED"))'],
    ],
    ['STATUS', ['* STATUS [Gmail]/X (MESSAGES 3)'], ['* STATUS "[Gmail]/X" (MESSAGES 3)']],
    ['QUOTAROOT', ['* QUOTAROOT INBOX User'], ['* QUOTAROOT "INBOX" User']],
    ['capabilities', ['* CAPABILITY SORT', '* OK [CAPABILITY SORT] x', '* ENABLED X'], []],
    ['what no front knows', ['* X-NEW (1 2)', '* NO [ALERT] full {3}'], ['* X-NEW (1 2)', '* NO [ALERT] full {3}']],
  ])('%s', async (_, said, told) => {
    const { say } = await loggedIn(on('NOOP', ...said, '{tag} OK [CAPABILITY SORT] done'))
    expect(await say('a NOOP')).toEqual([...told, 'a OK done'])
  })

  test('XLIST and LIST of special uses alone are the front’s own over LIST', async () => {
    const lines = [
      '* LIST (\\HasNoChildren) "/" INBOX',
      '* LIST () "/" [Gmail]/Spam',
      '* LIST () "/" Work',
      '{tag} OK done',
    ]
    const { say, server } = await loggedIn(on('LIST "" "*"', ...lines))
    expect(await say('a XLIST "" "*"')).toEqual([
      '* XLIST (\\HasNoChildren \\Inbox) "/" "Inbox"',
      '* XLIST (\\Spam) "/" "[Gmail]/Spam"',
      '* XLIST () "/" "Work"',
      'a OK done',
    ])
    const spam = ['* LIST (\\Junk) "/" "[Gmail]/Spam"', 'b OK done']
    expect(await say('b LIST (SPECIAL-USE) "" "*"')).toEqual(spam)
    expect(await say('c LIST "" "*" RETURN (SPECIAL-USE)')).toEqual([
      '* LIST (\\HasNoChildren) "/" "INBOX"',
      ...spam.slice(0, 1),
      '* LIST () "/" "Work"',
      'c OK done',
    ])
    expect(server.commands).toEqual(['LIST "" "*"', 'LIST "" "*"', 'LIST "" "*"'])
  })

  test('the tag in ESEARCH is the client’s', async () => {
    const server = new ScriptedServer()
    server.capabilities += ' ESEARCH'
    const { say } = await loggedIn(
      on('UID SEARCH RETURN (ALL) ALL', '* ESEARCH (TAG "{tag}") UID ALL 1:3', '{tag} OK done'),
      server,
    )
    await say('s SELECT INBOX')
    expect(await say('mine UID SEARCH RETURN (ALL) ALL')).toEqual([
      '* ESEARCH (TAG "mine") UID ALL 1:3',
      'mine OK done',
    ])
  })

  test('literals cross as they are, whatever is in them and however they are cut', async () => {
    const body = 'a NOOP\r\n* BYE {3}\r\n\x00\xff'
    const { say, server, client, world } = await loggedIn(on('UID FETCH 1 (BODY.PEEK[])'))
    server.answers = (command) => (command.startsWith('UID FETCH') ? [] : undefined)
    await say('s SELECT INBOX', 'a UID FETCH 1 (BODY.PEEK[])')
    for (const octet of `* 1 FETCH (UID 1 BODY[] {${body.length}}\r\n${body})\r\n`) server.last.send(octet)
    expect(client.heard()).toBe(`* 1 FETCH (UID 1 BODY[] {${body.length}}\r\n${body})\r\n`)
    expect(world.recorded('imap.line.out').at(-1)).toEqual({
      line: '* 1 FETCH (UID 1 BODY[] ‹literal of 21 octets›)',
    })
  })
})

describe('literals of a client', () => {
  const create = ['CREATE {4+}', 'Work'] as const

  test.each([
    ['IMAP4rev1 LITERAL+', ['CREATE {4+}Work']],
    ['IMAP4rev1 LITERAL-', ['CREATE {4+}Work']],
    ['IMAP4rev1', ['CREATE {4}Work']],
  ])('travel as the server takes them: %s', async (capabilities, sent) => {
    const server = new ScriptedServer()
    server.capabilities = capabilities
    const {
      say,
      server: { commands },
    } = await loggedIn((_, literals) => [`{tag} OK ${literals.join()}`], server)
    expect(await say(`a ${create[0]}`, create[1])).toEqual(['a OK Work'])
    expect(commands.map((command, at) => command + (at === 0 ? 'Work' : ''))).toEqual(sent)
  })

  test('a server that refuses before it has asked gets no literal', async () => {
    const server = new ScriptedServer()
    server.capabilities = 'IMAP4rev1'
    const { say } = await loggedIn(undefined, server)
    server.refusesLiterals = '{tag} NO [TRYCREATE] no'
    expect(await say('a APPEND Work {3}', 'abc')).toEqual(['+ go ahead', 'a NO [TRYCREATE] no'])
    expect(await say('b NOOP')).toEqual(['b OK done'])
  })
})
