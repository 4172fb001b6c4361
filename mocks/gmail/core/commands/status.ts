import { afterLogin, command } from '../../command.ts'
import { done, no, ok } from '../../state.ts'
import type { Decoder } from '../../wire/decoder.ts'
import { mailbox as mailboxName } from '../../wire/encoder.ts'
import type { Mailbox } from '../mailbox.ts'

const items: Readonly<Record<string, (mailbox: Mailbox) => number>> = {
  MESSAGES: (mailbox) => mailbox.size,
  RECENT: () => 0,
  UIDNEXT: (mailbox) => mailbox.uidNext,
  UIDVALIDITY: (mailbox) => mailbox.uidValidity,
  UNSEEN: (mailbox) => mailbox.entries().filter(({ message }) => !message.flags.has('\\Seen')).length,
}

export function statusItem(wire: Decoder): string {
  const name = wire.keyword()
  return items[name] === undefined ? wire.fail('status-att') : name
}

export const statusLine = (mailbox: Mailbox, names: readonly string[]): string =>
  `STATUS ${mailboxName(mailbox.name)} (${names.map((name) => `${name} ${items[name]!(mailbox)}`).join(' ')})`

/** STATUS (RFC 3501 §6.3.10). */
export const status = command('STATUS', afterLogin, {
  arguments: (wire) => ({ name: wire.sp().mailbox(), names: wire.sp().list(() => statusItem(wire)) }),
  run(state, { name, names }, { untagged }) {
    const mailbox = state.store.mailbox(name)
    if (mailbox?.selectable !== true) return done(state, no(unknownFolder))
    untagged(statusLine(mailbox, names))
    return done(state, ok())
  },
})

/** Gmail's text for a mailbox that is not there. */
export const unknownFolder = '[NONEXISTENT] Unknown folder.'
