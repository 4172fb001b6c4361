import { expect } from 'vitest'
import type { ImapFault } from '../../../harness/model/imap-fault.ts'
import { alice, type connect, goodToken, loggedIn, openTestWorld, xoauth2Of } from '../gmail.fixture.ts'

type World = ReturnType<typeof openTestWorld>
export type Client = ReturnType<typeof connect>

export const login = `a AUTHENTICATE XOAUTH2 ${xoauth2Of(alice, goodToken)}`
export const badLogin = `a AUTHENTICATE XOAUTH2 ${xoauth2Of(alice, 'ya29.nobody-has-ever-issued-this')}`
export const accepted = 'a OK alice@example.com authenticated (Success)'

/** A fault of the first time that its point is reached. */
export const fault = (at: ImapFault['at'], effect: ImapFault['effect'], more: Partial<ImapFault> = {}): ImapFault =>
  ({ name: 'a fault', at, occurrence: 1, effect, ...more }) as ImapFault

export function armed(...faults: readonly ImapFault[]): World {
  const world = openTestWorld()
  for (const one of faults) world.gmail.fault(one)
  return world
}

/** A client that has selected INBOX, whose six messages have the UIDs 1 to 6. */
export function selected(world: World): Client {
  const client = loggedIn(world.gmail)
  client.say('s SELECT INBOX')
  return client
}

/** The connection does not exist any more for the client, which hears nothing and is not told. */
export function expectSilence(client: Client): void {
  expect(client.say('q NOOP')).toEqual([])
  expect(client.ended).toBe(false)
}
