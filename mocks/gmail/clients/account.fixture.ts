import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

const mailboxes = new URL('../../../fixtures/mailboxes/', import.meta.url)
const everything = [
  'plain',
  'reply',
  'encoded-subject',
  'eight-bit',
  'alternative-attachment',
  'forwarded',
  'bare',
  'lookalike',
  'digest',
]

/** What any client must find in the example account: its folders, and in each the messages in the order of their UIDs. */
export const messagesIn: Readonly<Record<string, readonly string[]>> = {
  INBOX: ['plain', 'encoded-subject', 'eight-bit', 'alternative-attachment', 'forwarded', 'lookalike'],
  'Muy Importante': ['alternative-attachment'],
  Receipts: ['digest'],
  'Receipts/2026': ['encoded-subject'],
  Été: ['eight-bit'],
  '[Gmail]/All Mail': everything,
  '[Gmail]/Drafts': ['bare'],
  '[Gmail]/Important': ['plain'],
  '[Gmail]/Sent Mail': ['reply'],
  '[Gmail]/Spam': [],
  '[Gmail]/Starred': ['eight-bit'],
  '[Gmail]/Trash': [],
}

/** RFC 6154 §2, and RFC 8457 §3 for `\Important`. */
export const specialUses: Readonly<Record<string, string>> = {
  '[Gmail]/All Mail': '\\All',
  '[Gmail]/Drafts': '\\Drafts',
  '[Gmail]/Important': '\\Important',
  '[Gmail]/Sent Mail': '\\Sent',
  '[Gmail]/Spam': '\\Junk',
  '[Gmail]/Starred': '\\Flagged',
  '[Gmail]/Trash': '\\Trash',
}

/** Every folder that can be opened with its special use, if any. */
export const folders: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.keys(messagesIn).map((folder) => [folder, ''])),
  ...specialUses,
}

/** The same, read from lines such as `(\HasNoChildren \Sent) "/" "[Gmail]/Sent Mail"` of answers to LIST. */
export function foldersIn(lines: readonly string[]): Record<string, string> {
  const uses = new Set(Object.values(specialUses))
  const found = lines.map((line) => {
    const [, attributes = '', name = ''] = /\(([^()]*)\) "\/" "([^"]*)"/.exec(line) ?? []
    return { name: fromTheWire(name), attributes: attributes.split(' ') }
  })
  return Object.fromEntries(
    found
      .filter(({ attributes }) => !attributes.includes('\\Noselect'))
      .map(({ name, attributes }) => [name, attributes.find((attribute) => uses.has(attribute)) ?? '']),
  )
}

/** RFC 3501 §5.1.3, by hand: only one of the names is not ASCII. */
export const onTheWire = (folder: string): string => folder.replace('Été', '&AMk-t&AOk-')
export const fromTheWire = (name: string): string => name.replace('&AMk-t&AOk-', 'Été')

export const octetsOf = (message: string): Buffer => readFileSync(new URL(`${message}.eml`, mailboxes))

const sha256 = (octets: Uint8Array): string => createHash('sha256').update(octets).digest('hex')
const names = new Map(everything.map((message) => [sha256(octetsOf(message)), message]))

/** The message of the account with these octets, each of them, or what they are instead. */
export const messageWith = (octets: Uint8Array): string => messageWithDigest(sha256(octets))
/** The same for a SHA-256 in lower-case hexadecimal. */
export const messageWithDigest = (digest: string): string => names.get(digest) ?? `no message of the account: ${digest}`
