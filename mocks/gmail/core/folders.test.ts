import { describe, expect, test } from 'vitest'
import type { MailSetup } from '../../../harness/model/mail-setup.ts'
import { loggedIn, openTestWorld } from '../gmail.fixture.ts'

const opened = (mail: MailSetup = {}) => {
  const world = openTestWorld(undefined, mail)
  return { ...world, client: loggedIn(world.gmail) }
}
type Client = ReturnType<typeof opened>['client']

const namesIn = (answer: readonly string[]): string[] =>
  answer.flatMap((line) => /^\* X?L(?:IST|SUB) \(.*\) "\/" "(.*)"/.exec(line)?.[1] ?? [])
const exists = (client: Client, folder: string): string =>
  /MESSAGES (\d+)/.exec(client.say(`? STATUS "${folder}" (MESSAGES)`)[0]!)?.[1] ?? 'none'

describe('LIST', () => {
  test('has Gmail’s words and order, every name quoted', () => {
    expect(opened().client.say('a LIST "" "*"')).toEqual([
      '* LIST (\\HasNoChildren) "/" "INBOX"',
      '* LIST (\\HasNoChildren) "/" "Muy Importante"',
      '* LIST (\\HasChildren) "/" "Receipts"',
      '* LIST (\\HasNoChildren) "/" "Receipts/2026"',
      '* LIST (\\HasChildren \\Noselect) "/" "[Gmail]"',
      '* LIST (\\All \\HasNoChildren) "/" "[Gmail]/All Mail"',
      '* LIST (\\Drafts \\HasNoChildren) "/" "[Gmail]/Drafts"',
      '* LIST (\\HasNoChildren \\Important) "/" "[Gmail]/Important"',
      '* LIST (\\HasNoChildren \\Sent) "/" "[Gmail]/Sent Mail"',
      '* LIST (\\HasNoChildren \\Junk) "/" "[Gmail]/Spam"',
      '* LIST (\\Flagged \\HasNoChildren) "/" "[Gmail]/Starred"',
      '* LIST (\\HasNoChildren \\Trash) "/" "[Gmail]/Trash"',
      // Behind all of ASCII, as the decoded name is.
      '* LIST (\\HasNoChildren) "/" "&AMk-t&AOk-"',
      'a OK Success',
    ])
  })

  test.each([
    ['LIST "" %', ['INBOX', 'Muy Importante', 'Receipts', '[Gmail]', '&AMk-t&AOk-']],
    ['LIST "" [Gmail]/S%', ['[Gmail]/Sent Mail', '[Gmail]/Spam', '[Gmail]/Starred']],
    ['LIST "Receipts/" %', ['Receipts/2026']],
    ['LIST "" inbox', ['INBOX']],
    ['LIST "" nothing', []],
    ['LIST "" ""', ['/']],
    ['LIST () "" ("" INBOX)', ['INBOX']],
    ['LIST "" (INBOX Receipts*)', ['INBOX', 'Receipts', 'Receipts/2026']],
    ['LIST (REMOTE) "" INBOX', ['INBOX']],
    ['LIST (SPECIAL-USE SUBSCRIBED) "" "[Gmail]/A%" RETURN (SPECIAL-USE)', ['[Gmail]/All Mail']],
    ['LSUB "" "R%"', ['Receipts']],
    ['XLIST "" "[Gmail]/All*"', ['[Gmail]/All Mail']],
  ])('%s', (command, names) => {
    expect(namesIn(opened().client.say(`a ${command}`))).toEqual(names)
  })

  test('tells children and special uses, and status where it is asked for', () => {
    expect(opened().client.say('a LIST (SPECIAL-USE) "" "[Gmail]/A*" RETURN (STATUS (MESSAGES UNSEEN))')).toEqual([
      '* LIST (\\All \\HasNoChildren) "/" "[Gmail]/All Mail"',
      '* STATUS "[Gmail]/All Mail" (MESSAGES 9 UNSEEN 5)',
      'a OK Success',
    ])
  })

  test('tells subscriptions, and what lies below without one', () => {
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
    expect(client.say('d LIST "" "Receipts/%" RETURN (SUBSCRIBED)')[0]).toBe(
      '* LIST (\\HasNoChildren \\Subscribed) "/" "Receipts/2026"',
    )
    // RFC 3501 §6.3.9: the level is told although nobody subscribed to it.
    expect(client.say('e LSUB "" "R%"')[0]).toBe('* LSUB (\\HasChildren \\Noselect) "/" "Receipts"')
    expect(namesIn(client.say('f LSUB "" "R*"'))).toEqual(['Receipts/2026'])
  })

  test.each([
    'LIST (RECURSIVEMATCH) "" *',
    'LIST (REMOTE RECURSIVEMATCH) "" *',
    'LIST (X) "" *',
    'LIST "" ()',
    'LIST "" * RETURN (X)',
    'LIST "" * RETURN',
    `LIST "" ${'%'.repeat(1001)}`,
    `LIST "" (${'* '.repeat(64)}*)`,
    'STATUS INBOX ()',
    'STATUS INBOX (SIZE)',
    'STATUS INBOX (CONSTRUCTOR)',
  ])('%s is no command', (command) => {
    expect(opened().client.say(`a ${command}`)).toEqual([expect.stringMatching(/^a BAD/)])
  })

  test('XLIST has the attributes of its time', () => {
    expect(opened().client.say('a XLIST "" "*"')).toEqual(
      expect.arrayContaining([
        '* XLIST (\\HasNoChildren \\Inbox) "/" "Inbox"',
        '* XLIST (\\HasChildren \\Noselect) "/" "[Gmail]"',
        '* XLIST (\\AllMail \\HasNoChildren) "/" "[Gmail]/All Mail"',
        '* XLIST (\\HasNoChildren \\Spam) "/" "[Gmail]/Spam"',
        '* XLIST (\\HasNoChildren \\Starred) "/" "[Gmail]/Starred"',
      ]),
    )
  })
})

