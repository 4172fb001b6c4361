import type { Disturbed } from '../gmail/faults/strike.ts'
import { mailbox } from '../gmail/wire/encoder.ts'
import type { MockWorld } from '../mock-world.ts'
import type { Account } from './account.ts'
import { flagsOf } from './flags.ts'
import type { ServerRelay } from './relay.ts'
import { append } from './seeding.ts'

/** What happens from outside to a mailbox on a server: what another IMAP client can do. The client's next command waits. */
export function disturbedAt(
  { clock, journal }: MockWorld,
  account: Account,
  folder: string,
  relay: ServerRelay,
): Disturbed {
  const failed = (problem: string): void => void journal.record('mailbox', 'imap.server.failed', { problem })
  const happens = (work: Promise<void>): void => relay.after(work.catch((error: Error) => failed(error.message)))
  return {
    recite: () =>
      happens(
        flagsOf(account, folder, '1:*').then((messages) => {
          relay.tell(`* ${messages.size} EXISTS`)
          let number = 0
          for (const [uid, flags] of messages) relay.tell(`* ${++number} FETCH (UID ${uid} FLAGS (${flags.join(' ')}))`)
        }),
      ),
    arrive: (bytes) =>
      happens(account.alone((ask) => append(ask, { folder, bytes, flags: [], internalDate: clock.now() }))),
    vanish: (uid) =>
      happens(
        account.alone(async (ask) => {
          await ask(`SELECT ${mailbox(folder)}`)
          await ask(`UID STORE ${uid} +FLAGS.SILENT (\\Deleted)`)
          await ask(`UID EXPUNGE ${uid}`)
          await ask(`EXAMINE ${mailbox(folder)}`)
        }),
      ),
    renumber: () => failed('IMAP has no way to give a mailbox another UIDVALIDITY'),
  }
}
