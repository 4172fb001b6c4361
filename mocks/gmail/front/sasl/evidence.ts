import type { SecretRef } from '../../../../harness/model/secret.ts'
import type { Secrets } from '../../../../harness/secrets.ts'

/** Caret notation, so that a control character in a message can be read and cannot break a line. */
export const caret = (text: string): string =>
  text
    .replace(/[\x00-\x1f]/g, (control) => `^${String.fromCharCode(control.charCodeAt(0) + 64)}`)
    .replaceAll('\x7f', '^?')

/**
 * Registers whatever may be a token in a decoded SASL message and writes the message with a mark in its place. What
 * has no known structure could be anything and is told by its length.
 */
export function describeMessage(
  decoded: string,
  secrets: Secrets,
): { readonly text: string; readonly token: SecretRef | null } {
  let token: SecretRef | null = null
  const segments = decoded.split('\x01').map((segment) => {
    const auth = /^(auth=\s*(?:[A-Za-z]+\s+)?)(.*)$/is.exec(segment)
    if (auth !== null) {
      const [, lead, value] = auth
      if (value === '') return lead!
      token = secrets.learn('access-token', value!)
      return `${lead}‹${token.ref}›`
    }
    const known =
      segment === '' || /^(?:n|y|p=[\w.-]+),(?:a=[^,]{0,320})?,$|^(?:user|host|port)=.{0,320}$/is.test(segment)
    return known ? secrets.mask(segment) : `‹${segment.length} octets›`
  })
  return { text: caret(segments.join('\x01')), token }
}
