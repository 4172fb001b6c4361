import { join } from './command-stream.ts'
import { encodeModifiedUtf7 } from './modified-utf7.ts'

/** Text of a response line, or octets that travel as a literal. Text is ASCII, or UTF-8 where the client enabled it. */
export type Piece = string | { readonly literal: Uint8Array }

const encoder = new TextEncoder()

/** One response line with its CRLF. */
export function encodeLine(pieces: readonly Piece[]): Uint8Array {
  const chunks: Uint8Array[] = []
  // Text is encoded in as few pieces as there are literals to separate them.
  const texts: string[] = []
  for (const piece of pieces) {
    if (typeof piece === 'string') texts.push(piece)
    else {
      texts.push(`{${piece.literal.length}}\r\n`)
      chunks.push(encoder.encode(texts.splice(0).join('')), piece.literal)
    }
  }
  texts.push('\r\n')
  chunks.push(encoder.encode(texts.join('')))
  return join(chunks)
}

/** The same pieces, texts that follow each other made one: joined, for a sum of strings is put together at each use. */
export function merge(pieces: readonly Piece[]): Piece[] {
  const merged: Piece[] = []
  const texts: string[] = []
  for (const piece of pieces) {
    if (typeof piece === 'string') texts.push(piece)
    else merged.push(texts.splice(0).join(''), piece)
  }
  merged.push(texts.join(''))
  return merged
}

/** A piece as evidence shows it: a literal as a mark. */
export const describePiece = (piece: Piece): string =>
  typeof piece === 'string' ? piece : `‹literal of ${piece.literal.length} octets›`

/** The line as evidence shows it. */
export const describeLine = (pieces: readonly Piece[]): string => pieces.map(describePiece).join('')

/** `"…"` (RFC 3501 §9, quoted). The text holds neither CR, LF nor NUL. */
export const quoted = (text: string): string =>
  text.includes('"') || text.includes('\\') ? `"${text.replace(/["\\]/g, '\\$&')}"` : `"${text}"`

/** Longer text travels as a literal: some clients bound the length of a line. */
const longestQuoted = 1000

/** A string from octets: quoted where the grammar lets it be, otherwise a literal. */
export function string(octets: Uint8Array): Piece {
  if (octets.length > longestQuoted) return { literal: octets }
  for (const octet of octets) if (octet < 0x20 || octet > 0x7e) return { literal: octets }
  return quoted(String.fromCharCode(...octets))
}

/** A string or NIL, from text with one character per octet (a header field's value). */
export function nstring(text: string | null | undefined): Piece {
  if (text === null || text === undefined) return 'NIL'
  if (text.length <= longestQuoted && !/[^\x20-\x7e]/.test(text)) return quoted(text)
  return { literal: Uint8Array.from(text, (character) => character.charCodeAt(0)) }
}

/** An atom where the grammar lets it be one, otherwise quoted or a literal; `text` is Unicode. */
export function astring(text: string): Piece {
  if (/^[^(){ %*"\\\]\x00-\x1f\x7f-\uffff]+$/.test(text) && text.toUpperCase() !== 'NIL') return text
  return /[^\x20-\x7e]/.test(text) ? { literal: encoder.encode(text) } : quoted(text)
}

/** Gmail quotes every mailbox name; unquoted `[Gmail]` breaks clients. */
export const mailbox = (name: string, utf8 = false): string => quoted(utf8 ? name : encodeModifiedUtf7(name))

/** `(` items separated by SP `)`; an item may be several pieces. */
export function list(items: readonly (Piece | readonly Piece[])[]): Piece[] {
  const pieces: Piece[] = ['(']
  items.forEach((item, index) => {
    if (index > 0) pieces.push(' ')
    if (isPiece(item)) pieces.push(item)
    else pieces.push(...item)
  })
  pieces.push(')')
  return pieces
}

const isPiece = (item: Piece | readonly Piece[]): item is Piece => !Array.isArray(item)
