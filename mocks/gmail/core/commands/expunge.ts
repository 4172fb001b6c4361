import { command } from '../../command.ts'
import { type StateOf, done } from '../../state.ts'
import type { SequenceSet } from '../../wire/sequence-set.ts'
import { ending } from '../words.ts'

/** EXPUNGE (RFC 3501 §6.4.3): the session tells which messages went before the command ends. */
export const expunge = command('EXPUNGE', ['selected'], { run: (state) => run(state, [[1, '*']]) })

/** UID EXPUNGE (RFC 4315 §2.1): only those in the set. */
export const uidExpunge = command('UID EXPUNGE', ['selected'], {
  arguments: (wire) => wire.sp().sequenceSet(),
  run: (state, set) => run(state, set),
})

function run(state: StateOf<'selected'>, set: SequenceSet) {
  const { store, mailbox } = state
  if (mailbox.readOnly) return done(state, ending('read-only', { verb: 'EXPUNGE' }))
  for (const { entry } of mailbox.pick(set, 'uid')) if (entry.deleted) store.expunge(entry, mailbox.mailbox)
  return done(state, ending('success'))
}
