import { Fault } from '../../model/fault.ts'
import { maskedAddress } from '../far-side.ts'

/** One account of a fleet. */
export interface FleetAccount {
  readonly account: string
  /** The environment variable that holds its grant; undefined: the grant is stored. */
  readonly grant?: string
}

/** Lines of one file; more are no list that a person keeps. */
const mostLines = 100_000
/** RFC 5321 §4.5.3.1.3: a path of 256 octets less its brackets. */
const longestAddress = 254

/**
 * Reads a list of accounts: one address a line, or `{"account": "…", "grant": "env:NAME"}`; `#` begins a comment. Each
 * account stands there once, whatever its case; pure.
 *
 * @param name of the file, as it was given
 * @throws Fault `SETTINGS_INVALID` with file and line; no address, and nothing that could be a secret, stands in it
 */
export function accountsIn(text: string, name: string): readonly FleetAccount[] {
  const lines = text.replace(/^\u{FEFF}|\r?\n$/gu, '').split(/\r?\n/)
  if (lines.length > mostLines)
    throw new Fault('SETTINGS_INVALID', `${name} has more than ${mostLines} lines.`, 'Make several files of it.')
  const places = new Map<string, number>()
  const accounts: FleetAccount[] = []
  for (const [index, line] of lines.entries()) {
    const place = { name, line: index + 1 }
    const account = accountOf(line, place)
    if (account === undefined) continue
    const known = account.account.toLowerCase()
    const before = places.get(known)
    if (before !== undefined)
      throw wrong(place, `${maskedAddress(known)} stands on line ${before} already`, 'Remove one of the two.')
    places.set(known, place.line)
    accounts.push(account)
  }
  if (accounts.length > 0) return accounts
  throw new Fault('SETTINGS_INVALID', `${name} names no account.`, 'Write one address a line.')
}

interface Place {
  readonly name: string
  readonly line: number
}

const wrong = ({ name, line }: Place, what: string, hint: string): Fault =>
  new Fault('SETTINGS_INVALID', `${name}:${line}: ${what}.`, hint)

function accountOf(line: string, place: Place): FleetAccount | undefined {
  const text = line.trim()
  if (text === '' || text.startsWith('#')) return undefined
  if (text.startsWith('{')) return fromJson(text, place)
  // An address may hold the sign itself: only behind a blank it begins a comment.
  return { account: addressOf(text.replace(/\s+#.*$/, ''), place) }
}

function addressOf(text: unknown, place: Place): string {
  if (typeof text === 'string' && /^[^\s@]+@[^\s@]+$/.test(text) && !/[\p{C}"<>,;]/u.test(text)) {
    if (new TextEncoder().encode(text).length <= longestAddress) return text
  }
  throw wrong(place, 'this is no e-mail address', 'Write one address a line, such as somebody@gmail.com.')
}

const shape = 'Write {"account": "somebody@gmail.com", "grant": "env:NAME"}; the grant may be left out.'

function fromJson(text: string, place: Place): FleetAccount {
  const value = parsed(text)
  if (typeof value !== 'object' || value === null) throw wrong(place, 'this is no JSON', shape)
  const { account, grant, ...others } = value as Readonly<Record<string, unknown>>
  if (Object.keys(others).length > 0) throw wrong(place, 'there is a member that nobody knows', shape)
  const address = addressOf(account, place)
  if (grant === undefined) return { account: address }
  // Somebody may have put the grant itself there: what stands there is not repeated.
  const [, variable] = (typeof grant === 'string' && /^env:([A-Za-z_][A-Za-z0-9_]*)$/.exec(grant)) || []
  if (variable === undefined) throw wrong(place, 'the grant is no name of a variable', shape)
  return { account: address, grant: variable }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
