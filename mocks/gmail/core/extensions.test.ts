import { describe, expect, test } from 'vitest'
import { alice, connect, loggedIn, openTestWorld } from '../gmail.fixture.ts'

function opened(command = 'SELECT INBOX') {
  const world = openTestWorld()
  const client = loggedIn(world.gmail)
  const answer = client.say(`s ${command}`)
  return { ...world, client, answer }
}

describe('CONDSTORE (RFC 7162)', () => {
  /** The modification sequence of a FETCH response. */
  const modSeqOf = (line: string | undefined): number => Number(/MODSEQ \((\d+)\)/.exec(line ?? '')?.[1])

  test('changed messages since a sequence, and only those', () => {
    const { client, answer } = opened('SELECT INBOX (CONDSTORE)')
    const [, highest] = /HIGHESTMODSEQ (\d+)/.exec(answer.join()) ?? []
    expect(client.say(`a FETCH 1:* (FLAGS) (CHANGEDSINCE ${highest})`)).toEqual(['a OK Success'])
    const changed = client.say('b STORE 2 +FLAGS.SILENT (\\Seen)')
    expect(modSeqOf(changed[0])).toBe(Number(highest) + 1)
    expect(client.say(`c UID FETCH 1:* (FLAGS) (CHANGEDSINCE ${highest})`)).toEqual([
      `* 2 FETCH (UID 2 MODSEQ (${Number(highest) + 1}) FLAGS (\\Seen))`,
      'c OK Success',
    ])
    expect(client.say(`d SEARCH MODSEQ ${Number(highest) + 1}`)[0]).toBe(`* SEARCH 2 (MODSEQ ${Number(highest) + 1})`)
    expect(client.say('e STATUS INBOX (HIGHESTMODSEQ)')[0]).toBe(
      `* STATUS "INBOX" (HIGHESTMODSEQ ${Number(highest) + 1})`,
    )
  })

  test('a store that comes too late is left out and told', () => {
    const { client } = opened()
    const before = modSeqOf(client.say('a FETCH 1 MODSEQ')[0])
    client.say('b STORE 1 +FLAGS (\\Answered)')
    expect(client.say(`c UID STORE 1,3 (UNCHANGEDSINCE ${before}) +FLAGS.SILENT (\\Flagged)`)).toEqual([
      expect.stringMatching(/^\* 1 FETCH \(UID 1 MODSEQ \(\d+\) FLAGS \(\\Answered \\Seen\)\)$/),
      expect.stringMatching(/^\* 3 FETCH \(UID 3 MODSEQ \(\d+\) FLAGS \(\\Flagged\)\)$/),
      'c OK [MODIFIED 1,3] Conditional Store Failed (Success)',
    ])
    expect(client.say('d FETCH 1 FLAGS')[0]).toContain('FLAGS (\\Answered \\Seen)')
  })

  test.each(['+FLAGS (\\Seen)', 'FLAGS (\\Seen)', '-FLAGS (\\Flagged)', '-FLAGS.SILENT (\\Deleted)'])(
    '%s on a message that has only \\Seen is no change',
    (change) => {
      const { client } = opened()
      const before = modSeqOf(client.say('a FETCH 1 MODSEQ')[0])
      client.say(`b STORE 1 ${change}`)
      expect(modSeqOf(client.say('c FETCH 1 MODSEQ')[0])).toBe(before)
      expect(client.say(`d STORE 1 (UNCHANGEDSINCE ${before}) +FLAGS.SILENT (\\Answered)`).at(-1)).toBe('d OK Success')
    },
  )

  test('updates tell it once somebody asked for it', () => {
    const { client, gmail } = opened()
    const other = loggedIn(gmail)
    other.say('a SELECT INBOX')
    other.say('b STORE 1 +FLAGS (\\Flagged)')
    expect(client.say('a NOOP')[0]).toBe('* 1 FETCH (UID 1 FLAGS (\\Flagged \\Seen))')
    client.say('b STATUS INBOX (HIGHESTMODSEQ)')
    other.say('c STORE 1 -FLAGS (\\Flagged)')
    expect(client.say('c NOOP')[0]).toMatch(/^\* 1 FETCH \(UID 1 MODSEQ \(\d+\) FLAGS \(\\Seen\)\)$/)
  })
})

