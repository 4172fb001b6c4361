import { anyState, command } from '../../command.ts'
import { done } from '../../state.ts'
import { capabilities } from '../capability.ts'
import { statusNamed } from '../words.ts'

export const capability = command('CAPABILITY', anyState, {
  run(state, _, { untagged, stage, gmail, opaqueId }) {
    untagged(`CAPABILITY ${capabilities(stage, gmail)}`)
    const answer = stage === 'after-login' ? 'capability-ok-after-login' : 'capability-ok'
    return done(state, statusNamed(answer, { id: opaqueId() }))
  },
})
