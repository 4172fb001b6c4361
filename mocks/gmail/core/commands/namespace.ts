import { afterLogin, command } from '../../command.ts'
import { done, ok } from '../../state.ts'

/** NAMESPACE (RFC 2342), as captured: one personal namespace without a prefix. */
export const namespace = command('NAMESPACE', afterLogin, {
  run(state, _, { untagged }) {
    untagged('NAMESPACE (("" "/")) NIL NIL')
    return done(state, ok())
  },
})
