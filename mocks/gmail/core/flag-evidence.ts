import type { Exchange } from '../command.ts'
import { type Entry, Mailbox } from './mailbox.ts'
import type { OpenMailbox } from './open-mailbox.ts'

/** Records which flags a command changed; nothing when it changed none. */
export function recordFlags(
  { mailbox }: OpenMailbox,
  entry: Entry,
  before: readonly string[],
  cause: 'STORE' | 'FETCH',
  { record }: Exchange,
): void {
  const after = Mailbox.flagsOf(entry)
  const added = after.filter((flag) => !before.includes(flag))
  const removed = before.filter((flag) => !after.includes(flag))
  if (added.length + removed.length > 0)
    record('imap.flags', { folder: mailbox.name, uid: entry.uid, added, removed, cause })
}
