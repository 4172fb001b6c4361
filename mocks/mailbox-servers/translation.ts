import type { Passed } from '../gmail/front/core-port.ts'
import { type Listing, passed, requoted } from './names.ts'

export interface Translation {
  /** Of the client's command. */
  readonly tag: string
  /** Of `LIST (SPECIAL-USE)` the front leaves the others out. */
  readonly asked: 'LIST' | 'XLIST' | 'SPECIAL-USE'
  /** Undefined for a folder that has no special use. */
  special(listing: Listing, asked: 'LIST' | 'XLIST'): Listing | undefined
}

/** Responses that stand as they are; most of what is ever said. */
const asTheyAre = /^\* \d/
const capabilities = /^\* (?:CAPABILITY |OK \[CAPABILITY )/i
const ofACommand = /^(\* ESEARCH \(TAG )"[^"]*"/i

/** A server's untagged response as Gmail's front tells it; undefined for one that it keeps to itself. */
export function translated(line: Passed, { tag, asked, special }: Translation): Passed | undefined {
  const [text] = line.pieces
  if (typeof text !== 'string' || asTheyAre.test(text)) return line
  // Capabilities are the front's own affair, and so is what was enabled.
  if (capabilities.test(text) || /^\* ENABLED\b/i.test(text)) return undefined
  if (ofACommand.test(text) && line.pieces.length === 1)
    return passed(text.replace(ofACommand, (_, lead: string) => `${lead}"${tag.replace(/["\\]/g, '\\$&')}"`))
  let hidden = false
  const told = requoted(line, (listing) => {
    const use = special(listing, asked === 'XLIST' ? asked : 'LIST')
    hidden = use === undefined && asked === 'SPECIAL-USE'
    return use ?? listing
  })
  return hidden ? undefined : (told ?? line)
}
