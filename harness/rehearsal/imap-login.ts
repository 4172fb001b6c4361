import type { Gmail } from '../../mocks/gmail/gmail.ts'
import { latin1 } from '../latin1.ts'

export interface LoginAttempt {
  /** As configured; XOAUTH2, OAUTHBEARER, PLAIN and LOGIN are known, others are only named to the server. */
  readonly mechanism: string
  readonly user: string
  readonly token: string
}

/** How a login ended: the tagged line without its tag, and the challenge that came before it, decoded. */
export interface LoginEnd {
  readonly accepted: boolean
  readonly line: string
  readonly challenge: string
}

/** Logs in over a session without a network, as a mail program does that answers the error challenge as it should. */
export function logIn(gmail: Gmail, { mechanism, user, token }: LoginAttempt): LoginEnd {
  const said: string[] = []
  const session = gmail.serve({
    write(octets, sent) {
      said.push(latin1(octets))
      sent?.()
    },
    end: () => {},
  })
  const say = (line: string): string => {
    said.length = 0
    session.receive(new TextEncoder().encode(`${line}\r\n`))
    return said.join('')
  }
  const name = mechanism.toUpperCase()
  let answer = say(
    name === 'LOGIN'
      ? `a LOGIN "${user}" "${token}"`
      : `a AUTHENTICATE ${name} ${base64(messageFor(name, user, token))}`,
  )
  const [, challenge = ''] = /^\+ (\S*)/m.exec(answer) ?? []
  // Google, XOAUTH2 protocol: an empty line; RFC 7628 §3.2.3: one octet, 0x01.
  if (challenge !== '') answer = say(name === 'OAUTHBEARER' ? 'AQ==' : '')
  const [, line = ''] = /^a (.*)\r$/m.exec(answer) ?? /^\* (BYE.*)\r$/m.exec(answer) ?? []
  const accepted = line.startsWith('OK ')
  if (accepted) say('b LOGOUT')
  session.closed()
  return { accepted, line, challenge: challenge === '' ? '' : atob(challenge).trim() }
}

/** RFC 7628 §3.1, RFC 4616 §2, Google’s XOAUTH2 protocol. */
function messageFor(name: string, user: string, token: string): string {
  if (name === 'OAUTHBEARER') return `n,a=${user},\x01host=imap.gmail.com\x01port=993\x01auth=Bearer ${token}\x01\x01`
  if (name.startsWith('PLAIN')) return `\0${user}\0${token}`
  return `user=${user}\x01auth=Bearer ${token}\x01\x01`
}

/** Base64 of a text in UTF-8. */
const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)))
