import { astring, list, quoted, type Piece } from '../wire/encoder.ts'
import { encodeModifiedUtf7 } from '../wire/modified-utf7.ts'
import type { Message } from './message.ts'

/**
 * X-GM-LABELS (Google, IMAP extensions; page “Gmail X-GM-EXT-1: observed wire behavior”): the label of the selected
 * mailbox is left out, labels are atoms where they can be, and their order is that of the octets on the wire.
 */
export const labelList = (message: Message, selected: string | null, utf8: boolean): Piece[] =>
  list(
    [...message.labels]
      .filter((label) => label !== selected)
      .map((label) => labelText(label, utf8))
      .toSorted(),
  )

/** Labels hold neither CR, LF nor NUL, so that none needs a literal. */
function labelText(label: string, utf8: boolean): string {
  const text = utf8 ? label : encodeModifiedUtf7(label)
  const piece = /[^\x20-\x7e]/.test(text) ? quoted(text) : astring(text)
  return typeof piece === 'string' ? piece : quoted(text)
}