describe('ESEARCH (RFC 4731)', () => {
  test.each([
    ['UID SEARCH RETURN () UNSEEN', '* ESEARCH (TAG "a") UID ALL 2:4,6'],
    ['SEARCH RETURN (MIN MAX COUNT) UNSEEN', '* ESEARCH (TAG "a") MIN 2 MAX 6 COUNT 4'],
    ['SEARCH RETURN (ALL COUNT) DELETED', '* ESEARCH (TAG "a") COUNT 0'],
  ])('%s', (command, answer) => {
    expect(opened().client.say(`a ${command}`)[0]).toBe(answer)
  })
})

describe('UTF8=ACCEPT (RFC 9755)', () => {
  test('names are plain after ENABLE, and only then', () => {
    const client = loggedIn(openTestWorld().gmail)
    expect(client.say('a SELECT "\xc3\x89t\xc3\xa9"')).toEqual([expect.stringMatching(/^a BAD/)])
    expect(client.say('b ENABLE UTF8=ACCEPT X-UNKNOWN CONDSTORE')).toEqual([
      '* ENABLED CONDSTORE UTF8=ACCEPT',
      'b OK Success',
    ])
    expect(client.say('c LIST "" "\xc3\x89*"')[0]).toBe('* LIST (\\HasNoChildren) "/" "\xc3\x89t\xc3\xa9"')
    expect(client.say('d SELECT "\xc3\x89t\xc3\xa9"').at(-1)).toBe(
      'd OK [READ-WRITE] \xc3\x89t\xc3\xa9 selected. (Success)',
    )
    expect(client.say('e SEARCH SUBJECT "caf\xc3\xa9"')[0]).toBe('* SEARCH 1')
    expect(client.say('f SEARCH CHARSET UTF-8 ALL')).toEqual([expect.stringMatching(/^f BAD/)])
    expect(client.say('g SELECT INBOX').at(-1)).toContain('g OK')
    expect(client.say('h FETCH 3 X-GM-LABELS')[0]).toContain('"\xc3\x89t\xc3\xa9"')
  })

  test('a message with UTF-8 in its header is appended', () => {
    const client = loggedIn(openTestWorld().gmail)
    client.say('a ENABLE UTF8=ACCEPT')
    expect(client.say('b APPEND INBOX UTF8 (~{12+}\r\nSubject: \xc3\xa9\n)')).toEqual([
      expect.stringMatching(/^b OK \[APPENDUID 1 7\]/),
    ])
  })
})

test('QUOTA (RFC 9208): one root for all folders', () => {
  const { client } = opened()
  expect(client.say('a GETQUOTAROOT INBOX')).toEqual([
    '* QUOTAROOT "INBOX" ""',
    '* QUOTA "" (STORAGE 5 15728640)',
    'a OK Success',
  ])
  expect(client.say('b GETQUOTA ""')).toEqual(['* QUOTA "" (STORAGE 5 15728640)', 'b OK Success'])
  expect(client.say('c GETQUOTA other')).toEqual([expect.stringMatching(/^c NO/)])
})

