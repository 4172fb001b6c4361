import { mailbox } from '../gmail/wire/encoder.ts'
import { type Account, type Ask, ServerFailure } from './account.ts'
import type { Passed } from '../gmail/front/core-port.ts'

export type Flags = ReadonlyMap<number, readonly string[]>

/** The text of a response, literals left out. */
export const textOf = ({ pieces }: Passed): string => pieces.filter((piece) => typeof piece === 'string').join('')

/** Looks into a folder without touching it: what other sessions see there now. */
export const examine = async <T>(account: Account, folder: string, look: (ask: Ask) => Promise<T>): Promise<T> =>
  account.alone(async (ask) => {
    const { status } = await ask(`EXAMINE ${mailbox(folder)}`)
    if (status.condition !== 'OK') throw new ServerFailure('the mailbox server does not open a folder to look into it')
    return look(ask)
  })

/** The flags of these messages, by UID. */
export const flagsOf = async (account: Account, folder: string, uids: string): Promise<Flags> =>
  examine(account, folder, async (ask) => {
    const { lines } = await ask(`UID FETCH ${uids} (FLAGS)`)
    return new Map(lines.flatMap((line) => flagsIn(textOf(line))))
  })

/** Those of these messages that nobody has read. */
export const unseenOf = async (account: Account, folder: string, uids: string): Promise<readonly number[]> =>
  examine(account, folder, async (ask) => {
    const { lines } = await ask(`UID SEARCH UID ${uids} UNSEEN`)
    return lines
      .flatMap((line) => (/^\* SEARCH((?: \d+)*) *$/i.exec(textOf(line))?.[1] ?? '').match(/\d+/g) ?? [])
      .map(Number)
  })

function flagsIn(text: string): (readonly [number, readonly string[]])[] {
  const uid = /\bUID (\d+)/i.exec(text)?.[1]
  const flags = /\bFLAGS \(([^)]*)\)/i.exec(text)?.[1]
  if (uid === undefined || flags === undefined) return []
  // It says something of the session, not of the message.
  const own = flags.split(' ').filter((flag) => flag !== '' && flag.toLowerCase() !== '\\recent')
  return [[Number(uid), own]]
}
