import { describe, expect, test } from 'vitest'
import { alice, connect, epoch, goodToken, tokenLifetime, xoauth2Of } from '../gmail/gmail.fixture.ts'
import { ScriptedServer, loggedIn, openProxied, serverPassword, settled } from './scripted-server.fixture.ts'

const gone = '* BYE System Error\r\n'

describe('a server that cannot be reached when a client logs in', () => {
  test.each([
    ['is down', (server: ScriptedServer) => (server.down = true), 'the mailbox server connect ECONNREFUSED'],
    [
      'refuses the password',
      (server: ScriptedServer) =>
        (server.answers = (command) => (command.startsWith('LOGIN') ? ['{tag} NO no'] : undefined)),
      'the mailbox server refused the login',
    ],
    [
      'says BYE',
      (server: ScriptedServer) => (server.greeting = '* BYE full'),
      'the mailbox server greeted with something else than OK',
    ],
  ])('%s: Gmail is unavailable, and it is no bad token', async (_, spoil, problem) => {
    const { world, client, say, server } = await openProxied()
    spoil(server)
    expect(await say(`a AUTHENTICATE XOAUTH2 ${xoauth2Of(alice, goodToken)}`)).toEqual([
      '* BYE [UNAVAILABLE] Temporary System Error',
    ])
    expect(client.ended).toBe(true)
    expect(world.gmail.busy()).toBe(false)
    expect(world.recorded('imap.auth')).toMatchObject([{ result: 'refused', refusal: 'unavailable' }])
    expect(world.recorded('imap.server.failed')).toEqual([{ problem }])
    expect(world.recorded('imap.bye')).toEqual([{ reason: 'refused' }])
  })

  test('and is there again later', async () => {
    const { world, say, server } = await openProxied()
    server.down = true
    await say(`a AUTHENTICATE XOAUTH2 ${xoauth2Of(alice, goodToken)}`)
    server.down = false
    const client = connect(world.gmail)
    client.say(`a AUTHENTICATE XOAUTH2 ${xoauth2Of(alice, goodToken)}`)
    await settled()
    expect(client.heard()).toContain('a OK alice@example.com authenticated')
  })

  test('opens no world', async () => {
    const server = new ScriptedServer()
    server.down = true
    await expect(openProxied(server)).rejects.toMatchObject({
      code: 'MAILBOX_SERVER_UNAVAILABLE',
      message: 'the mailbox server connect ECONNREFUSED, at :0',
    })
  })
})

describe('a server that leaves, or is none, ends the session with one observation', () => {
  test.each([
    ['BYE', '* BYE Internal error\r\n', 'said BYE: Internal error'],
    ['a tag that nobody gave it', 'x1 OK done\r\n', 'answered a command that it was not given'],
    ['an answer to a command of before', 'p1 OK done\r\n', 'answered a command that it was not given'],
    ['a continuation request that nobody waits for', '+ more\r\n', 'asked for more than there was'],
    ['no IMAP', 'HTTP/1.1 400 Bad Request\r\n', 'said a line that is no response'],
    ['an empty line', '\r\n', 'said a line that is no response'],
    ['LF without CR', '* OK fine\n', 'said a line that CRLF does not end'],
    ['CR in a line', '* OK fi\rne\r\n', 'said a line that CRLF does not end'],
    ['NUL in a line', '* OK fi\0ne\r\n', 'said a line with NUL in it'],
    ['a line without end', `* OK ${'x'.repeat(5_000_000)}`, 'said a line of more than 4194304 octets'],
    [
      'a line without end, with literals',
      `* 1 FETCH (BODY[] {1}\r\nx${'y'.repeat(5_000_000)}`,
      'said a line of more than 4194304 octets',
    ],
    [
      'more than anybody asked for',
      '* 1 EXISTS\r\n'.repeat(1001),
      'said more than 1000 lines without having been asked',
    ],
  ])('%s', async (_, said, problem) => {
    const { world, server, client } = await loggedIn()
    server.last.send(said)
    expect(client.heard().endsWith(gone)).toBe(true)
    expect(client.ended).toBe(true)
    expect(server.last.ended).toBe(true)
    server.last.say('* OK anybody there')
    server.last.close()
    expect(client.heard()).toBe('')
    expect(world.recorded('imap.server.failed')).toEqual([{ problem: `the mailbox server ${problem}` }])
    expect(world.recorded('imap.bye')).toEqual([{ reason: 'refused' }])
    expect(world.recorded('imap.conn.close')).toHaveLength(1)
  })

  test('the end of the connection, while a command runs', async () => {
    const { world, server, client, say } = await loggedIn((command) => (command === 'NOOP' ? [] : undefined))
    expect(await say('a NOOP')).toEqual([])
    expect(world.gmail.busy()).toBe(true)
    server.last.close()
    expect(client.heard()).toBe(gone)
    expect(world.gmail.busy()).toBe(false)
    expect(world.recorded('imap.server.failed')).toEqual([{ problem: 'the mailbox server ended the connection' }])
  })

  test('in the middle of a large literal nothing is said, which would be read as a part of it', async () => {
    const { server, client, say } = await loggedIn((command) => (command.startsWith('UID FETCH') ? [] : undefined))
    await say('s SELECT INBOX', 'a UID FETCH 1 (BODY.PEEK[])')
    server.last.send('* 1 FETCH (BODY[] {400000}\r\nxxx')
    server.last.close()
    expect(client.heard()).toBe('* 1 FETCH (BODY[] {400000}\r\nxxx')
    expect(client.ended).toBe(true)
  })

  test('while the client idles', async () => {
    const { world, server, client, say } = await loggedIn()
    await say('s SELECT INBOX', 'a IDLE')
    server.last.send('* BYE shutting down\r\n')
    expect(client.heard()).toBe(gone)
    expect(world.recorded('imap.idle').map(({ event }) => event)).toEqual(['started', 'ended'])
  })
})

describe('the front ends sessions as it does before a mail store of its own', () => {
  test('at the expiry of the token, and leaves the server', async () => {
    const { world, server, client, say } = await loggedIn()
    await say('s SELECT INBOX', 'a IDLE')
    world.clock.set(epoch + tokenLifetime)
    expect(client.heard()).toBe('* BYE Session expired, please login again.\r\n')
    expect(server.last.ended).toBe(true)
  })

  test('whoever leaves takes the connection to the server along, even while it logs in', async () => {
    const { world, server, client } = await openProxied()
    client.send(`a AUTHENTICATE XOAUTH2 ${xoauth2Of(alice, goodToken)}\r\n`)
    client.inlet.closed()
    await settled()
    expect(server.last.ended).toBe(true)
    expect(world.gmail.busy()).toBe(false)
    const { server: another, client: second } = await loggedIn()
    second.inlet.closed()
    expect(another.last.ended).toBe(true)
  })

  test('LOGOUT is the front’s', async () => {
    const { server, say, client } = await loggedIn()
    expect(await say('a LOGOUT')).toEqual(['* BYE LOGOUT Requested', 'a OK 73 good day (Success)'])
    expect([client.ended, server.last.ended]).toEqual([true, true])
  })
})

test('the password of the mailbox server is in no journal, whoever tells it', async () => {
  const { world, server, client } = await loggedIn()
  server.last.send(`* OK your password is ${serverPassword}\r\n* BYE ${serverPassword}\r\n`)
  // The control: the client heard it, so there was something to leak.
  expect(client.heard()).toContain(serverPassword)
  expect(JSON.stringify(world.seal())).not.toContain(serverPassword)
})
