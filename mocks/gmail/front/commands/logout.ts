import { anyState, command } from '../../command.ts'
import { done } from '../../state.ts'
import { statusNamed, wordsOf } from '../words.ts'

/** LOGOUT (RFC 3501 §6.1.3); before the login Gmail has other words for it. */
export const logout = command('LOGOUT', anyState, {
  run(state, _, { bye, opaqueId }) {
    const before = state.name === 'not-authenticated' ? '-before-login' : ''
    const filling = { id: opaqueId() }
    bye('logout', wordsOf(`logout-bye${before}`, filling).replace('BYE ', ''))
    return done({ name: 'logout' }, statusNamed(`logout-ok${before}`, filling))
  },
})
