import type { OctetReader } from '../../runtime/octet-reader.ts'
import { LiveTrouble } from '../trouble.ts'

/** Octets of one line, its literals among them. */
const mostLine = 256 * 1024

/** A literal that follows (RFC 9051 §4.3, RFC 3516 for the tilde). */
const announcement = /~?\{(\d{1,10})\}$/
/** Human words end these lines, whatever stands in them. */
const endsInWords = /^(?:\+|\S+ (?:OK|NO|BAD|BYE|PREAUTH))(?: |$)/i

/**
 * One line of IMAP without its end; the octets of a literal stand behind its announcement.
 *
 * @throws LiveTrouble `not-imap`, `too-much`; as the reader does
 */
export async function readImapLine(octets: OctetReader, where: string): Promise<string> {
  let whole = ''
  for (;;) {
    const text = (await octets.line(mostLine)).replace(/\r?\n$/, '')
    // TEXT-CHAR (RFC 9051 §9): no other protocol that speaks first is without NUL for long.
    if (text.includes('\0')) throw new LiveTrouble('not-imap', `${where}: what came is no line of text`)
    whole += text
    const length = Number(announcement.exec(text)?.[1] ?? NaN)
    if (Number.isNaN(length) || endsInWords.test(whole)) return whole
    if (whole.length + length > mostLine)
      throw new LiveTrouble('too-much', `${where}: a line of more than ${mostLine} octets`)
    whole += await octets.octets(length)
  }
}
