import { anyState, command } from '../../command.ts'
import { done } from '../../state.ts'
import { statusNamed } from '../words.ts'

/** STARTTLS (RFC 3501 §6.2.1). Gmail, which has port 993 alone, does not know it; other ports of the mock do. */
export const startTls = command('STARTTLS', anyState, {
  run(state, _, { stage, security, startTls: begin, opaqueId }) {
    if (stage !== 'in-the-clear') {
      const answer = stage === 'before-login' ? 'unknown-command-before-login' : 'unknown-command'
      return done(state, statusNamed(answer, { id: opaqueId() }))
    }
    if (security === 'starttls-no' || security === 'starttls-bad') return done(state, statusNamed(security))
    begin()
    return done(state, statusNamed('starttls-ok'))
  },
})
