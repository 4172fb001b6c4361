import { type Piece, astring, list, quoted } from '../wire/encoder.ts'
import { encodeModifiedUtf7 } from '../wire/modified-utf7.ts'
import type { Message } from './message.ts'

/**
 * X-GM-LABELS (Google, IMAP extensions): the label of the selected mailbox is left out; system labels are quoted, with
 * their backslash escaped, and the user's are atoms where they can be.
 */
export const labelList = (message: Message, selected: string | null, utf8: boolean): Piece[] =>
  list(
    [...message.labels]
      .filter((label) => label !== selected)
      .map((label) =>
        label.startsWith('\\') ? quoted(label) : utf8 ? quotedOrAtom(label) : astring(encodeModifiedUtf7(label)),
      ),
  )

/** UTF-8 may stand in a quoted string once it is enabled. */
const quotedOrAtom = (label: string): Piece => (/[^\x20-\x7e]/.test(label) ? quoted(label) : astring(label))
