import type { BearerMechanismName, GmailSwitches } from '../../../../harness/model/gmail-setup.ts'
import type { Observed } from '../../../../harness/model/observation.ts'
import type { Exchange } from '../../command.ts'
import type { Outcome } from '../../state.ts'

/** A SASL mechanism, as AUTHENTICATE uses it. Messages come as sent, in base64. */
export interface Mechanism {
  decide(response: string, initialResponse: boolean, exchange: Exchange): Outcome
  /** Records a message that came although the server had not asked for it in this way. */
  unasked(response: string, exchange: Exchange): void
}

/** What a bearer-token mechanism's message says. */
export interface BearerMessage {
  /** The mailbox that is asked for. */
  readonly user: string
  readonly token: string
}

export interface BearerMechanism {
  readonly name: BearerMechanismName
  /** Reads the decoded message, one character per octet; undefined when it is not what the mechanism defines. */
  read(message: string): BearerMessage | undefined
  /** The JSON of the server challenge that tells of a failure. */
  errorChallenge(switches: GmailSwitches): string
  /** How AUTHENTICATE ends, after the client's reply to that challenge, when the token is bad. */
  readonly badToken: 'invalid-credentials' | 'lookup-failed'
}

export type Base64Form = Observed['imap.auth']['base64']

/** Decodes what a client sent as base64 and says how well it is formed (RFC 4648 §3, §4). */
export function decodeBase64(text: string): { readonly form: Base64Form; readonly message: string | undefined } {
  // RFC 4959 §3: a lone "=" is an initial response of no octets.
  if (text === '=') return { form: 'canonical', message: '' }
  const form = formOf(text)
  if (form === 'invalid') return { form, message: undefined }
  const message = atob(text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, ''))
  // RFC 4648 §3.5: bits that stand for nothing must be zero.
  return { form: form === 'canonical' && btoa(message) !== text ? 'invalid' : form, message }
}

function formOf(text: string): Base64Form {
  const match = /^([A-Za-z0-9+/_-]*)(={0,2})$/.exec(text)
  if (match === null || match[1]!.length % 4 === 1) return 'invalid'
  if (/[-_]/.test(text)) return 'url-alphabet'
  return text.length % 4 === 0 ? 'canonical' : match[2] === '' ? 'unpadded' : 'invalid'
}
