import type { Specimen } from '../../../fixtures/mailboxes/oracle/corpus.fixture.ts'
import type { RawClient } from './raw-client.fixture.ts'
import type { Server } from './servers.fixture.ts'

export const account = 'oracle@example.test'

/** Stores the messages in the inbox of the account and opens it on a connection that finds none of them recent. */
export async function openFilled(server: Server, specimens: readonly Specimen[]): Promise<RawClient> {
  const filler = await server.connect(account)
  for (const { name, octets, flags, internalDate } of specimens) {
    const { condition, text } = await filler.say(`APPEND INBOX (${flags.join(' ')}) "${internalDate}" `, octets)
    if (condition !== 'OK') throw new Error(`${server.name} does not take ${name}: ${text}`)
  }
  // The first who opens a mailbox is told that its messages are recent; Gmail has no such thing.
  await filler.say('SELECT INBOX')
  for (const [index, { deleted }] of specimens.entries())
    if (deleted) await filler.say(`STORE ${index + 1} +FLAGS.SILENT (\\Deleted)`)
  const reader = await server.connect(account)
  await reader.say('SELECT INBOX')
  filler.end()
  return reader
}
