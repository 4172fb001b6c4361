import type { Exchange } from '../../command.ts'
import { type State, done } from '../../state.ts'
import { type PasswordAttempt, logInWithPassword, recordPassword } from '../password-login.ts'
import { statusNamed } from '../words.ts'
import { caret } from './evidence.ts'
import { type Mechanism, decodeBase64 } from './mechanism.ts'

const nobody: State = { name: 'not-authenticated' }
/** RFC 4616: authzid NUL authcid NUL password. */
const credentials = /^([^\0]*)\0([^\0]+)\0([^\0]+)$/

/**
 * PLAIN, for passwords that were made for programs. PLAIN-CLIENTTOKEN, which Gmail offers and documents nowhere, is read as
 * if it were PLAIN and never opens anything.
 */
export const plain = (mechanism: 'PLAIN' | 'PLAIN-CLIENTTOKEN'): Mechanism => {
  const read = (response: string, initialResponse: boolean, { gmail }: Exchange): PasswordAttempt => {
    const { form, message = '' } = decodeBase64(response)
    const [, authzid = '', user = '', value] = credentials.exec(message) ?? []
    const password = value === undefined ? null : { value, ref: gmail.secrets.learn('password', value) }
    const shown = password === null ? '' : caret(gmail.secrets.mask(`${authzid}\0${user}\0`)) + `‹${password.ref.ref}›`
    return { mechanism, initialResponse, user, password, message: shown, base64: form }
  }
  return {
    decide(response, initialResponse, exchange) {
      const attempt = read(response, initialResponse, exchange)
      if (attempt.password !== null && attempt.base64 === 'canonical') return logInWithPassword(attempt, exchange)
      recordPassword(attempt, exchange, 'malformed')
      return done(nobody, statusNamed('sasl-malformed', { id: exchange.opaqueId() }))
    },
    unasked: (response, exchange) => recordPassword(read(response, true, exchange), exchange, 'not-offered'),
  }
}
