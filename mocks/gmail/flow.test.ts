import { deflateRawSync, constants, inflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { ImapOutlet } from '../../harness/model/imap-carrier.ts'
import { alice, goodToken, loggedIn, openTestWorld, xoauth2Of } from './gmail.fixture.ts'
import { Deflater } from './wire/deflate.ts'
import { join, octetsOf } from './wire/command-stream.ts'

const large = {
  bytes: octetsOf(`Subject: x\r\n\r\n${'y'.repeat(400_000)}`),
  labels: ['\\Inbox'],
  flags: [],
  internalDate: 0,
}

/** A client that reads when it is told to. */
function slow(messages = Array.from({ length: 20 }, () => large)) {
  const world = openTestWorld(messages)
  let unsent = 0
  let output = ''
  let ended = false
  const outlet: ImapOutlet = {
    write(octets, sent) {
      unsent += octets.length
      output += new TextDecoder().decode(octets.subarray(0, 200)) + new TextDecoder().decode(octets.subarray(-200))
      sent?.()
    },
    end: () => (ended = true),
    unsent: () => unsent,
  }
  const inlet = world.gmail.serve(outlet)
  const say = (line: string): boolean => inlet.receive(octetsOf(`${line}\r\n`))
  say(`l AUTHENTICATE XOAUTH2 ${xoauth2Of(alice, goodToken)}`)
  say('s SELECT INBOX')
  return {
    world,
    say,
    inlet,
    get ended() {
      return ended
    },
    get unsent() {
      return unsent
    },
    heard(): string {
      const taken = output
      output = ''
      return taken
    },
    read(): void {
      unsent = 0
      inlet.drained()
    },
  }
}

describe('a client that does not read', () => {
  test('is told no more than it can take, and everything in the end', () => {
    const client = slow()
    expect(client.say('a FETCH 1:* BODY.PEEK[]')).toBe(false)
    client.say('b NOOP')
    let most = 0
    let answer = client.heard()
    for (let times = 0; times < 20 && !answer.includes('b OK'); times++) {
      most = Math.max(most, client.unsent)
      client.read()
      answer += client.heard()
    }
    expect(most).toBeLessThan(2_000_000)
    expect(answer.match(/^\* \d+ FETCH/gm)).toHaveLength(20)
    expect(answer).toMatch(/a OK Success\r\nb OK Success\r\n$/)
  })

  test('may leave, or expire, in the middle of an answer', () => {
    const client = slow()
    client.say('a FETCH 1:* BODY.PEEK[]')
    client.heard()
    client.inlet.closed()
    client.read()
    expect(client.heard()).toBe('')
    expect(client.ended).toBe(true)
  })

  test('is ended with a word when it goes on sending', () => {
    const client = slow()
    client.say('a FETCH 1:* BODY.PEEK[]')
    for (let times = 0; times < 200 && !client.ended; times++) client.say('b NOOP\r\n'.repeat(1000))
    expect(client.heard()).toMatch(/\* BYE Too many commands in flight\.\r\n$/)
    expect(client.world.recorded('imap.bye')).toEqual([{ reason: 'too-many-errors' }])
  })

  test('is ended as well when its commands come octet by octet', () => {
    const client = slow()
    client.say('a FETCH 1:* BODY.PEEK[]')
    for (let times = 0; times < 20_000 && !client.ended; times++) client.inlet.receive(octetsOf('b'))
    expect(client.ended).toBe(true)
  })

  test('reads what it asked for although another client has removed it meanwhile', () => {
    const client = slow()
    client.say('a UID FETCH 1:* BODY[]')
    const other = loggedIn(client.world.gmail)
    other.say('a SELECT INBOX')
    other.say('b UID MOVE 15 "[Gmail]/Trash"')
    other.say('c SELECT "[Gmail]/Trash"')
    other.say('d UID STORE 1 +FLAGS (\\Deleted)')
    let answer = client.heard()
    for (let times = 0; times < 20 && !answer.includes('a OK'); times++) {
      client.read()
      answer += client.heard()
    }
    expect(answer).toMatch(/\* 15 FETCH \(UID 15/)
    expect(answer).toMatch(/\* 15 EXPUNGE\r\n(.*\r\n)*a OK Success/)
    expect(other.say('e STATUS "[Gmail]/All Mail" (MESSAGES)')[0]).toContain('(MESSAGES 19)')
  })
})

describe('COMPRESS=DEFLATE (RFC 4978)', () => {
  const sync = { finishFlush: constants.Z_SYNC_FLUSH }

  test('both ways, with any library on the other side', () => {
    const world = openTestWorld()
    const client = loggedIn(world.gmail)
    expect(client.say('a COMPRESS DEFLATE')).toEqual(['a OK Success'])
    const commands = new Uint8Array(
      deflateRawSync('b SELECT INBOX\r\nc FETCH 1:* (UID ENVELOPE)\r\nd COMPRESS DEFLATE\r\n', sync),
    )
    const pieces = Array.from(commands, (octet) => Uint8Array.of(octet))
    for (const piece of pieces) client.inlet.receive(piece)
    const stream = octetsOf(client.heard())
    const answer = inflateRawSync(stream, sync).toString('latin1')
    expect(answer).toMatch(/c OK Success\r\nd BAD COMPRESS not allowed now\.\r\n$/)
    expect(stream.length).toBeLessThan(answer.length / 2)
    expect(world.recorded('imap.cmd').at(-2)).toMatchObject({ verb: 'FETCH', arguments: '1:* (UID ENVELOPE)' })
  })

  test('begins with the octet behind the command', () => {
    const client = loggedIn(openTestWorld().gmail)
    const compressed = new Deflater().push(octetsOf('b NOOP\r\n'))
    client.inlet.receive(join([octetsOf('a COMPRESS DEFLATE\r\n'), compressed]))
    const heard = client.heard()
    expect(heard).toMatch(/^a OK Success\r\n/)
    expect(inflateRawSync(octetsOf(heard.slice('a OK Success\r\n'.length)), sync).toString()).toBe('b OK Success\r\n')
  })

  test('what is not compressed ends the session', () => {
    const client = loggedIn(openTestWorld().gmail)
    client.say('a COMPRESS DEFLATE')
    client.send('\x07b NOOP\r\n')
    expect(client.ended).toBe(true)
  })

  test('a bomb of commands is worked through, or refused, and held nowhere', () => {
    const client = loggedIn(openTestWorld().gmail)
    client.say('a COMPRESS DEFLATE')
    const bomb = new Deflater().push(octetsOf(`b NOOP ${'x'.repeat(1 << 22)}\r\nc NOOP\r\n`))
    client.inlet.receive(bomb)
    expect(inflateRawSync(octetsOf(client.heard()), sync).toString()).toMatch(
      /^b BAD Command too large.*\r\nc OK Success\r\n$/,
    )
  })

  test.each(['COMPRESS', 'COMPRESS GZIP', 'COMPRESS DEFLATE x'])('%s is no command', (command) => {
    expect(loggedIn(openTestWorld().gmail).say(`a ${command}`)).toEqual([expect.stringMatching(/^a BAD Could not/)])
  })
})
