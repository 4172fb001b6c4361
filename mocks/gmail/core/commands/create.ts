import { type Exchange, afterLogin, command } from '../../command.ts'
import { type Outcome, type StateOf, done, no, ok } from '../../state.ts'
import { systemFolders } from '../labels.ts'
import type { Mailbox } from '../mailbox.ts'
import { unknownFolder } from './status.ts'

type AfterLogin = StateOf<'authenticated' | 'selected'>

const isReserved = (name: string): boolean =>
  name === '' || /^\[(Gmail|Google Mail)\]/i.test(name) || systemFolders.some((folder) => folder.name === name)
const reserved = no('[CANNOT] Invalid folder name. (Failure)')

/** CREATE (RFC 3501 §6.3.3): makes a label; a trailing delimiter only announces what will be below. */
export const create = command('CREATE', afterLogin, {
  arguments: (wire) => wire.sp().mailbox().replace(/\/$/, ''),
  run(state, name) {
    if (isReserved(name)) return done(state, reserved)
    if (state.store.mailbox(name)?.selectable === true)
      return done(state, no('[ALREADYEXISTS] Duplicate folder name. (Failure)'))
    state.store.create(name)
    return done(state, ok())
  },
})

/** DELETE (RFC 3501 §6.3.4): removes a label; its messages stay in All Mail. */
export const deleteMailbox = command('DELETE', afterLogin, {
  arguments: (wire) => wire.sp().mailbox(),
  run: (state, name) =>
    withOwn(state, name, (mailbox) => {
      state.store.remove(mailbox)
      return done(state, ok())
    }),
})

/** RENAME (RFC 3501 §6.3.5). */
export const rename = command('RENAME', afterLogin, {
  arguments: (wire) => ({ from: wire.sp().mailbox(), to: wire.sp().mailbox() }),
  run: (state, { from, to }) =>
    withOwn(state, from, (mailbox) => {
      if (isReserved(to)) return done(state, reserved)
      if (state.store.mailbox(to)?.selectable === true)
        return done(state, no('[ALREADYEXISTS] Duplicate folder name. (Failure)'))
      state.store.rename(mailbox, to)
      return done(state, ok())
    }),
})

/** Runs the action on a user's own label. */
function withOwn(state: AfterLogin, name: string, action: (mailbox: Mailbox) => Outcome): Outcome {
  if (isReserved(name)) return done(state, reserved)
  const mailbox = state.store.mailbox(name)
  return mailbox?.selectable === true ? action(mailbox) : done(state, no(unknownFolder))
}

const subscription = (verb: string, subscribed: boolean) =>
  command(verb, afterLogin, {
    arguments: (wire) => wire.sp().mailbox(),
    run(state: AfterLogin, name, _: Exchange) {
      const mailbox = state.store.mailbox(name)
      if (mailbox === undefined) return done(state, no(unknownFolder))
      mailbox.subscribed = subscribed
      return done(state, ok())
    },
  })

export const subscribe = subscription('SUBSCRIBE', true)
export const unsubscribe = subscription('UNSUBSCRIBE', false)
