import { describe, expect, test } from 'vitest'
import { alice, connect, epoch, loggedIn, openTestWorld, tokenLifetime } from '../gmail.fixture.ts'

const minute = 60_000
const day = 24 * 60 * minute
const expired = '* BYE Session expired, please login again.\r\n'

/** A session in IDLE. */
function idling(gmail: Parameters<typeof loggedIn>[0]) {
  const client = loggedIn(gmail)
  client.say('a SELECT INBOX')
  client.say('b IDLE')
  client.heard()
  return client
}

describe('a session of a token ends', () => {
  test('when the token expires, in the middle of IDLE', () => {
    const world = openTestWorld()
    const client = idling(world.gmail)
    world.clock.set(epoch + tokenLifetime - 1)
    expect(client.heard()).toBe('')
    world.clock.set(epoch + tokenLifetime)
    expect(client.heard()).toBe(expired)
    expect(client.ended).toBe(true)
    expect(world.recorded('imap.bye')).toEqual([{ reason: 'session-expired' }])
    expect(world.recorded('imap.conn.close')).toEqual([{ connection: 1, by: 'server', unterminated: 0 }])
  })

  test.each([
    ['earlier', 10 * minute],
    ['later than the token', -10 * minute],
  ])('%s, where the policy says so', (_, beforeExpiry) => {
    const world = openTestWorld()
    world.gmail.sessionEnd({ beforeExpiry })
    const client = idling(world.gmail)
    world.clock.set(epoch + tokenLifetime - beforeExpiry - 1)
    expect(client.heard()).toBe('')
    world.clock.set(epoch + tokenLifetime - beforeExpiry)
    expect(client.heard()).toBe(expired)
  })

  test('without a word, where the policy says so', () => {
    const world = openTestWorld()
    world.gmail.sessionEnd({ bye: false })
    const client = idling(world.gmail)
    world.clock.set(epoch + tokenLifetime)
    expect(client.heard()).toBe('')
    expect(client.ended).toBe(true)
    expect(world.recorded('imap.bye')).toEqual([])
    expect(world.recorded('imap.conn.close')).toEqual([
      { connection: 1, by: 'server', unterminated: 0, cause: 'session-expired' },
    ])
  })

  test('in the middle of a response that is still on its way: no BYE would be read as one there', () => {
    const world = openTestWorld()
    world.gmail.fault({
      name: 'a slow line',
      at: 'command UID FETCH',
      occurrence: 1,
      effect: { kind: 'trickle', octets: 20, milliseconds: minute },
    })
    const client = loggedIn(world.gmail)
    client.say('a SELECT INBOX')
    world.clock.set(epoch + tokenLifetime - 1.5 * minute)
    expect(client.send('b UID FETCH 1 BODY.PEEK[]\r\n')).toBe('* 1 FETCH (UID 1 BOD')
    world.clock.set(epoch + tokenLifetime)
    expect(client.writes()).toEqual(['Y[] {571}\r\nReturn-Pa'])
    expect(client.ended).toBe(true)
  })
})

describe('sessions whose time is declared over', () => {
  test('end with the words of an expiry, each once, whatever their account is called; others go on', () => {
    const world = openTestWorld()
    const clients = [idling(world.gmail), idling(world.gmail)]
    const stranger = connect(world.gmail)
    expect(world.gmail.expireSessions(alice.toUpperCase())).toBe(2)
    expect(clients.map((client) => [client.heard(), client.ended])).toEqual([
      [expired, true],
      [expired, true],
    ])
    expect(world.gmail.expireSessions(alice)).toBe(0)
    expect([stranger.say('a NOOP'), stranger.ended]).toEqual([['a OK Success'], false])
    world.clock.set(epoch + tokenLifetime)
    expect(world.recorded('imap.bye')).toEqual([{ reason: 'session-expired' }, { reason: 'session-expired' }])
  })

  test('end without a word, where the policy says so', () => {
    const world = openTestWorld()
    world.gmail.sessionEnd({ bye: false })
    const client = idling(world.gmail)
    expect(world.gmail.expireSessions(alice)).toBe(1)
    expect([client.heard(), client.ended]).toEqual(['', true])
  })
})

