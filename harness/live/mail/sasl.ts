import type { LiveMechanism } from '../../model/live.ts'
import { type Completion, type Dialogue } from './dialogue.ts'

export interface Credentials {
  readonly account: string
  readonly accessToken: string
}

/** How one AUTHENTICATE went. */
export interface Authenticated {
  readonly completed: Completion
  /** Decoded; null where none came. */
  readonly challenge: string | null
}

interface Mechanism {
  message(credentials: Credentials, server: { readonly host: string; readonly port: number }): string
  /** What is to follow an error challenge, which the server may only end the exchange after. */
  readonly acknowledgement: string
}

const mechanisms: Readonly<Record<LiveMechanism, Mechanism>> = {
  // Google, OAuth 2.0 Mechanism, "Initial Client Response" and "Error Response".
  XOAUTH2: {
    message: ({ account, accessToken }) => `user=${account}\x01auth=Bearer ${accessToken}\x01\x01`,
    acknowledgement: '',
  },
  // RFC 7628 §3.1 and §3.2.3; RFC 5801 §4 for the name.
  OAUTHBEARER: {
    message: ({ account, accessToken }, { host, port }) =>
      `n,a=${account.replaceAll('=', '=3D').replaceAll(',', '=2C')},\x01host=${host}\x01port=${port}\x01auth=Bearer ${accessToken}\x01\x01`,
    acknowledgement: 'AQ==',
  },
}

/**
 * Logs in, in one line where the server takes it so (RFC 4959).
 *
 * @param capabilities of this moment
 * @throws LiveTrouble; a refusal is none
 */
export async function authenticate(
  dialogue: Dialogue,
  { mechanism, ...credentials }: Credentials & { readonly mechanism: LiveMechanism },
  {
    capabilities,
    server,
  }: { readonly capabilities: readonly string[]; readonly server: { host: string; port: number } },
): Promise<Authenticated> {
  const { message, acknowledgement } = mechanisms[mechanism]
  const response = base64Of(message(credentials, server))
  const isInitial = capabilities.includes('SASL-IR')
  let sent = isInitial
  let challenge: string | null = null
  const completed = await dialogue.ask(`AUTHENTICATE ${mechanism}${isInitial ? ` ${response}` : ''}`, (asked) => {
    if (!sent) {
      sent = true
      return `${response}\r\n`
    }
    challenge = textOf(asked)
    return `${acknowledgement}\r\n`
  })
  return { completed, challenge }
}

const base64Of = (text: string): string =>
  btoa(Array.from(new TextEncoder().encode(text), (octet) => String.fromCharCode(octet)).join(''))

/** What is no base64 is told as it came, and as what it is. */
function textOf(base64: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(base64), (octet) => octet.charCodeAt(0)))
  } catch {
    return `not base64: ${base64}`
  }
}
