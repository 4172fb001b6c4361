import { type Exchange, command } from '../../command.ts'
import { done } from '../../state.ts'
import type { OpenMailbox } from '../open-mailbox.ts'
import { ending } from '../words.ts'

/** CLOSE (RFC 3501 §6.4.2): removes what is marked `\Deleted`, without a word. */
export const close = command('CLOSE', ['selected'], {
  run({ store, mailbox }, _, exchange) {
    if (!mailbox.readOnly)
      for (const entry of mailbox.mailbox.entries()) if (entry.deleted) store.expunge(entry, mailbox.mailbox)
    leave(mailbox, exchange)
    return done({ name: 'authenticated', store }, ending('returned'))
  },
})

/** UNSELECT (RFC 3691): the same, and nothing is removed. */
export const unselect = command('UNSELECT', ['selected'], {
  run({ store, mailbox }, _, exchange) {
    leave(mailbox, exchange)
    return done({ name: 'authenticated', store }, ending('returned'))
  },
})

/** Records that the session no longer has the mailbox open. */
export function leave({ mailbox, exists }: OpenMailbox, { record }: Exchange): void {
  record('imap.mailbox', { event: 'closed', folder: mailbox.name, uidValidity: mailbox.uidValidity, exists })
}
