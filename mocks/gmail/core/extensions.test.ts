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
      `* 2 FETCH (UID 2 FLAGS (\\Seen) MODSEQ (${Number(highest) + 1}))`,
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
    expect(client.say(`c UID STORE 1,2 (UNCHANGEDSINCE ${before}) +FLAGS.SILENT (\\Flagged)`)).toEqual([
      expect.stringContaining('c OK [MODIFIED 1:2] Conditional Store Failed (Success)'),
    ])
    expect(client.say('d FETCH 1 FLAGS')[0]).toContain('FLAGS (\\Answered \\Seen)')
  })

  test('updates tell it once somebody asked for it', () => {
    const { client, gmail } = opened()
    const other = loggedIn(gmail)
    other.say('a SELECT INBOX')
    other.say('b STORE 1 +FLAGS (\\Flagged)')
    expect(client.say('a NOOP')[0]).toBe('* 1 FETCH (UID 1 FLAGS (\\Flagged \\Seen))')
    client.say('b STATUS INBOX (HIGHESTMODSEQ)')
    other.say('c STORE 1 -FLAGS (\\Flagged)')
    expect(client.say('c NOOP')[0]).toMatch(/^\* 1 FETCH \(UID 1 FLAGS \(\\Seen\) MODSEQ \(\d+\)\)$/)
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

describe('LIST with options (RFC 5258, RFC 5819, RFC 6154)', () => {
  test('only the special ones, with their status', () => {
    const { client } = opened()
    const answer = client.say('a LIST (SPECIAL-USE) "" "*" RETURN (STATUS (MESSAGES UNSEEN))')
    expect(answer).toHaveLength(7 * 2 + 1)
    expect(answer.slice(0, 2)).toEqual([
      '* LIST (\\HasNoChildren \\All) "/" "[Gmail]/All Mail"',
      '* STATUS "[Gmail]/All Mail" (MESSAGES 9 UNSEEN 5)',
    ])
  })

  test('several patterns, subscriptions', () => {
    const { client } = opened()
    client.say('a UNSUBSCRIBE Receipts')
    expect(client.say('b LIST (SUBSCRIBED) "" (INBOX "Receipts*") RETURN (CHILDREN)')).toEqual([
      '* LIST (\\HasNoChildren \\Subscribed) "/" "INBOX"',
      '* LIST (\\HasNoChildren \\Subscribed) "/" "Receipts/2026"',
      'b OK Success',
    ])
    expect(client.say('c LIST (SUBSCRIBED RECURSIVEMATCH) "" "R%"')[0]).toBe(
      '* LIST (\\HasChildren) "/" "Receipts" ("CHILDINFO" ("SUBSCRIBED"))',
    )
    expect(client.say('d LIST "" "Receipts" RETURN (SUBSCRIBED)')[0]).toBe('* LIST (\\HasChildren) "/" "Receipts"')
  })

  test.each(['LIST (RECURSIVEMATCH) "" *', 'LIST (X) "" *', 'LIST "" * RETURN (X)', 'LIST "" * RETURN'])(
    '%s is no command',
    (command) => {
      expect(opened().client.say(`a ${command}`)).toEqual([expect.stringMatching(/^a BAD/)])
    },
  )
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
  expect(answers.at(-1)).toEqual([expect.stringMatching(/^a NO \[ALERT\] Application-specific password required/)])
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

test('every capability that is announced is there', () => {
  const client = connect(openTestWorld().gmail)
  const before = client.say('a CAPABILITY')[0]
  expect(before).toBe(
    '* CAPABILITY IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID CHILDREN X-GM-EXT-1 SASL-IR AUTH=XOAUTH2 AUTH=PLAIN AUTH=OAUTHBEARER',
  )
  const inside = loggedIn(openTestWorld().gmail)
  expect(inside.say('a CAPABILITY')[0]).toBe(
    '* CAPABILITY IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID CHILDREN X-GM-EXT-1 UIDPLUS ENABLE MOVE CONDSTORE ESEARCH UTF8=ACCEPT LIST-EXTENDED LIST-STATUS LITERAL- SPECIAL-USE APPENDLIMIT=35651584',
  )
})
