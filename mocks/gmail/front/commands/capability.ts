import { anyState, command } from '../../command.ts'
import { done, ok } from '../../state.ts'
import { capabilities } from '../capability.ts'

export const capability = command('CAPABILITY', anyState, {
  run(state, _, exchange) {
    exchange.untagged(`CAPABILITY ${capabilities(state.name !== 'not-authenticated', exchange.gmail.policy)}`)
    return done(state, ok(`Thats all she wrote! ${exchange.opaqueId()}`))
  },
})
