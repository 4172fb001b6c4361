import type { CommandLine } from '../gmail/wire/command-stream.ts'
import type { Piece } from '../gmail/wire/encoder.ts'

const announced = /\{\d+\+?\}\r\n/

/** The command without its tag and CRLF, as pieces that can be sent to a server with a mind of its own about literals. */
export function commandOf({ text, literals }: CommandLine): Piece[] {
  const bare = text.slice(text.indexOf(' ') + 1).replace(/\r$/, '')
  if (literals.length === 0) return [bare]
  return bare.split(announced).flatMap((part, at) => {
    const literal = literals[at]
    return literal === undefined ? [part] : [part, { literal }]
  })
}
