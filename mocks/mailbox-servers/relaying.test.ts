import { describe, expect, test } from 'vitest'
import type { ImapFault } from '../../harness/model/imap-fault.ts'
import { alice, epoch, exampleMessages, goodToken, xoauth2Of } from '../gmail/gmail.fixture.ts'
import { octetsOf } from '../gmail/wire/command-stream.ts'
import { ScriptedServer, loggedIn, openProxied, settled } from './scripted-server.fixture.ts'

describe('IDLE', () => {
  test('is relayed, with the words of Gmail and in its record', async () => {
    const { world, server, say } = await loggedIn()
    await say('s SELECT INBOX')
    expect(await say('a IDLE')).toEqual(['+ idling'])
    expect(world.gmail.busy()).toBe(false)
    server.last.say('* 4 EXISTS')
    expect(await say('DONE')).toEqual(['* 4 EXISTS', 'a OK IDLE terminated (Success)'])
    expect(server.commands).toEqual(['SELECT INBOX', 'IDLE', 'DONE'])
    expect(world.recorded('imap.idle')).toEqual([
      { tag: 'a', event: 'started' },
      { tag: 'a', event: 'ended' },
    ])
  })

  test('ends with BAD at anything but DONE, and the server is told DONE all the same', async () => {
    const { server, say } = await loggedIn()
    await say('s SELECT INBOX', 'a IDLE')
    expect(await say('b NOOP')).toEqual(['a BAD Expected DONE'])
    expect(server.commands.at(-1)).toBe('DONE')
    expect(await say('c NOOP')).toEqual(['c OK done'])
  })

  test('a command finds the mail that arrived just before it', async () => {
    const { world, server, client, say } = await loggedIn()
    await say('s SELECT INBOX')
    server.commands.splice(0)
    world.gmail.deliver(alice, octetsOf('Subject: x\r\n\r\n'))
    client.say('a NOOP')
    await settled()
    expect(server.commands.map((command) => command.split(' ')[0])).toEqual(['APPEND', 'APPEND', 'NOOP'])
  })

  test('tells at once of mail that arrives, in every folder that Gmail would show it in', async () => {
    const { world, server, client, say } = await loggedIn()
    await say('s SELECT INBOX', 'a IDLE')
    server.commands.splice(0)
    server.answers = (command) => (command === 'DONE' ? ['* 4 EXISTS', '{tag} OK done'] : undefined)
    world.clock.set(epoch + 60_000)
    world.gmail.deliver(alice, octetsOf('Subject: x\r\n\r\n'), ['\\Inbox', 'Work'])
    expect(world.gmail.busy()).toBe(true)
    await settled()
    expect(world.gmail.busy()).toBe(false)
    expect(client.heard()).toBe('* 4 EXISTS\r\n')
    const date = '"14-Jan-2026 09:01:00 +0000"'
    expect(server.commands.filter((command) => command.startsWith('APPEND'))).toEqual(
      [
        `APPEND "INBOX" () ${date} {14+}`,
        `APPEND "Work" () ${date} {14+}`,
        `APPEND "[Gmail]/All Mail" () ${date} {14+}`,
      ].toSorted((a, b) => (a < b ? -1 : 1)),
    )
    expect(await say('DONE')).toContain('a OK IDLE terminated (Success)')
    expect(world.recorded('imap.idle')).toHaveLength(2)
  })
})

test('a fresh account gets Gmail’s folders, and in each its messages in their order', async () => {
  const { filled } = await openProxied(new ScriptedServer(), exampleMessages())
  expect(filled[0]).toBe('LOGIN "box1" "fixed-password-of-the-mailbox-server"')
  expect(filled.filter((command) => command.startsWith('CREATE'))).toContain('CREATE "[Gmail]/Sent Mail"')
  const inbox = filled.filter((command) => command.startsWith('APPEND "INBOX"'))
  expect(inbox).toHaveLength(6)
  expect(inbox[0]).toMatch(/^APPEND "INBOX" \(\\Seen\) "\d\d-\w{3}-20\d\d \d\d:\d\d:\d\d \+0000" \{\d+\+\}$/)
})

