import { anyState, command } from '../../command.ts'
import { done, ok } from '../../state.ts'
import { wordsOf } from '../words.ts'

/** ID (RFC 2971); what the client says of itself stands in the record of its commands. */
export const id = command('ID', anyState, {
  arguments(wire) {
    wire.sp()
    if (wire.takes('NIL')) return []
    return wire.list(() => [wire.string(), wire.sp().nstring()] as const)
  },
  run(state, _, { untagged, opaqueId }) {
    const stage = state.name === 'not-authenticated' ? 'before-login' : 'after-login'
    untagged(wordsOf(`id-${stage}`, { address: '127.0.0.1', id: opaqueId() }))
    return done(state, ok())
  },
})
