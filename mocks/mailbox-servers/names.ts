import { type Passed, headLength } from '../gmail/front/core-port.ts'
import { latin1, octetsOf } from '../gmail/wire/command-stream.ts'
import { type Piece, quoted } from '../gmail/wire/encoder.ts'

/** What LIST tells of a mailbox besides its name. */
export interface Listing {
  readonly response: 'LIST' | 'LSUB' | 'XLIST'
  readonly attributes: readonly string[]
  /** As it stands on the wire, without its quotation marks. */
  readonly name: string
}

const listed = /^\* (LIST|LSUB) \(([^)]*)\) (NIL|"(?:[^"\\]|\\.)") /i
const named = /^\* (STATUS|QUOTAROOT) /i
const inQuotes = /^"((?:[^"\\]|\\.)*)"/
const atom = /^[^\s(){"\\%*]+/

/** A line of text, as it is passed. */
export const passed = (text: string): Passed => ({
  octets: octetsOf(`${text}\r\n`),
  head: text.slice(0, headLength),
  plain: true,
  pieces: [text],
  ended: true,
})

/**
 * The response with its mailbox name in quotation marks, as Gmail has every name; undefined where it names none, or one
 * that quotation marks cannot hold.
 *
 * @param amend what LIST, LSUB and XLIST tell instead
 */
export function requoted({ pieces }: Passed, amend: (listing: Listing) => Listing): Passed | undefined {
  const [text, ...more] = pieces
  if (typeof text !== 'string') return undefined
  const list = listed.exec(text)
  const [lead] = list ?? named.exec(text) ?? []
  if (lead === undefined) return undefined
  const read = nameBehind(text.slice(lead.length), more)
  if (read === undefined) return undefined
  const { name, rest } = read
  if (list === null) return passed(`${lead}${quoted(name)}${rest}`)
  const response = list[1]!.toUpperCase() === 'LSUB' ? 'LSUB' : 'LIST'
  const told = amend({ response, attributes: list[2]!.split(' ').filter((attribute) => attribute !== ''), name })
  return passed(`* ${told.response} (${told.attributes.join(' ')}) ${list[3]} ${quoted(told.name)}${rest}`)
}

function nameBehind(
  text: string,
  more: readonly Piece[],
): { readonly name: string; readonly rest: string } | undefined {
  const [mark, inner] = inQuotes.exec(text) ?? []
  if (mark !== undefined) return { name: inner!.replace(/\\(["\\])/g, '$1'), rest: text.slice(mark.length) }
  const [word] = atom.exec(text) ?? []
  if (word !== undefined) return more.length === 0 ? { name: word, rest: text.slice(word.length) } : undefined
  const [first, rest = ''] = more
  if (text !== '' || first === undefined || typeof first === 'string' || typeof rest !== 'string') return undefined
  const name = latin1(first.literal)
  return /[^\x20-\x7e]/.test(name) || more.length > 2 ? undefined : { name, rest }
}
