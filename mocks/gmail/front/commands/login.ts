import { command } from '../../command.ts'
import { done } from '../../state.ts'
import { announcesSaslIr } from '../capability.ts'
import { passwordRefused } from '../password.ts'

/** LOGIN (RFC 3501 §6.2.3): accounts here have no password that IMAP would take. */
export const login = command('LOGIN', ['not-authenticated'], {
  secret: true,
  arguments(wire, { secrets }) {
    const user = wire.sp().astring()
    const password = wire.sp().astring()
    return { user, password: password === '' ? null : secrets.learn('password', password) }
  },
  shown: ({ user, password }) => `${user} ‹${password?.ref ?? 'no password'}›`,
  run(state, { user, password }, { tag, record, gmail }) {
    record('imap.auth', {
      tag,
      mechanism: 'LOGIN',
      initialResponse: false,
      saslIr: announcesSaslIr,
      user: gmail.secrets.mask(user),
      token: password,
      message: '',
      base64: 'canonical',
      result: 'refused',
      refusal: 'password',
    })
    return done(state, passwordRefused)
  },
})