describe('the record of a mailbox', () => {
  test('tells when it was selected, how many messages it held, and when it was left', async () => {
    const { world, say } = await loggedIn((command) => {
      if (command === 'EXAMINE "&AMk-"') return ['* 2 EXISTS', '* OK [UIDVALIDITY 8] x', '{tag} OK [READ-ONLY] done']
      return command === 'NOOP' ? ['* 4 EXISTS', '* 1 EXPUNGE', '{tag} OK done'] : undefined
    })
    await say('a SELECT INBOX', 'b NOOP', 'c EXAMINE "&AMk-"', 'd UNSELECT', 'e SELECT inbox', 'f SELECT None')
    const inbox = { folder: 'INBOX', uidValidity: 7 }
    expect(world.recorded('imap.mailbox')).toEqual([
      { event: 'selected', ...inbox, exists: 3 },
      { event: 'closed', ...inbox, exists: 3 },
      { event: 'examined', folder: 'É', uidValidity: 8, exists: 2 },
      { event: 'closed', folder: 'É', uidValidity: 8, exists: 2 },
      { event: 'selected', ...inbox, exists: 3 },
      { event: 'closed', ...inbox, exists: 3 },
      { event: 'selected', folder: 'None', uidValidity: 7, exists: 3 },
    ])
  })

  test('a mailbox that cannot be opened leaves none selected', async () => {
    const { world, say } = await loggedIn((command) => (command === 'SELECT None' ? ['{tag} NO no'] : undefined))
    expect(await say('a SELECT INBOX', 'b SELECT None', 'c CLOSE')).toContain('c BAD CLOSE not allowed now.')
    expect(world.recorded('imap.mailbox').map(({ event }) => event)).toEqual(['selected', 'closed'])
  })

  test.each([
    ['UID STORE 5 +FLAGS.SILENT (\\Seen)', '5', ['\\Seen']],
    ['STORE 2 +FLAGS (\\Seen)', '5', ['\\Seen']],
  ])('tells which flags changed: %s', async (command, uids, added) => {
    let looks = 0
    const { world, say, server } = await loggedIn((told) => {
      if (told === 'FETCH 2 (UID)') return ['* 2 FETCH (UID 5)', '* 4 EXISTS', '{tag} OK done']
      if (told !== `UID FETCH ${uids} (FLAGS)`) return undefined
      return [`* 2 FETCH (FLAGS (\\Flagged${looks++ > 0 ? ' \\Seen' : ''} \\Recent) UID 5)`, '{tag} OK done']
    })
    await say('s SELECT INBOX')
    expect((await say(`a ${command}`)).at(-1)).toBe('a OK done')
    expect(server.commands).toContain(command)
    expect(world.recorded('imap.flags')).toEqual([{ folder: 'INBOX', uid: 5, added, removed: [], cause: 'STORE' }])
  })

  test('tells what reading marked, and PEEK asks nobody', async () => {
    let looks = 0
    const { world, say, server } = await loggedIn((told) => {
      if (!told.startsWith('UID SEARCH')) return undefined
      return [looks++ === 0 ? '* SEARCH 5 6' : '* SEARCH 6', '{tag} OK done']
    })
    await say('s SELECT INBOX', 'a UID FETCH 5:7 (BODY.PEEK[])', 'b UID FETCH 5:7 (FLAGS RFC822.SIZE)')
    expect(server.commands.filter((command) => command.startsWith('UID SEARCH'))).toEqual([])
    await say('c UID FETCH 5:7 (BODY[])')
    expect(server.commands.filter((command) => command.startsWith('UID SEARCH'))).toEqual([
      'UID SEARCH UID 5:7 UNSEEN',
      'UID SEARCH UID 5,6 UNSEEN',
    ])
    expect(world.recorded('imap.flags')).toEqual([
      { folder: 'INBOX', uid: 5, added: ['\\Seen'], removed: [], cause: 'FETCH' },
    ])
  })

  test('the front learns the octets of a message by a connection of its own', async () => {
    const { world } = await loggedIn((told) =>
      told === 'UID FETCH 5 (UID BODY.PEEK[])' ? ['* 2 FETCH (UID 5 BODY[] {3}\r\nabc)', '{tag} OK done'] : undefined,
    )
    expect(await world.gmail.messageSha256(alice, 'INBOX', 5)).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
    expect(await world.gmail.messageSha256(alice, 'INBOX', 6)).toBeUndefined()
  })
})

