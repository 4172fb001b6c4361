import { type Piece, astring, list, quoted } from '../wire/encoder.ts'
import { encodeModifiedUtf7 } from '../wire/modified-utf7.ts'
import type { Message } from './message.ts'

/**
 * X-GM-LABELS (Google, IMAP extensions): the label of the selected mailbox is left out; system labels are quoted, with
 * their backslash escaped, and the user's are atoms where they can be.
 */
export const labelList = (message: Message, selected: string | null): Piece[] =>
  list(
    [...message.labels]
      .filter((label) => label !== selected)
      .map((label) => (label.startsWith('\\') ? quoted(label) : astring(encodeModifiedUtf7(label)))),
  )
