import { command } from '../../command.ts'
import { done } from '../../state.ts'
import { logInWithPassword, recordPassword } from '../password-login.ts'
import { statusNamed } from '../words.ts'

/** LOGIN (RFC 3501 §6.2.3), for passwords alone: a token is none. */
export const login = command('LOGIN', ['not-authenticated'], {
  secret: true,
  arguments(wire, { secrets }) {
    const user = wire.sp().astring()
    const value = wire.sp().astring()
    return { user, password: value === '' ? null : { value, ref: secrets.learn('password', value) } }
  },
  shown: ({ user, password }) => `${user} ‹${password?.ref.ref ?? 'no password'}›`,
  run(state, { user, password }, exchange) {
    const attempt = {
      mechanism: 'LOGIN',
      initialResponse: false,
      user,
      password,
      message: '',
      base64: 'canonical',
    } as const
    if (exchange.stage !== 'in-the-clear') return logInWithPassword(attempt, exchange)
    recordPassword(attempt, exchange, 'password')
    return done(state, statusNamed('privacy-required'))
  },
})
