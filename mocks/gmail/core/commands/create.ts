import { afterLogin, command } from '../../command.ts'
import { type Outcome, type StateOf, type Status, done } from '../../state.ts'
import type { MailStore } from '../mail-store.ts'
import type { Mailbox } from '../mailbox.ts'
import { ending } from '../words.ts'

type AfterLogin = StateOf<'authenticated' | 'selected'>

/** Characters of a label's name (Gmail Help, “Create labels to organize Gmail”). */
const longestLabel = 225

/** Why no folder can get this name; undefined when one can. */
function objection({ folders }: MailStore, name: string): Status | undefined {
  if (folders.isReserved(name) || name.length > longestLabel || name.split('/').includes(''))
    return ending('invalid-folder', { name })
  const known = folders.findFolded(name)
  if (known !== undefined && known.name !== name) return ending('conflicting-folder')
  if (known?.selectable === true) return ending('duplicate-folder', { name })
  return folders.isFull ? ending('too-many-folders') : undefined
}

/** CREATE (RFC 3501 §6.3.3): makes a label; a trailing delimiter only announces what will be below. */
export const create = command('CREATE', afterLogin, {
  arguments: (wire) => wire.sp().mailbox().replace(/\/$/, ''),
  run(state, name) {
    const refused = objection(state.store, name)
    if (refused !== undefined) return done(state, refused)
    state.store.folders.create(name)
    return done(state, ending('success'))
  },
})

/** DELETE (RFC 3501 §6.3.4): removes a label; its messages stay in All Mail. */
export const deleteMailbox = command('DELETE', afterLogin, {
  arguments: (wire) => wire.sp().mailbox(),
  run: (state, name) =>
    withOwn(state, name, (mailbox) => {
      state.store.remove(mailbox)
      return done(state, ending('success'))
    }),
})

/** RENAME (RFC 3501 §6.3.5). */
export const rename = command('RENAME', afterLogin, {
  arguments: (wire) => ({ from: wire.sp().mailbox(), to: wire.sp().mailbox().replace(/\/$/, '') }),
  run(state, { from, to }) {
    const renamed = (mailbox: Mailbox): Outcome => {
      // A folder cannot come to lie below itself.
      const refused = to.startsWith(`${from}/`) ? ending('invalid-folder', { name: to }) : objection(state.store, to)
      if (refused !== undefined) return done(state, refused)
      state.store.rename(mailbox, to)
      return done(state, ending('success'))
    }
    const inbox = from === 'INBOX' && state.store.rules.renameInbox === 'moves-messages'
    return inbox ? renamed(state.store.mailbox('INBOX')!) : withOwn(state, from, renamed)
  },
})

/** Runs the action on a user's own label. */
function withOwn(state: AfterLogin, name: string, action: (mailbox: Mailbox) => Outcome): Outcome {
  const mailbox = state.store.mailbox(name)
  if (mailbox === undefined || !mailbox.selectable)
    return done(state, name === state.store.rules.root ? ending('invalid-folder', { name }) : ending('unknown-folder'))
  return mailbox.xlist === null ? action(mailbox) : done(state, ending('invalid-folder', { name }))
}

const subscription = (verb: string, subscribed: boolean) =>
  command(verb, afterLogin, {
    arguments: (wire) => wire.sp().mailbox(),
    run(state: AfterLogin, name) {
      const mailbox = state.store.mailbox(name)
      if (mailbox === undefined) return done(state, ending('unknown-folder'))
      mailbox.subscribed = subscribed
      return done(state, ending('success'))
    },
  })

export const subscribe = subscription('SUBSCRIBE', true)
export const unsubscribe = subscription('UNSUBSCRIBE', false)
