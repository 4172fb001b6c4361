import type { Decoder } from './decoder.ts'

/** What stands between the brackets of `BODY[…]` (RFC 3501 §9, section-spec). */
export interface Section {
  readonly part: readonly number[]
  readonly text: 'HEADER' | 'HEADER.FIELDS' | 'HEADER.FIELDS.NOT' | 'TEXT' | 'MIME' | null
  readonly names: readonly string[]
}

const plainAtts = [
  'FLAGS',
  'UID',
  'INTERNALDATE',
  'RFC822.SIZE',
  'ENVELOPE',
  'BODYSTRUCTURE',
  'BODY',
  'MODSEQ',
  'X-GM-MSGID',
  'X-GM-THRID',
  'X-GM-LABELS',
] as const
export type PlainAtt = (typeof plainAtts)[number]

export type FetchAtt =
  | { readonly att: PlainAtt }
  | {
      readonly att: 'section'
      readonly section: Section
      readonly peek: boolean
      readonly partial: { readonly offset: number; readonly length: number } | null
      /** How the response names it: `BODY[…]<0>`, or the old `RFC822…`. */
      readonly name: string
    }

const macros: Readonly<Record<string, readonly PlainAtt[]>> = {
  ALL: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE'],
  FAST: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE'],
  FULL: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE', 'BODY'],
}

const whole: Section = { part: [], text: null, names: [] }
const oldNames: Readonly<Record<string, { section: Section; peek: boolean }>> = {
  RFC822: { section: whole, peek: false },
  'RFC822.HEADER': { section: { ...whole, text: 'HEADER' }, peek: true },
  'RFC822.TEXT': { section: { ...whole, text: 'TEXT' }, peek: false },
}

/** One fetch-att, a list of them, or a macro (RFC 3501 §9, fetch). */
export function fetchAtts(wire: Decoder): readonly FetchAtt[] {
  if (wire.sees('(')) {
    const atts = wire.list(() => fetchAtt(wire, wire.keyword()))
    return atts.length === 0 ? wire.fail('fetch-att') : atts
  }
  const name = wire.keyword()
  return macros[name]?.map((att) => ({ att })) ?? [fetchAtt(wire, name)]
}

function fetchAtt(wire: Decoder, name: string): FetchAtt {
  const old = oldNames[name]
  if (old !== undefined) return { att: 'section', ...old, partial: null, name }
  if ((name === 'BODY' || name === 'BODY.PEEK') && wire.sees('[')) return bodySection(wire, name === 'BODY.PEEK')
  return { att: plainAtts.find((att) => att === name) ?? wire.fail('fetch-att') }
}

function bodySection(wire: Decoder, peek: boolean): FetchAtt {
  wire.expect('[')
  const section = sectionSpec(wire)
  wire.expect(']')
  const partial = wire.takes('<') ? range(wire) : null
  const name = `BODY[${formatSection(section)}]${partial === null ? '' : `<${partial.offset}>`}`
  return { att: 'section', section, peek, partial, name }
}

function range(wire: Decoder): { offset: number; length: number } {
  const offset = wire.number()
  wire.expect('.')
  const length = wire.nzNumber()
  wire.expect('>')
  return { offset, length }
}

function sectionSpec(wire: Decoder): Section {
  const part: number[] = []
  while (wire.seesNumber()) {
    part.push(wire.nzNumber())
    if (!wire.takes('.')) return { part, text: null, names: [] }
  }
  if (part.length === 0 && wire.sees(']')) return whole
  const text = wire.keyword()
  if (text === 'HEADER.FIELDS' || text === 'HEADER.FIELDS.NOT') {
    const names = wire.sp().list(() => wire.astring())
    return names.length === 0 ? wire.fail('header-fld-name') : { part, text, names }
  }
  if (text === 'HEADER' || text === 'TEXT' || (text === 'MIME' && part.length > 0)) return { part, text, names: [] }
  return wire.fail('section-text')
}

function formatSection({ part, text, names }: Section): string {
  const path = part.join('.')
  const fields = names.length === 0 ? '' : ` (${names.map(formatName).join(' ')})`
  return `${path}${path !== '' && text !== null ? '.' : ''}${text ?? ''}${fields}`
}

/** Names that are no atoms are quoted; what could break the line cannot be a field name and is dropped. */
const formatName = (name: string): string =>
  /^[^(){ %*"\\\]\x00-\x1f\x7f-\uffff]+$/.test(name) ? name : `"${name.replace(/[^\x20-\x7e]|["\\]/g, '')}"`
