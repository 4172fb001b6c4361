import { anyState, command } from '../../command.ts'
import { done, ok } from '../../state.ts'

export const logout = command('LOGOUT', anyState, {
  run(_, __, exchange) {
    exchange.bye('logout', 'LOGOUT Requested')
    return done({ name: 'logout' }, ok('73 good day (Success)'))
  },
})
