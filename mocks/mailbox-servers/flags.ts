import { mailbox } from '../gmail/wire/encoder.ts'
import { type Account, ServerFailure } from './account.ts'
import type { Passed } from '../gmail/front/core-port.ts'

export type Flags = ReadonlyMap<number, readonly string[]>

/** The text of a response, literals left out. */
export const textOf = ({ pieces }: Passed): string => pieces.filter((piece) => typeof piece === 'string').join('')

/** Looks into a folder without touching it: what other sessions see there now. `look` is a command. */
export const examine = async (account: Account, folder: string, look: string): Promise<readonly Passed[]> =>
  account.alone(async (_, askAll) => {
    const [opened, looked] = await askAll(`EXAMINE ${mailbox(folder)}`, look)
    if (opened!.status.condition !== 'OK')
      throw new ServerFailure('the mailbox server does not open a folder to look into it')
    return looked!.lines
  })

/** The flags of these messages, by UID. */
export const flagsOf = async (account: Account, folder: string, uids: string): Promise<Flags> =>
  new Map((await examine(account, folder, `UID FETCH ${uids} (FLAGS)`)).flatMap((line) => flagsIn(textOf(line))))

/** Those of these messages that nobody has read. */
export const unseenOf = async (account: Account, folder: string, uids: string): Promise<readonly number[]> =>
  (await examine(account, folder, `UID SEARCH UID ${uids} UNSEEN`))
    .flatMap((line) => (/^\* SEARCH((?: \d+)*) *$/i.exec(textOf(line))?.[1] ?? '').match(/\d+/g) ?? [])
    .map(Number)

function flagsIn(text: string): (readonly [number, readonly string[]])[] {
  const uid = /\bUID (\d+)/i.exec(text)?.[1]
  const flags = /\bFLAGS \(([^)]*)\)/i.exec(text)?.[1]
  if (uid === undefined || flags === undefined) return []
  // It says something of the session, not of the message.
  const own = flags.split(' ').filter((flag) => flag !== '' && flag.toLowerCase() !== '\\recent')
  return [[Number(uid), own]]
}
