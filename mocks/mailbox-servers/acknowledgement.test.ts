import { expect, test } from 'vitest'
import { latin1, octetsOf } from '../gmail/wire/command-stream.ts'
import type { Status } from '../gmail/state.ts'
import { ServerConnection, type ServerEvents } from './server-connection.ts'

/** A server whose system holds each piece of a response back until what it sent before has been acknowledged. */
function openHesitant() {
  let events: ServerEvents | undefined
  let heard = ''
  const held: string[] = []
  const say = (text: string): void => events!.receive(octetsOf(text))
  const connection = new ServerConnection({
    dial(given) {
      events = given
      return {
        write(octets) {
          heard += latin1(octets)
          const next = held.shift()
          if (next !== undefined) queueMicrotask(() => say(next))
        },
        unsent: () => 0,
        pause() {},
        resume() {},
        expect() {},
        end() {},
      }
    },
    nonSynchronizing: () => 0,
    kept: () => 1000,
    unasked: () => {},
    failed(problem) {
      throw new Error(problem)
    },
  })
  say('* OK ready\r\n')
  return { connection, say, held, lines: () => heard.split('\r\n') }
}

/** The queue of microtasks runs dry. */
const settled = () => new Promise((resolve) => setImmediate(resolve))

test('a response in pieces comes at once, and the next command’s tag has begun by then', async () => {
  const { connection, say, held, lines } = openHesitant()
  const ended: Status[] = []
  const command = { pieces: ['NOOP'], ended: (status: Status) => void ended.push(status) }
  connection.start(command)
  held.push('* 2 EXISTS\r\n', 'p1 OK done\r\n')
  say('* 1 RECENT\r\n')
  await settled()
  expect(ended).toEqual([{ condition: 'OK', text: 'done' }])

  connection.start(command)
  expect(lines()).toEqual(['p1 NOOP', 'ppp2 NOOP', ''])
  say('ppp2 OK done again\r\n')
  expect(ended).toHaveLength(2)
})

test('what takes an acknowledgement along already needs no octet besides', async () => {
  const { connection, say, lines } = openHesitant()
  connection.start({ pieces: ['NOOP'], ended: () => {} })
  connection.start({ pieces: ['CHECK'], ended: () => {} })
  say('p1 OK done\r\n')
  expect(lines()).toEqual(['p1 NOOP', 'p2 CHECK', ''])
})

test('a server that may ask for something is sent nothing', async () => {
  const { connection, say, lines } = openHesitant()
  connection.start({ pieces: ['IDLE'], continued: () => {}, ended: () => {} })
  say('* 1 EXISTS\r\n')
  expect(lines()).toEqual(['p1 IDLE', ''])
})

test('nothing of the next command comes before a literal that waits', async () => {
  const { connection, say, lines } = openHesitant()
  connection.start({ pieces: ['APPEND INBOX ', { literal: octetsOf('abc') }], ended: () => {} })
  say('* 1 EXISTS\r\n')
  expect(lines()).toEqual(['p1 APPEND INBOX {3}', ''])
  say('+ go on\r\n')
  expect(lines()).toEqual(['p1 APPEND INBOX {3}', 'abc', ''])
})
