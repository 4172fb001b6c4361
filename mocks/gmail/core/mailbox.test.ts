import { describe, expect, test } from 'vitest'
import { alice, type connect, epoch, exampleMessages, loggedIn, openTestWorld } from '../gmail.fixture.ts'

type Client = ReturnType<typeof connect>

function selected(folder = 'INBOX') {
  const world = openTestWorld()
  const client = loggedIn(world.gmail)
  client.say(`s SELECT "${folder}"`)
  return { ...world, client }
}
const exists = (client: Client, folder: string): string =>
  /MESSAGES (\d+)/.exec(client.say(`? STATUS "${folder}" (MESSAGES)`)[0]!)?.[1] ?? ''
const newMail = new TextEncoder().encode('Subject: new\r\n\r\n')

describe('reading sets \\Seen', () => {
  test.each([
    ['FETCH 2 BODY[TEXT]', true],
    ['FETCH 2 RFC822', true],
    ['UID FETCH 2 (BODY[])', true],
    ['FETCH 2 BODY.PEEK[]', false],
    ['FETCH 2 RFC822.HEADER', false],
    ['FETCH 2 (ENVELOPE BODYSTRUCTURE BODY)', false],
  ])('%s: %s', (command, sets) => {
    const { client, recorded } = selected()
    const answer = client.say(`a ${command}`).join('\n')
    expect(answer.includes('FLAGS (\\Seen)')).toBe(sets)
    expect(client.say('b FETCH 2 FLAGS')[0]).toBe(`* 2 FETCH (FLAGS (${sets ? '\\Seen' : ''}))`)
    expect(recorded('imap.flags')).toEqual(
      sets ? [{ folder: 'INBOX', uid: 2, added: ['\\Seen'], removed: [], cause: 'FETCH' }] : [],
    )
  })

  test('but not of an examined mailbox, and not twice', () => {
    const world = openTestWorld()
    const client = loggedIn(world.gmail)
    client.say('a EXAMINE INBOX')
    client.say('b FETCH 2 BODY[]')
    expect(client.say('c STORE 2 +FLAGS (\\Seen)')).toEqual(['c NO STORE attempt on READ-ONLY folder (Failure)'])
    client.say('d SELECT INBOX')
    client.say('e FETCH 1,2 BODY[]')
    expect(world.recorded('imap.flags')).toHaveLength(1)
  })
})

describe('a folder is a view of a label', () => {
  test('a flag is the same in every folder, and \\Flagged is the label \\Starred', () => {
    const { client } = selected()
    client.say('a STORE 1 +FLAGS.SILENT (\\Flagged)')
    expect(exists(client, '[Gmail]/Starred')).toBe('2')
    client.say('b SELECT "[Gmail]/All Mail"')
    expect(client.say('c FETCH 1 (FLAGS X-GM-LABELS)')[0]).toBe(
      '* 1 FETCH (X-GM-LABELS ("\\\\Important" "\\\\Inbox" "\\\\Starred") FLAGS (\\Flagged \\Seen))',
    )
    client.say('d STORE 1 -X-GM-LABELS ("\\\\Starred")')
    expect(client.say('e FETCH 1 FLAGS')[0]).toBe('* 1 FETCH (FLAGS (\\Seen))')
  })

  test('a label that did not exist becomes a folder', () => {
    const { client } = selected()
    expect(client.say('a UID STORE 1 +X-GM-LABELS (Neu/Tief "&AMk-")').at(-1)).toBe('a OK Success')
    const folders = client.say('b LIST "" "*"').join('\n')
    expect(folders).toContain('* LIST (\\HasChildren \\Noselect) "/" "Neu"')
    expect(folders).toContain('* LIST (\\HasNoChildren) "/" "Neu/Tief"')
    expect(exists(client, 'Neu/Tief')).toBe('1')
  })

  test('archiving takes a message out of the inbox and leaves it in All Mail', () => {
    const { client } = selected()
    client.say('a STORE 2 +FLAGS (\\Deleted)')
    expect(client.say('b EXPUNGE')).toEqual(['* 2 EXPUNGE', 'b OK Success'])
    expect(exists(client, '[Gmail]/All Mail')).toBe('9')
    expect(exists(client, 'Receipts/2026')).toBe('1')
  })

  test('All Mail cannot be emptied', () => {
    const { client } = selected('[Gmail]/All Mail')
    client.say('a STORE 1:* +FLAGS (\\Deleted)')
    expect(client.say('b EXPUNGE')).toEqual(['b OK Success'])
    expect(exists(client, '[Gmail]/All Mail')).toBe('9')
  })

  test('the bin hides a message from all other folders, and loses it for good', () => {
    const { client } = selected()
    expect(client.say('a UID MOVE 1 "[Gmail]/Trash"')).toEqual([
      '* 1 EXPUNGE',
      expect.stringMatching(/^a OK \[COPYUID \d+ 1 1\] \(Success\)$/),
    ])
    expect([exists(client, '[Gmail]/All Mail'), exists(client, '[Gmail]/Important')]).toEqual(['8', '0'])
    client.say('b SELECT "[Gmail]/Trash"')
    client.say('c STORE 1 +FLAGS (\\Deleted)')
    expect(client.say('d NOOP')).toEqual(['* 1 EXPUNGE', 'd OK Success'])
    expect(exists(client, '[Gmail]/Trash')).toBe('0')
  })

  test('a message that comes back gets a new UID', () => {
    const { client } = selected()
    client.say('a UID MOVE 3 "[Gmail]/Spam"')
    client.say('b SELECT "[Gmail]/Spam"')
    expect(client.say('c COPY 1 INBOX').at(-1)).toMatch(/^c OK \[COPYUID 1 1 7\] \(Success\)$/)
  })
})

