import type { Selection } from '../../plan.ts'

/** What was asked of a fleet: two runs of which this is equal can be told as one. No secret and no account is in it. */
export interface Asked {
  readonly issuer: string
  /** Host and port. */
  readonly imap: string
  readonly scope: string
  /** The beginning of the SHA-256 of the client’s id. */
  readonly client: string
  readonly selection: Pick<Selection, 'only' | 'steps'>
  /** The version of the catalogue, and of the tool. */
  readonly catalogue: number
  readonly tool: string
  readonly strict: boolean
  readonly includeMail: boolean
  readonly writes: boolean
  readonly revokes: boolean
}

/** SHA-256, hexadecimal; the first of its digits where told. */
export async function digestOf(text: string, digits = 64): Promise<string> {
  const octets = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, '0'))
    .join('')
    .slice(0, digits)
}

/** Members in any order make the same one. */
export const fingerprintOf = (asked: Asked): Promise<string> => digestOf(canonical(asked))

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  )
