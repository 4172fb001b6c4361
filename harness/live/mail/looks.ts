import type { Look } from '../../model/drift.ts'
import type { LiveMechanism } from '../../model/live.ts'
import { jsonObjectIn } from '../json-object.ts'
import type { Completion } from './dialogue.ts'

/** One fact for each thing that a server has, by its name. */
const there = (names: readonly string[], value: string): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, value]))

export const greetingLook = (condition: string, text: string): Look => ({
  area: 'imap-capability',
  look: 'greeting',
  facts: { condition, text: textClass(text) },
})

export const capabilityLook = (when: 'before-login' | 'after-login', names: readonly string[]): Look => ({
  area: 'imap-capability',
  look: when,
  facts: there(names, 'offered'),
})

export const idLook = (when: 'before-login' | 'after-login', fields: readonly string[]): Look => ({
  area: 'imap-capability',
  look: `id-${when}`,
  facts: there(fields, 'told'),
})

/** Whoever hides a folder from IMAP, as Gmail’s settings allow, makes its attribute go: nothing has drifted then. */
export const specialUseLook = (attributes: readonly string[]): Look => ({
  area: 'imap-capability',
  look: 'special-use',
  facts: there(attributes, 'used'),
})

/** How a token was refused: `challenge.` and its member for each member of a challenge that is a JSON object. */
export function challengeLook(
  mechanism: LiveMechanism,
  { condition, code, text }: Pick<Completion, 'condition' | 'code' | 'text'>,
  challenge: string | null,
): Look {
  const facts = {
    ...(challenge === null ? {} : factsOfChallenge(challenge)),
    condition,
    ...(code === null ? {} : { code: textClass(code) }),
    text: textClass(text),
  }
  return { area: 'xoauth2-error', look: mechanism.toLowerCase(), facts }
}

function factsOfChallenge(challenge: string): Readonly<Record<string, string>> {
  const members = jsonObjectIn(challenge)
  if (members === undefined) return { challenge: textClass(challenge) }
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [
      `challenge.${name}`,
      textClass(typeof value === 'string' ? value : JSON.stringify(value)),
    ]),
  )
}

/**
 * A server’s words without what is another each time, in the way of `fixtures/gmail/`: `{address}` for mailboxes and hosts,
 * `{id}` for what is made up.
 */
export const textClass = (text: string): string => text.split(/ +/).map(wordClass).join(' ').trim()

function wordClass(word: string): string {
  if (/^\(?\[?https?:\/\//i.test(word)) return word
  if (/.@./.test(word)) return '{address}'
  if (/^\[?(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]*:[\da-f:]*:[\da-f:.]*)\]?$/i.test(word)) return '{address}'
  // What a registry of secrets has masked already.
  if (/^‹.*›$/.test(word)) return word.includes('address') ? '{address}' : '{id}'
  return word.length >= 8 && /\d/.test(word) && /^[\w.+/=-]+$/.test(word) ? '{id}' : word
}