describe('sequence numbers (RFC 3501 §7.4.1)', () => {
  test('stay what they are during FETCH, STORE and SEARCH', () => {
    const world = openTestWorld()
    const [one, other] = [loggedIn(world.gmail), loggedIn(world.gmail)]
    one.say('a SELECT INBOX')
    other.say('a SELECT INBOX')
    one.say('b UID MOVE 2 "[Gmail]/Trash"')

    expect(other.say('b FETCH 3 UID')).toEqual(['* 3 FETCH (UID 3)', 'b OK Success'])
    expect(other.say('c STORE 3 +FLAGS (\\Answered)')[0]).toContain('* 3 FETCH')
    expect(other.say('d SEARCH UID 3')[0]).toBe('* SEARCH 3')
    expect(other.say('e NOOP')).toEqual(['* 2 EXPUNGE', 'e OK Success'])
    expect(other.say('f FETCH 2 UID')[0]).toBe('* 2 FETCH (UID 3)')
    expect(one.say('g NOOP')).toContain('* 2 FETCH (UID 3 FLAGS (\\Answered \\Flagged))')
  })

  test('several that go are told from the end', () => {
    const { client } = selected()
    client.say('a STORE 1,3,6 +FLAGS.SILENT (\\Deleted)')
    expect(client.say('b EXPUNGE')).toEqual(['* 6 EXPUNGE', '* 3 EXPUNGE', '* 1 EXPUNGE', 'b OK Success'])
    expect(client.say('c FETCH 1:* UID')).toEqual([
      '* 1 FETCH (UID 2)',
      '* 2 FETCH (UID 4)',
      '* 3 FETCH (UID 5)',
      'c OK Success',
    ])
  })
})

describe('IDLE (RFC 2177)', () => {
  test('tells new mail, changed flags and what is gone', () => {
    const { gmail, client, recorded } = selected()
    const other = loggedIn(gmail)
    other.say('a SELECT INBOX')
    expect(client.say('i IDLE')).toEqual(['+ idling'])
    gmail.deliver(alice, newMail)
    other.say('b STORE 1 -FLAGS (\\Seen)')
    other.say('c UID MOVE 2 "[Gmail]/Trash"')
    expect(client.heard().split('\r\n').slice(0, -1)).toEqual([
      '* 7 EXISTS',
      '* 1 FETCH (UID 1 FLAGS ())',
      '* 2 EXPUNGE',
    ])
    expect(client.say('done')).toEqual(['i OK IDLE terminated (Success)'])
    gmail.deliver(alice, newMail)
    expect(client.heard()).toBe('')
    expect(recorded('imap.idle')).toEqual([
      { tag: 'i', event: 'started' },
      { tag: 'i', event: 'ended' },
    ])
  })

  test('tells at its beginning what came before it', () => {
    const { gmail, client } = selected()
    gmail.deliver(alice, newMail)
    expect(client.say('i IDLE')).toEqual(['* 7 EXISTS', '+ idling'])
  })

  test('is ended by anything but DONE with BAD', () => {
    const { client } = selected()
    client.say('i IDLE')
    expect(client.say('j NOOP')).toEqual(['i BAD Expected DONE'])
  })
})

