import { expect, test } from 'vitest'
import { loggedIn, openTestWorld } from '../gmail.fixture.ts'
import { latin1 } from '../wire/command-stream.ts'

const octets = (text: string): string => latin1(new TextEncoder().encode(text))

test('a name in UTF-8 stands in the journal as it reads, and other octets as they came', () => {
  const world = openTestWorld()
  const client = loggedIn(world.gmail)
  client.say('a ENABLE UTF8=ACCEPT')
  client.say(octets('b LIST "" "Été"'))
  client.say('c SELECT "\xff\xfe"')
  expect(client.say(octets('d SELECT "Été"')).at(-1)).toBe(octets('d OK [READ-WRITE] Été selected. (Success)'))

  const commands = world.recorded('imap.cmd').map(({ verb, arguments: text }) => `${verb} ${text}`)
  expect(commands.slice(-3)).toEqual(['LIST "" "Été"', 'SELECT "\xff\xfe"', 'SELECT "Été"'])
  const lines = world.recorded('imap.line.out').map(({ line }) => line)
  expect(lines).toContain('* LIST (\\HasNoChildren) "/" "Été"')
  expect(lines.at(-1)).toBe('d OK [READ-WRITE] Été selected. (Success)')
})
