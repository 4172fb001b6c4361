import { afterLogin, command } from '../../command.ts'
import { done } from '../../state.ts'
import { ending } from '../words.ts'

/** NAMESPACE (RFC 2342), as captured: one personal namespace without a prefix. */
export const namespace = command('NAMESPACE', afterLogin, {
  run(state, _, { untagged }) {
    untagged('NAMESPACE (("" "/")) NIL NIL')
    return done(state, ending('success'))
  },
})