describe('APPEND', () => {
  const bytes = 'Subject: x\r\n\r\n\x00\xff A1 OK\r\n'

  test('keeps octets, flags and date, and tells the UID', async () => {
    const { client, gmail } = selected('[Gmail]/Drafts')
    const announced = client.send(
      `a APPEND "[Gmail]/Drafts" (\\Draft \\Seen) " 1-Jan-2026 10:00:00 +0100" {${bytes.length}}\r\n`,
    )
    expect(announced).toBe('+ go ahead\r\n')
    expect(client.send(`${bytes}\r\n`)).toMatch(/^\* 2 EXISTS\r\na OK \[APPENDUID \d+ 2\] \(Success\)\r\n$/)
    expect(client.say('b FETCH 2 (FLAGS INTERNALDATE RFC822.SIZE)')[0]).toBe(
      `* 2 FETCH (RFC822.SIZE ${bytes.length} INTERNALDATE "01-Jan-2026 09:00:00 +0000" FLAGS (\\Draft \\Seen))`,
    )
    expect(gmail.messageBytes(alice, '[Gmail]/Drafts', 2)).toEqual(Uint8Array.from(bytes, (c) => c.charCodeAt(0)))
    expect(await gmail.messageSha256(alice, '[Gmail]/Drafts', 2)).toMatch(/^[0-9a-f]{64}$/)
    expect(await gmail.messageSha256(alice, '[Gmail]/Drafts', 9)).toBeUndefined()
  })

  test.each([
    [false, '\\Deleted \\Seen'],
    // Nothing is known of Gmail here, and the message is not lost.
    [true, '\\Seen'],
  ])('marks the message as deleted where Auto-Expunge, which is %s, leaves such marks', (autoExpunge, flags) => {
    const client = loggedIn(openTestWorld([], { settings: { autoExpunge } }).gmail)
    client.say('s SELECT INBOX')
    client.say('a APPEND INBOX (\\deleted \\Seen) {1+}\r\nx')
    expect(client.say('b FETCH 1 FLAGS')[0]).toBe(`* 1 FETCH (FLAGS (${flags}))`)
  })

  test('takes the world’s time where no date is given', () => {
    const { client, clock } = selected()
    clock.set(epoch + 1000)
    client.say('a APPEND INBOX {1+}\r\nx')
    expect(client.say('b FETCH 7 INTERNALDATE')[0]).toContain('"14-Jan-2026 09:00:01 +0000"')
  })

  test.each([
    ['to no folder', 'APPEND Nowhere {1+}\r\nx', /^a NO \[TRYCREATE\]/],
    ['of a quoted string', 'APPEND INBOX "x"', /^a BAD/],
    ['without a message', 'APPEND INBOX (\\Seen)', /^a BAD/],
    ['larger than the limit', 'APPEND INBOX {35651585}', /^a BAD Command too large/],
    ['larger than LITERAL- allows', `APPEND INBOX {4097+}\r\n${'x'.repeat(4097)}`, /^a BAD Command too large/],
  ])('%s is refused', (_, command, answer) => {
    const { client } = selected()
    expect(client.say(`a ${command}`)).toEqual([expect.stringMatching(answer)])
    expect(client.say('b NOOP')).toEqual(['b OK Success'])
  })
})

test('what is read is what was stored, for every message and every way to ask', () => {
  const { client, gmail } = selected('[Gmail]/All Mail')
  exampleMessages().forEach(({ bytes }, index) => {
    const uid = index + 1
    const answer = client.send(`a UID FETCH ${uid} BODY.PEEK[]\r\n`)
    const text = String.fromCharCode(...bytes)
    expect(answer).toBe(`* ${uid} FETCH (UID ${uid} BODY[] {${bytes.length}}\r\n${text})\r\na OK Success\r\n`)
    expect(gmail.messageBytes(alice, '[Gmail]/All Mail', uid)).toBe(
      gmail.messageBytes(alice.toUpperCase(), '[Gmail]/All Mail', uid),
    )
  })
})