describe('names in other languages', () => {
  test.each([
    ['de', ['Alle Nachrichten', 'Entw&APw-rfe', 'Gesendet', 'Markiert', 'Papierkorb', 'Spam', 'Wichtig']],
    ['en-GB', ['All Mail', 'Bin', 'Drafts', 'Important', 'Sent Mail', 'Spam', 'Starred']],
    ['zh-TW', ['&UWiQ6JD1TvY-']],
  ] as const)('%s', (language, names) => {
    const { client } = opened({ settings: { language } })
    expect(namesIn(client.say('a LIST (SPECIAL-USE) "" "*"'))).toEqual(
      expect.arrayContaining(names.map((name) => `[Gmail]/${name}`)),
    )
    expect(client.say('b SELECT inbox').at(-1)).toBe('b OK [READ-WRITE] INBOX selected. (Success)')
  })

  test('and below another root; who writes the English names gets labels of these names', () => {
    const { client } = opened({ settings: { language: 'de', root: '[Google Mail]' } })
    expect(exists(client, '[Google Mail]/Papierkorb')).toBe('0')
    expect(exists(client, '[Gmail]/Trash')).toBe('none')
    expect(client.say('a CREATE "[Google Mail]/Trash"')).toEqual(['a OK Success'])
    expect(client.say('b LIST "" "[Google Mail]/Trash"')[0]).toBe('* LIST (\\HasNoChildren) "/" "[Google Mail]/Trash"')
  })

  test('folders that are hidden are not there', () => {
    const { client } = opened({ settings: { hidden: ['important', 'spam'] } })
    expect(namesIn(client.say('a LIST "" "[Gmail]/*"'))).toEqual(
      ['All Mail', 'Drafts', 'Sent Mail', 'Starred', 'Trash'].map((name) => `[Gmail]/${name}`),
    )
    expect(exists(client, '[Gmail]/Spam')).toBe('none')
  })
})