describe('faults strike as before a mail store of our own', () => {
  const fault = (at: ImapFault['at'], effect: ImapFault['effect']): ImapFault =>
    ({ name: 'a fault', at, occurrence: 1, effect }) as ImapFault

  test('before a command, which then reaches no server', async () => {
    const { world, server, say } = await loggedIn()
    world.gmail.fault(fault('command NOOP', { kind: 'answer', text: 'NO [UNAVAILABLE] Later' }))
    expect(await say('a NOOP', 'b NOOP')).toEqual(['a NO [UNAVAILABLE] Later', 'b OK done'])
    expect(server.commands).toEqual(['NOOP'])
  })

  test('before APPEND, whose message then reaches no server, however large', async () => {
    const { world, server, client, say } = await loggedIn()
    world.gmail.fault(fault('command APPEND', { kind: 'answer', text: 'NO [OVERQUOTA] Full' }))
    await say('a APPEND INBOX {100000}')
    client.send(`${'x'.repeat(100_000)}\r\n`)
    expect(server.commands).toEqual([])
  })

  test('before and behind an answer', async () => {
    const { world, say } = await loggedIn()
    world.gmail.fault(fault('answer NOOP', { kind: 'say', lines: ['* 9 EXISTS'] }))
    world.gmail.fault(fault('after NOOP', { kind: 'end', bye: 'Over' }))
    expect(await say('a NOOP')).toEqual(['* 9 EXISTS', 'a OK done', '* BYE Over'])
  })

  test('in the middle of a literal, however large', async () => {
    const large = `* 1 FETCH (BODY[] {400000}\r\n${'x'.repeat(400_000)})`
    const { world, server, client, say } = await loggedIn((told) => (told.startsWith('UID') ? [large] : undefined))
    world.gmail.fault(fault('literal', { kind: 'end', octets: 10 }))
    await say('s SELECT INBOX')
    const heard = (await say('a UID FETCH 1 (BODY.PEEK[])')).join('\r\n') + client.heard()
    expect(heard).toBe('* 1 FETCH (BODY[] {400000}')
    expect(client.ended).toBe(true)
    expect(server.last.ended).toBe(true)
    expect(world.recorded('imap.line.out').at(-1)!.line).toContain('‹cut after 38 octets›')
  })

  test('by what other clients do meanwhile, which a server is told too', async () => {
    const { world, server, say } = await loggedIn((told) =>
      told.startsWith('UID FETCH 1:*') ? ['* 1 FETCH (UID 4 FLAGS (\\Seen))', '{tag} OK done'] : undefined,
    )
    await say('s SELECT INBOX')
    world.gmail.fault(fault('command NOOP', { kind: 'arrive', message: 'Subject: {tag}\n\n' }))
    world.gmail.fault(fault('command CHECK', { kind: 'vanish', uid: 4 }))
    world.gmail.fault(fault('command EXPUNGE', { kind: 'recite' }))
    await say('a NOOP', 'b CHECK')
    const told = server.commands.filter((command) => !command.startsWith('LOGIN'))
    expect(told.findIndex((command) => command.startsWith('APPEND "INBOX"'))).toBeLessThan(told.indexOf('NOOP'))
    expect(told).toContain('UID EXPUNGE 4')
    expect(await say('c EXPUNGE')).toEqual(['* 1 EXISTS', '* 1 FETCH (UID 4 FLAGS (\\Seen))', 'c OK done'])
  })
})