test('a session never ends where the policy says so, and who has left hears nothing', () => {
  const world = openTestWorld()
  const leaver = loggedIn(world.gmail)
  leaver.inlet.closed()
  world.gmail.sessionEnd({ beforeExpiry: null })
  const stayer = loggedIn(world.gmail)
  world.clock.set(epoch + 2 * day)
  expect(stayer.say('a NOOP')).toEqual(['a OK Success'])
  expect(leaver.heard()).toBe('')
  expect(world.recorded('imap.bye')).toEqual([])
})

describe('a new policy reaches sessions that are open', () => {
  test('and ends them earlier', () => {
    const world = openTestWorld()
    const client = loggedIn(world.gmail)
    client.heard()
    world.gmail.sessionEnd({ beforeExpiry: 30 * minute })
    world.clock.set(epoch + tokenLifetime - 30 * minute)
    expect(client.heard()).toBe(expired)
  })

  test('at once where they are overdue', () => {
    const world = openTestWorld()
    const client = loggedIn(world.gmail)
    client.heard()
    world.clock.set(epoch + 30 * minute)
    world.gmail.sessionEnd({ beforeExpiry: 50 * minute })
    world.clock.set(epoch + 30 * minute)
    expect(client.heard()).toBe(expired)
  })

  test('and no session that began later than it would have ended', () => {
    const world = openTestWorld()
    world.gmail.sessionEnd({ beforeExpiry: 30 * minute })
    world.clock.set(epoch + tokenLifetime - 30 * minute)
    const client = loggedIn(world.gmail)
    client.heard()
    world.clock.set(epoch + tokenLifetime - 1)
    expect(client.heard()).toBe('')
    world.clock.set(epoch + tokenLifetime)
    expect(client.heard()).toBe(expired)
  })

  test('or lets them live', () => {
    const world = openTestWorld()
    const client = loggedIn(world.gmail)
    world.gmail.sessionEnd({ beforeExpiry: null })
    world.clock.set(epoch + tokenLifetime)
    expect(client.say('a NOOP')).toEqual(['a OK Success'])
  })
})

describe('a session of a password', () => {
  test('lasts a day, whatever the policy says of tokens', () => {
    const world = openTestWorld()
    const client = connect(world.gmail)
    client.say(`a LOGIN ${alice} ${world.gmail.createAppPassword(alice)}`)
    world.gmail.sessionEnd({ beforeExpiry: 50 * minute })
    client.heard()
    world.clock.set(epoch + day - 1)
    expect(client.heard()).toBe('')
    world.clock.set(epoch + day)
    expect(client.heard()).toBe(expired)
  })

  test('lasts as long as the switch says, or for ever', () => {
    const world = openTestWorld()
    world.gmail.turn({ passwordSessionLength: minute })
    const password = world.gmail.createAppPassword(alice)
    const [short, long] = [connect(world.gmail), connect(world.gmail)]
    short.say(`a LOGIN ${alice} ${password}`)
    world.clock.set(epoch + minute)
    expect(short.heard()).toBe(expired)
    world.gmail.sessionEnd({ beforeExpiry: null })
    long.say(`a LOGIN ${alice} ${password}`)
    world.clock.set(epoch + 2 * day)
    expect(long.heard()).toBe('')
  })
})

test('every session ends with its world', () => {
  const world = openTestWorld()
  const clients = [connect(world.gmail), loggedIn(world.gmail)]
  world.gmail.close()
  expect(clients.map(({ ended }) => ended)).toEqual([true, true])
  expect(world.recorded('imap.bye')).toEqual([{ reason: 'shutdown' }, { reason: 'shutdown' }])
})
