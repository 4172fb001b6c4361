import type { Exchange } from '../../command.ts'
import { type Outcome, type State, bad, done } from '../../state.ts'
import { announcesSaslIr } from '../capability.ts'
import { passwordRefused } from '../password.ts'
import { caret } from './evidence.ts'
import { decodeBase64 } from './mechanism.ts'

const nobody: State = { name: 'not-authenticated' }
/** RFC 4616: authzid NUL authcid NUL password. */
const credentials = /^([^\0]*)\0([^\0]+)\0([^\0]+)$/

/** PLAIN is offered, as by Gmail, and no password is ever good. */
export function plain(response: string | null, exchange: Exchange): Outcome {
  if (response !== null) return refuse(response, true, exchange)
  return {
    kind: 'awaits',
    continuation: '',
    receive: (line) => refuse(line, false, exchange),
    closed: () => {},
  }
}

function refuse(response: string, initialResponse: boolean, { tag, gmail, record, opaqueId }: Exchange): Outcome {
  if (response === '*') return done(nobody, bad('Client aborted AUTHENTICATE command.'))
  const { form, message = '' } = decodeBase64(response)
  const [, authzid = '', user = '', password] = credentials.exec(message) ?? []
  const secret = password === undefined ? null : gmail.secrets.learn('password', password)
  record('imap.auth', {
    tag,
    mechanism: 'PLAIN',
    initialResponse,
    saslIr: announcesSaslIr,
    user: gmail.secrets.mask(user),
    token: secret,
    message: secret === null ? '' : caret(gmail.secrets.mask(`${authzid}\0${user}\0`)) + `‹${secret.ref}›`,
    base64: form,
    result: 'refused',
    refusal: secret === null ? 'malformed' : 'password',
  })
  return done(nobody, secret === null ? bad(`Invalid SASL argument. ${opaqueId()}`) : passwordRefused)
}