test('NAMESPACE and ID answer as Gmail’s do', () => {
  const { client } = opened()
  expect(client.say('a NAMESPACE')[0]).toBe('* NAMESPACE (("" "/")) NIL NIL')
  expect(client.say('b ID ("name" "test" "version" NIL)')[0]).toMatch(
    /^\* ID \("name" "GImap" "vendor" "Google, Inc\."/,
  )
})

test.each([
  ['with an initial response', (blob: string) => [`a AUTHENTICATE PLAIN ${blob}`]],
  ['without one', (blob: string) => ['a AUTHENTICATE PLAIN', blob]],
])('PLAIN is refused %s, and the password is not shown', (_, linesOf) => {
  const world = openTestWorld()
  const client = connect(world.gmail)
  const answers = linesOf(btoa(`\0${alice}\0correct-horse-battery`)).map((line) => client.say(line))
  expect(answers.at(-1)).toEqual([expect.stringMatching(/^a NO /)])
  expect(world.secrets.scanner.scanText(JSON.stringify(world.seal()))).toEqual([])
  expect(world.recorded('imap.auth')).toMatchObject([
    { mechanism: 'PLAIN', user: alice, refusal: 'password', message: `^@${alice}^@‹password-1›` },
  ])
})

test('a mechanism name that is none, perhaps a token in the wrong place, is not shown', () => {
  const world = openTestWorld()
  expect(connect(world.gmail).say('a AUTHENTICATE ya29.unregistered-token-in-the-wrong-place')[0]).toMatch(/^a BAD/)
  expect(JSON.stringify(world.seal()).toLowerCase()).not.toContain('unregistered')
})

/** What a client would send to use each capability, in a session with INBOX selected, and what it must not hear. */
const uses: Readonly<Record<string, string>> = {
  IMAP4rev1: 'NOOP',
  UNSELECT: 'UNSELECT',
  IDLE: 'IDLE\r\nDONE',
  NAMESPACE: 'NAMESPACE',
  QUOTA: 'GETQUOTAROOT INBOX',
  ID: 'ID NIL',
  XLIST: 'XLIST "" "*"',
  CHILDREN: 'LIST "" "%"',
  'X-GM-EXT-1': 'FETCH 1 (X-GM-MSGID X-GM-THRID X-GM-LABELS)',
  UIDPLUS: 'UID EXPUNGE 1',
  'COMPRESS=DEFLATE': 'COMPRESS DEFLATE',
  ENABLE: 'UNSELECT\r\na ENABLE CONDSTORE',
  MOVE: 'UID MOVE 1 "[Gmail]/Trash"',
  CONDSTORE: 'FETCH 1 FLAGS (CHANGEDSINCE 1)',
  ESEARCH: 'SEARCH RETURN (COUNT) ALL',
  'UTF8=ACCEPT': 'UNSELECT\r\na ENABLE UTF8=ACCEPT',
  'LIST-EXTENDED': 'LIST (SUBSCRIBED) "" ("*" "%") RETURN (CHILDREN)',
  'LIST-STATUS': 'LIST "" "*" RETURN (STATUS (MESSAGES))',
  'LITERAL-': 'STATUS {5+}\r\nINBOX (MESSAGES)',
  'SPECIAL-USE': 'LIST (SPECIAL-USE) "" "*" RETURN (SPECIAL-USE)',
  'APPENDLIMIT=35651584': 'STATUS INBOX (APPENDLIMIT)',
  XYZZY: 'XYZZY',
}

test('every capability that is announced is there', () => {
  const announced = (client: ReturnType<typeof connect>): string[] => client.say('a CAPABILITY')[0]!.split(' ').slice(2)
  const before = announced(connect(openTestWorld().gmail))
  const after = announced(loggedIn(openTestWorld().gmail))
  const mechanisms = before.filter((name) => /^(AUTH=|SASL-IR)/.test(name))
  expect(mechanisms).toEqual(['SASL-IR', 'AUTH=XOAUTH2', 'AUTH=PLAIN', 'AUTH=PLAIN-CLIENTTOKEN', 'AUTH=OAUTHBEARER'])
  for (const name of new Set([...before, ...after])) {
    if (mechanisms.includes(name)) continue
    const answer = opened().client.send(`a ${uses[name]}\r\n`)
    expect(answer, name).toMatch(/^a OK .*\r\n$/m)
    expect(answer, name).not.toMatch(/^a (NO|BAD)/m)
  }
  expect(Object.keys(uses).filter((name) => !before.includes(name) && !after.includes(name))).toEqual([])
})
