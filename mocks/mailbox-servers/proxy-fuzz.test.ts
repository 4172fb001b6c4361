import { expect, test } from 'vitest'
import { createRandom } from '../../harness/random.ts'
import { spoiledOctets } from '../gmail/fuzz-octets.fixture.ts'
import { alice, connect, goodToken, xoauth2Of } from '../gmail/gmail.fixture.ts'
import { latin1 } from '../gmail/wire/command-stream.ts'
import { loggedIn, settled } from './scripted-server.fixture.ts'

const seeds = Array.from({ length: 80 }, (_, index) => index + 1)
const login = `l AUTHENTICATE XOAUTH2 ${xoauth2Of(alice, goodToken)}`

test('any octets of a client leave a front that serves the next one', async () => {
  const { world, client } = await loggedIn()
  client.inlet.closed()
  for (const seed of seeds) {
    const next = connect(world.gmail)
    next.say(login)
    await settled()
    next.say('s SELECT INBOX')
    await settled()
    expect(next.heard(), `seed ${seed}`).toContain('s OK')
    for (const piece of spoiledOctets(createRandom(seed))) {
      next.inlet.receive(piece)
      await settled()
    }
    next.inlet.closed()
  }
  expect(world.gmail.busy()).toBe(false)
})

test('any octets of a server are passed on, or end the session with one observation', async () => {
  let failures = 0
  for (const seed of seeds) {
    const { world, server, client, say } = await loggedIn()
    await say('s SELECT INBOX')
    const { last } = server
    for (const piece of spoiledOctets(createRandom(seed))) last.send(latin1(piece))
    await settled()
    const failed = world.recorded('imap.server.failed')
    expect(failed.length, `seed ${seed}`).toBe(client.ended ? 1 : 0)
    failures += failed.length
  }
  expect(failures).toBeGreaterThan(0)
})
