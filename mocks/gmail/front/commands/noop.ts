import { anyState, command } from '../../command.ts'
import { done, ok } from '../../state.ts'

/** What changed in the mailbox is told before the end of every command, of this one too. */
export const noop = command('NOOP', anyState, { run: (state) => done(state, ok()) })

/** CHECK (RFC 3501 §6.4.1): nothing is ever waiting to be written here. */
export const check = command('CHECK', ['selected'], { run: (state) => done(state, ok()) })
