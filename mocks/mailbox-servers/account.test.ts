import { expect, test } from 'vitest'
import { latin1, octetsOf } from '../gmail/wire/command-stream.ts'
import { Account } from './account.ts'
import { flagsOf } from './flags.ts'
import type { ServerEvents } from './server-connection.ts'

/** A server that answers when it is told to. */
function openAccount() {
  let written = ''
  let events: ServerEvents
  const dial = (heard: ServerEvents) => {
    events = heard
    const write = (octets: Uint8Array): void => void (written += latin1(octets))
    return { write, unsent: () => 0, pause() {}, resume() {}, expect() {}, end() {} }
  }
  const account = new Account(dial, { user: 'u', password: 'p' }, () => -1)
  /** Says it, and gives what was written since what was said last was answered. */
  const say = async (text: string): Promise<string> => {
    const early = /p*$/.exec(written)![0]
    written = early
    events.receive(octetsOf(text))
    await new Promise((resolve) => setImmediate(resolve))
    return written
  }
  return { account, say }
}

test('a look opens the folder and asks for what it wants at once; each answer goes to its own command', async () => {
  const { account, say } = openAccount()
  const [one, other] = [flagsOf(account, 'INBOX', '7'), flagsOf(account, 'Gone', '8')]
  other.catch(() => {})
  await new Promise((resolve) => setImmediate(resolve))
  const [login] = tagsIn(await say('* OK ready\r\n'), 'LOGIN "u" "p"')
  const looks = await say(`${login} OK in\r\n`)
  const [opening, looking] = tagsIn(looks, 'EXAMINE "INBOX"', 'UID FETCH 7 (FLAGS)')
  const next = await say(
    `* 1 FETCH (UID 9 FLAGS (\\Seen))\r\n${opening} OK open\r\n* 3 FETCH (UID 7 FLAGS (\\Recent $Done))\r\n${looking} OK\r\n`,
  )
  expect(await one).toEqual(new Map([[7, ['$Done']]]))
  const [again, last] = tagsIn(next, 'EXAMINE "Gone"', 'UID FETCH 8 (FLAGS)')
  await say(`${again} NO none\r\n${last} BAD nothing is open\r\n`)
  await expect(other).rejects.toThrow('does not open a folder to look into it')
})

/** The tags under which exactly these commands were written; what was sent early of a tag belongs to it. */
function tagsIn(written: string, ...commands: readonly string[]): readonly string[] {
  const lines = written.split('\r\n').slice(0, commands.length)
  expect(lines.map((line) => line.slice(line.indexOf(' ') + 1))).toEqual(commands)
  return lines.map((line) => line.slice(0, line.indexOf(' ')))
}
