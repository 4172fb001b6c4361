import type { Read } from '../gmail/front/command-reader.ts'
import type { RelayClient } from '../gmail/front/core-port.ts'
import type { Status } from '../gmail/state.ts'
import type { Account } from './account.ts'
import { flagsOf, unseenOf } from './flags.ts'
import type { Selected } from './selected.ts'

/** Has a command run and records which flags it changed. */
export type Watched = (uidsOf: (set: string) => Promise<string>, run: () => Promise<Status>) => Promise<Status>

/** Reading a body without PEEK sets `\Seen` (RFC 3501 §6.4.5). */
const reads = /\bBODY\[|\bRFC822(?!\.(?:SIZE|HEADER))/i

/**
 * How to watch the flags of a command that may change some; undefined where none can change. A server tells of changes as
 * it likes and not of what was before, so that another connection looks before and after.
 */
export function watchFlags(
  { command: { verb }, text }: Read,
  { folder, readOnly }: Selected,
  account: Account,
  client: RelayClient,
): Watched | undefined {
  const [, set = ''] = /^([\d:*,]+) /.exec(text) ?? []
  if (readOnly || set === '') return undefined
  const byUid = verb.startsWith('UID ')
  const among = async (uidsOf: (set: string) => Promise<string>): Promise<string> => (byUid ? set : uidsOf(set))
  if (verb.endsWith('STORE'))
    return async (uidsOf, run) => {
      const uids = await among(uidsOf)
      if (uids === '') return run()
      const before = await flagsOf(account, folder, uids)
      const status = await run()
      const after = await flagsOf(account, folder, uids)
      for (const [uid, flags] of after) {
        const own = before.get(uid) ?? []
        const added = flags.filter((flag) => !own.includes(flag))
        const removed = own.filter((flag) => !flags.includes(flag))
        if (added.length + removed.length > 0)
          client.record('imap.flags', { folder, uid, added, removed, cause: 'STORE' })
      }
      return status
    }
  if (!verb.endsWith('FETCH') || !reads.test(text.replace(/"(?:[^"\\]|\\.)*"/g, ''))) return undefined
  return async (uidsOf, run) => {
    const uids = await among(uidsOf)
    const before = uids === '' ? [] : await unseenOf(account, folder, uids)
    const status = await run()
    if (before.length === 0) return status
    const after = new Set(await unseenOf(account, folder, before.join(',')))
    for (const uid of before)
      if (!after.has(uid)) client.record('imap.flags', { folder, uid, added: ['\\Seen'], removed: [], cause: 'FETCH' })
    return status
  }
}