describe('CREATE, DELETE, RENAME', () => {
  test('keep messages, UIDs and subscriptions', () => {
    const { client } = opened()
    expect(client.say('a CREATE Projekt/')).toEqual(['a OK Success'])
    client.say('b SELECT INBOX')
    client.say('c COPY 1:2 Projekt')
    client.say('d CREATE Projekt/Teil')
    const before = client.say('e STATUS Projekt (UIDVALIDITY UIDNEXT)')[0]!
    expect(client.say('f RENAME Projekt "&AMQ-"')).toEqual(['f OK Success'])
    expect(client.say('g STATUS "&AMQ-" (UIDVALIDITY UIDNEXT)')[0]).toBe(before.replace('Projekt', '&AMQ-'))
    expect(exists(client, '&AMQ-')).toBe('2')
    expect(namesIn(client.say('h LIST "" "&AMQ-*"'))).toEqual(['&AMQ-', '&AMQ-/Teil'])
    client.say('i UNSUBSCRIBE "&AMQ-"')
    expect(namesIn(client.say('j LSUB "" "&AMQ-*"'))).toEqual(['&AMQ-/Teil'])
    expect(client.say('k FETCH 1 X-GM-LABELS')[0]).toContain('&AMQ-')
    expect(client.say('l DELETE "&AMQ-"')).toEqual(['l OK Success'])
    // The level stays for what is below it, and goes with that (captured).
    expect(client.say('m LIST "" "&AMQ-"')[0]).toBe('* LIST (\\HasChildren \\Noselect) "/" "&AMQ-"')
    expect(client.say('n DELETE "&AMQ-"')).toEqual(['n NO [NONEXISTENT] Unknown folder.'])
    client.say('o DELETE "&AMQ-/Teil"')
    expect(namesIn(client.say('p LIST "" "&AMQ-*"'))).toEqual([])
    expect(exists(client, 'INBOX')).toBe('6')
  })

  test.each([
    ['CREATE INBOX', '[ALREADYEXISTS] Duplicate folder name INBOX (Failure)'],
    ['CREATE "[Gmail]/Trash"', '[ALREADYEXISTS] Duplicate folder name [Gmail]/Trash (Failure)'],
    ['CREATE receipts', '[ALREADYEXISTS] Folder name conflicts with existing folder name. (Failure)'],
    ['CREATE "[Gmail]"', '[CANNOT] Invalid folder name: [Gmail] (Failure)'],
    ['CREATE ""', '[CANNOT] Invalid folder name:  (Failure)'],
    [`CREATE ${'x'.repeat(226)}`, `[CANNOT] Invalid folder name: ${'x'.repeat(226)} (Failure)`],
    ['CREATE a//b', '[CANNOT] Invalid folder name: a//b (Failure)'],
    ['CREATE "\\\\Starred"', '[CANNOT] Invalid folder name: \\Starred (Failure)'],
    ['DELETE INBOX', '[CANNOT] Invalid folder name: INBOX (Failure)'],
    ['DELETE "[Gmail]/Trash"', '[CANNOT] Invalid folder name: [Gmail]/Trash (Failure)'],
    ['DELETE "[Gmail]"', '[CANNOT] Invalid folder name: [Gmail] (Failure)'],
    ['DELETE Nowhere', '[NONEXISTENT] Unknown folder.'],
    ['RENAME Nowhere There', '[NONEXISTENT] Unknown folder.'],
    ['RENAME "[Gmail]/Spam" Junk', '[CANNOT] Invalid folder name: [Gmail]/Spam (Failure)'],
    ['RENAME Receipts/2026 INBOX', '[ALREADYEXISTS] Duplicate folder name INBOX (Failure)'],
    ['RENAME Receipts/2026 Receipts/2026/x', '[CANNOT] Invalid folder name: Receipts/2026/x (Failure)'],
    ['SUBSCRIBE Nowhere', '[NONEXISTENT] Unknown folder.'],
    ['SELECT Nowhere', '[NONEXISTENT] Unknown Mailbox: Nowhere (Failure)'],
    ['SELECT "[Gmail]"', '[NONEXISTENT] Unknown Mailbox: [Gmail] (Failure)'],
    ['STATUS Nowhere (MESSAGES)', '[NONEXISTENT] Unknown Mailbox: Nowhere (Failure)'],
    ['GETQUOTAROOT Nowhere', '[NONEXISTENT] Unknown Mailbox: Nowhere (Failure)'],
    ['APPEND Nowhere {1+}\r\nx', "[TRYCREATE] Folder doesn't exist. (Failure)"],
  ])('%s', (command, words) => {
    expect(opened().client.say(`a ${command}`)).toEqual([`a NO ${words}`])
  })

  test('a label may begin with a backslash, as Gmail’s own do', () => {
    const { client } = opened()
    expect(client.say('a CREATE "\\\\foo"')).toEqual(['a OK Success'])
    client.say('b SELECT INBOX')
    expect(client.say('c STORE 2 +X-GM-LABELS ("\\\\foo")')[0]).toBe(
      '* 2 FETCH (X-GM-LABELS ("\\\\foo" Receipts/2026))',
    )
    expect(exists(client, '\\\\foo')).toBe('1')
  })

  test.each([
    ['moves-messages', ['a OK Success'], '0', '6'],
    ['refused', ['a NO [CANNOT] Invalid folder name: INBOX (Failure)'], '6', 'none'],
  ] as const)('RENAME of INBOX: %s', (renameInbox, answer, left, moved) => {
    const { client } = opened({ switches: { renameInbox } })
    expect(client.say('a RENAME INBOX Old/Mail')).toEqual(answer)
    expect([exists(client, 'INBOX'), exists(client, 'Old/Mail')]).toEqual([left, moved])
  })

  test('createBelowRoot: refused', () => {
    const { client } = opened({ switches: { createBelowRoot: 'refused' } })
    expect(client.say('a CREATE "[Gmail]/Mine"')).toEqual(['a NO [CANNOT] Invalid folder name: [Gmail]/Mine (Failure)'])
  })

  test('bothChildAttributes', () => {
    const { client } = opened({ switches: { bothChildAttributes: true } })
    client.say('a CREATE INBOX/Below')
    expect(client.say('b LIST "" "INBOX"')[0]).toBe('* LIST (\\HasChildren \\HasNoChildren) "/" "INBOX"')
  })

  test('an account has no more than ten thousand labels', () => {
    const { client } = opened()
    client.say('a SELECT INBOX')
    let answer = ''
    for (let block = 0; !answer.includes('NO') && block < 60; block++) {
      const labels = Array.from({ length: 250 }, (_, index) => `L${block}-${index}`)
      answer = client.say(`b STORE 1 X-GM-LABELS.SILENT (${labels.join(' ')})`).at(-1)!
    }
    expect(answer).toBe('b NO [LIMIT] Too many labels. (Failure)')
    expect(client.say('c CREATE OneMore')).toEqual(['c NO [LIMIT] Too many labels. (Failure)'])
    expect(client.say('d STORE 1 +X-GM-LABELS.SILENT (L0-0)')).toEqual(['d OK Success'])
  })
})