describe('what does not fit into memory', () => {
  const size = 35_000_000
  const piece = octetsOf('x'.repeat(65_536))

  test('a message of 35 MB goes to the server as it comes, and a server that does not read stops the client', async () => {
    const { world, server, client, say } = await loggedIn()
    const asked = await say(`a APPEND INBOX (\\Seen) {${size}}`)
    expect(asked).toEqual(['+ go ahead'])
    server.reads = false
    let sent = 0
    let goesOn = true
    while (goesOn) {
      goesOn = client.inlet.receive(piece)
      sent += piece.length
    }
    expect(sent).toBeLessThan(2_000_000)
    let most = 0
    while (sent < size) {
      server.last.drain()
      const next = piece.subarray(0, Math.min(piece.length, size - sent))
      client.inlet.receive(next)
      most = Math.max(most, server.last.unsent)
      sent += next.length
    }
    expect(most).toBeLessThan(2_000_000)
    server.reads = true
    server.last.drain()
    expect(await say('')).toEqual(['a OK done'])
    expect(world.recorded('imap.cmd').at(-1)).toMatchObject({
      verb: 'APPEND',
      arguments: `INBOX (\\Seen) ‹literal of ${size} octets›`,
    })
    expect(world.recorded('imap.cmd').at(-1)).not.toHaveProperty('problem')
  })

  test('a fault that comes up behind its announcement takes a large message back', async () => {
    const { world, server, client, say } = await loggedIn()
    await say('a APPEND INBOX {100000}')
    world.gmail.fault({
      name: 'late',
      at: 'command APPEND',
      occurrence: 1,
      effect: { kind: 'answer', text: 'NO Later' },
    })
    client.send('x'.repeat(100_000))
    expect(await say('')).toEqual(['a NO Later'])
    expect(await say('b NOOP')).toEqual(['b OK done'])
    // No server takes this for the end of APPEND.
    expect(server.commands).toEqual(['APPEND INBOX {100000} (', 'NOOP'])
  })

  test.each([
    ['refused by the server before it asks', '{tag} NO [TRYCREATE] no', 'a NO [TRYCREATE] no'],
    ['for no server', undefined, 'a BAD Could not parse command'],
  ])('a large message %s leaves a session that goes on', async (_, refusal, answer) => {
    const { server, client, say } = await loggedIn()
    server.refusesLiterals = refusal
    expect(await say('a APPEND INBOX {100000}')).toEqual(['+ go ahead'])
    client.send('x'.repeat(100_000))
    server.refusesLiterals = undefined
    expect(await say(refusal === undefined ? ' nonsense' : '')).toEqual([answer])
    expect(await say('b NOOP')).toEqual(['b OK done'])
  })

  test('a literal of the server’s leaves as it comes, and a client that does not read stops the server', async () => {
    const { world, server } = await loggedIn((told) => (told.startsWith('UID FETCH') ? [] : undefined))
    let [unsent, most] = [0, 0]
    const inlet = world.gmail.serve({
      write: (octets) => (unsent += octets.length),
      end() {},
      unsent: () => unsent,
    })
    inlet.receive(octetsOf(`a AUTHENTICATE XOAUTH2 ${xoauth2Of(alice, goodToken)}\r\n`))
    await settled()
    inlet.receive(octetsOf('b SELECT INBOX\r\n'))
    await settled()
    inlet.receive(octetsOf('c UID FETCH 1 (BODY.PEEK[])\r\n'))
    server.last.send(`* 1 FETCH (BODY[] {${size}}\r\n`)
    let pauses = 0
    for (let sent = 0; sent < size;) {
      if (server.last.paused) {
        pauses += 1
        unsent = 0
        inlet.drained()
        expect(server.last.paused).toBe(false)
      }
      const text = 'x'.repeat(Math.min(65_536, size - sent))
      server.last.send(text)
      sent += text.length
      most = Math.max(most, unsent)
    }
    server.last.send(')\r\n')
    expect(pauses).toBeGreaterThan(20)
    expect(most).toBeLessThan(2_000_000)
    expect(world.recorded('imap.line.out').at(-1)).toEqual({ line: `* 1 FETCH (BODY[] ‹literal of ${size} octets›)` })
  })
})
