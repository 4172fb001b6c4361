import type { Sign } from '../model.ts'

type Row = readonly [id: string, pattern: RegExp, says: string]

/** Rows of one kind as signs. */
export const signsOf = (area: Sign['area'], kind: Sign['kind'], rows: readonly Row[]): readonly Sign[] =>
  rows.map(([id, pattern, says]) => ({ id, area, kind, pattern, says }))

/** An error code stands for itself. `"status"` before it belongs to a SASL challenge (RFC 7628 §3.2.2). */
export const codesOf = (area: Sign['area'], codes: readonly string[]): readonly Sign[] =>
  codes.map((code) => ({
    id: code,
    area,
    kind: 'code',
    pattern: new RegExp(`(?<!status['"]?\\s?[:=]\\s?['"]?)(?<![\\w/.-])${code}(?![\\w-])`, 'i'),
    says: `the error ${code}`,
  }))
