import { redacted } from './redact.ts'

/** What a line holds in another writing. */
export interface Decoded {
  /** For comparison with signs; never shown. */
  readonly text: string
  /** For a person, without secrets. */
  readonly says: string
}

/** Finds Google's error address and SASL messages in a line, and reads them. */
export function decodedIn(line: string): readonly Decoded[] {
  const pages = Array.from(line.matchAll(/authError(?:=|%3D)([\w%+/=-]{8,8000})/g), ([, value = '']) =>
    authError(value),
  )
  const messages = Array.from(line.matchAll(/(?<![\w+/-])(?:eyJ|dXNlcj|bixh)[A-Za-z0-9+/]{12,4000}={0,2}/g), ([run]) =>
    saslMessage(run),
  )
  return [...pages, ...messages].filter((found) => found !== undefined)
}

function octetsOf(base64: string): string | undefined {
  try {
    return atob(base64.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, ''))
  } catch {
    return undefined
  }
}

/** The error challenge of XOAUTH2 and OAUTHBEARER (RFC 7628 §3.2.2), and the client's own message. */
function saslMessage(run: string): Decoded | undefined {
  const octets = octetsOf(run)
  const user = /(?:^user=|,a=)([^\x01,]{0,200})/.exec(octets ?? '')?.[1]
  if (octets === undefined) return undefined
  if (user !== undefined) {
    const flaw = octets.endsWith('\x01\x01') ? '' : ', without the two octets 1 that end it'
    return {
      text: `user=${user} auth=Bearer`,
      says: `The client’s SASL message: user ${redacted(user)}, a token${flaw}.`,
    }
  }
  const status = /"status"\s*:\s*"(\d{3}|invalid_(?:request|token)|insufficient_scope)"/.exec(octets)?.[1]
  if (status === undefined) return undefined
  const scope = /"scope"\s*:\s*"(https:\/\/mail\.google\.com\/)"/.exec(octets)?.[1]
  return {
    text: `{"status":"${status}"}`,
    says: `Gmail’s error challenge: status ${status}${scope === undefined ? '' : `, scope ${scope} is wanted`}. It is the same for a wrong scope, a dead token and a wrong user.`,
  }
}

/**
 * The parameter of Google's error address: base64url of a protocol buffer with 1 code, 2 message, 4 number, repeated 5
 * {1 name, 2 value}, 6 {2 message for the developer}.
 */
function authError(value: string): Decoded | undefined {
  const octets = octetsOf(value.replace(/%3D/gi, '=').replace(/%2B/gi, '+').replace(/%2F/gi, '/'))
  const fields = octets === undefined ? [] : fieldsOf(octets)
  const text = (number: number): string => utf8(fields.find((field) => field.number === number)?.octets ?? '')
  const code = text(1)
  if (!/^[a-z_]{3,60}$/.test(code)) return undefined
  const number = fields.find((field) => field.number === 4)?.value
  const developer = fieldsOf(fields.find((field) => field.number === 6)?.octets ?? '')
  const details = fields
    .filter((field) => field.number === 5)
    .map(({ octets: pair }) =>
      fieldsOf(pair)
        .map((each) => utf8(each.octets))
        .join('='),
    )
  const said = [text(2), utf8(developer.find((field) => field.number === 2)?.octets ?? '')]
  const messages = [...new Set(said.filter((message) => message !== ''))].join(' ').replace(/\s+/g, ' ')
  const shown = [messages, ...details].filter((part) => part !== '').map((part) => redacted(part).slice(0, 400))
  return {
    text: `Error ${number ?? 400}: ${code} ${messages} ${text(3)} ${details.join(' ')}`,
    says: `Google’s error address: Error ${number ?? 400}: ${code}. ${shown.join('; ')}`,
  }
}

interface Field {
  readonly number: number
  readonly octets: string
  readonly value: number
}

/** The fields up to the first that is cut short. */
function fieldsOf(octets: string): readonly Field[] {
  const fields: Field[] = []
  let at = 0
  const varint = (): number => {
    let value = 0
    for (let factor = 1; at < octets.length && factor < 2 ** 42; factor *= 128) {
      const octet = octets.charCodeAt(at++)
      value += (octet & 0x7f) * factor
      if (octet < 0x80) return value
    }
    return NaN
  }
  while (at < octets.length) {
    const key = varint()
    const value = varint()
    const kind = key % 8
    if (Number.isNaN(value) || (kind !== 0 && kind !== 2) || (kind === 2 && at + value > octets.length)) break
    fields.push({ number: Math.floor(key / 8), value, octets: kind === 2 ? octets.slice(at, (at += value)) : '' })
  }
  return fields
}

const utf8 = (octets: string): string =>
  new TextDecoder().decode(Uint8Array.from(octets, (character) => character.charCodeAt(0)))
