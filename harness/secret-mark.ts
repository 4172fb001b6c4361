import { secretKinds } from './model/secret.ts'

interface Marked {
  readonly ref: string
  /** `raw`, or the transformations from the outside in. */
  readonly form: string
  /** The whole value, as it is. */
  readonly exact: boolean
}

/** What stands in a text for a secret, such as `‹access-token-1›`, `‹part of state-2›` or `‹nonce-1 base64›`. */
export function markOf({ ref, form, exact }: Marked): string {
  if (exact) return `‹${ref}›`
  return form === 'raw' ? `‹part of ${ref}›` : `‹${ref} ${form}›`
}

// The brackets as UTF-8 octets, one character each, because that is how scanners read.
const mark = new RegExp(
  `\xe2\x80\xb9(?:part of )?(?:${secretKinds.join('|')})-\\d+(?: [a-z0-9 >-]{1,60})?\xe2\x80\xba`,
  'g',
)

/** Blanks marks, offsets kept: a subject whose secret reads like a mark must not make marks look like leaks. */
export const withoutMarks = (octets: string): string =>
  octets.includes('\xe2\x80\xb9') ? octets.replace(mark, ({ length }) => '\0'.repeat(length)) : octets
