import { afterLogin, command } from '../../command.ts'
import { done, ok } from '../../state.ts'
import { mailbox as mailboxName } from '../../wire/encoder.ts'
import type { Mailbox } from '../mailbox.ts'
import { listPattern } from '../list-pattern.ts'
import type { Decoder } from '../../wire/decoder.ts'

const listArguments = (wire: Decoder) => ({ reference: wire.sp().mailbox(), pattern: wire.sp().listMailbox() })

/** LIST (RFC 3501 §6.3.8): Gmail tells the special use of a mailbox in every answer, and quotes every name. */
export const list = command('LIST', afterLogin, {
  arguments: listArguments,
  run(state, { reference, pattern }, { untagged }) {
    if (pattern === '') untagged('LIST (\\Noselect) "/" "/"')
    else {
      const mailboxes = state.store.mailboxes()
      const matches = listPattern(reference + pattern)
      for (const mailbox of mailboxes.filter(({ name }) => matches(name)))
        untagged(`LIST (${attributes(mailbox, mailboxes).join(' ')}) "/" ${mailboxName(mailbox.name)}`)
    }
    return done(state, ok())
  },
})

/** LSUB (RFC 3501 §6.3.9): the subscribed mailboxes. */
export const lsub = command('LSUB', afterLogin, {
  arguments: listArguments,
  run(state, { reference, pattern }, { untagged }) {
    const mailboxes = state.store.mailboxes()
    const matches = listPattern(reference + pattern)
    for (const mailbox of mailboxes.filter(({ name, subscribed }) => subscribed && matches(name)))
      untagged(`LSUB (${attributes(mailbox, mailboxes).join(' ')}) "/" ${mailboxName(mailbox.name)}`)
    return done(state, ok())
  },
})

function attributes({ name, selectable, specialUse }: Mailbox, all: readonly Mailbox[]): string[] {
  const children = all.some((other) => other.name.startsWith(`${name}/`)) ? '\\HasChildren' : '\\HasNoChildren'
  if (!selectable) return [children, '\\Noselect']
  return specialUse === null ? [children] : [children, specialUse]
}
