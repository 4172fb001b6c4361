import { type Exchange, afterLogin, command } from '../../command.ts'
import { done, no, ok } from '../../state.ts'
import type { Decoder } from '../../wire/decoder.ts'
import { mailbox as mailboxName } from '../../wire/encoder.ts'
import { appendLimit } from '../append-limit.ts'
import type { MailStore } from '../mail-store.ts'
import type { Mailbox } from '../mailbox.ts'

/** A mailbox of an account. */
export interface Listed {
  readonly store: MailStore
  readonly mailbox: Mailbox
}

const items: Readonly<Record<string, (mailbox: Mailbox, store: MailStore) => number>> = {
  MESSAGES: (mailbox) => mailbox.size,
  RECENT: () => 0,
  UIDNEXT: (mailbox) => mailbox.uidNext,
  UIDVALIDITY: (mailbox) => mailbox.uidValidity,
  UNSEEN: (mailbox) => mailbox.entries().filter(({ message }) => !message.flags.has('\\Seen')).length,
  DELETED: (mailbox) => mailbox.entries().filter(({ deleted }) => deleted).length,
  SIZE: (mailbox) => mailbox.entries().reduce((sum, { message }) => sum + message.bytes.length, 0),
  HIGHESTMODSEQ: (_, store) => store.highestModSeq,
  APPENDLIMIT: () => appendLimit,
}

export function statusItem(wire: Decoder): string {
  const name = wire.keyword()
  return items[name] === undefined ? wire.fail('status-att') : name
}

export function statusLine({ store, mailbox }: Listed, names: readonly string[], { enabled }: Exchange): string {
  // Asking for a modification sequence switches them on (RFC 7162 §3.1).
  if (names.includes('HIGHESTMODSEQ')) enabled.add('CONDSTORE')
  const values = names.map((name) => `${name} ${items[name]!(mailbox, store)}`)
  return `STATUS ${mailboxName(mailbox.name, enabled.has('UTF8=ACCEPT'))} (${values.join(' ')})`
}

/** STATUS (RFC 3501 §6.3.10). */
export const status = command('STATUS', afterLogin, {
  arguments: (wire) => ({ name: wire.sp().mailbox(), names: wire.sp().list(() => statusItem(wire)) }),
  run(state, { name, names }, exchange) {
    const mailbox = state.store.mailbox(name)
    if (mailbox?.selectable !== true) return done(state, no(unknownFolder))
    exchange.untagged(statusLine({ store: state.store, mailbox }, names, exchange))
    return done(state, ok())
  },
})

/** Gmail's text for a mailbox that is not there. */
export const unknownFolder = '[NONEXISTENT] Unknown folder.'
