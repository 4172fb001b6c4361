import { type Exchange, afterLogin, command } from '../../command.ts'
import { done } from '../../state.ts'
import type { Decoder } from '../../wire/decoder.ts'
import { mailbox as mailboxName } from '../../wire/encoder.ts'
import { appendLimit } from '../append-limit.ts'
import type { MailStore } from '../mail-store.ts'
import type { Mailbox } from '../mailbox.ts'
import { ending } from '../words.ts'

/** A mailbox of an account. */
export interface Listed {
  readonly store: MailStore
  readonly mailbox: Mailbox
}

/** Gmail announces no STATUS=SIZE, so that SIZE and DELETED are no items here. */
const items: Readonly<Record<string, (mailbox: Mailbox, store: MailStore) => number>> = {
  MESSAGES: (mailbox) => mailbox.size,
  RECENT: () => 0,
  UIDNEXT: (mailbox) => mailbox.uidNext,
  UIDVALIDITY: (mailbox) => mailbox.uidValidity,
  UNSEEN: (mailbox) => mailbox.entries().filter(({ message }) => !message.flags.has('\\Seen')).length,
  HIGHESTMODSEQ: (_, store) => store.highestModSeq,
  APPENDLIMIT: () => appendLimit,
}

export function statusItem(wire: Decoder): string {
  const name = wire.keyword()
  return Object.hasOwn(items, name) ? name : wire.fail('status-att')
}

export function statusLine({ store, mailbox }: Listed, names: readonly string[], { enabled }: Exchange): string {
  // Asking for a modification sequence switches them on (RFC 7162 §3.1).
  if (names.includes('HIGHESTMODSEQ')) enabled.add('CONDSTORE')
  const values = names.map((name) => `${name} ${items[name]!(mailbox, store)}`)
  return `STATUS ${mailboxName(mailbox.name, enabled.has('UTF8=ACCEPT'))} (${values.join(' ')})`
}

/** STATUS (RFC 3501 §6.3.10). */
export const status = command('STATUS', afterLogin, {
  arguments(wire) {
    const name = wire.sp().mailbox()
    const names = wire.sp().list(() => statusItem(wire))
    return names.length === 0 ? wire.fail('status-att') : { name, names }
  },
  run(state, { name, names }, exchange) {
    const mailbox = state.store.mailbox(name)
    if (mailbox?.selectable !== true) return done(state, ending('unknown-mailbox', { name }))
    exchange.untagged(statusLine({ store: state.store, mailbox }, names, exchange))
    return done(state, ending('success'))
  },
})
