import { inflate } from './inflate.ts'
import { latin1 } from './latin1.ts'

/** One way to read a text, and where in that text a part of the reading stands. */
export interface Reading {
  readonly form: string
  readonly text: string
  /** The region of the outer text that a part of the reading was decoded from; undefined where nothing was decoded. */
  region(from: number, to: number): Region | undefined
}

export interface Region {
  readonly from: number
  readonly to: number
}

export interface ReadingOptions {
  /** Runs of fewer base64 digits hold nothing that is looked for. */
  readonly fewestDigits: number
  /** Something that is looked for holds a space, which forms write as `+`. */
  readonly spaces: boolean
}

const isDigit = new Uint8Array(256)
for (const digit of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_')
  isDigit[digit.charCodeAt(0)] = 1
/** What begins another writing, or joins the digits of two lines. */
const isTelling = new Uint8Array(256)
for (const mark of '%\\\r\n\x1f') isTelling[mark.charCodeAt(0)] = 1

/** Whether there can be a reading of the text. Of most lines there is none, and to see that costs less than to try. */
export function mayBeRead(text: string, { fewestDigits, spaces }: ReadingOptions): boolean {
  if (spaces && text.includes('+')) return true
  for (let at = 0, digits = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (isTelling[code] === 1) return true
    digits = isDigit[code] === 1 ? digits + 1 : 0
    if (digits >= fewestDigits) return true
  }
  return false
}

/** Every way but the literal one to read a text of octets (one character each); linear in its length. */
export function* readings(text: string, { fewestDigits, spaces }: ReadingOptions): Generator<Reading> {
  if (text.includes('%')) yield* rewritten(text, 'percent-encoded', '%', /%([0-9a-f]{2})/gi, octet)
  if (spaces) yield* rewritten(text, 'percent-encoded', '+', /%([0-9a-f]{2})|\+/gi, (hex) => (hex ? octet(hex) : ' '))
  if (text.includes('\\')) yield* rewritten(text, 'json-escaped', '\\', jsonEscape, unescaped)
  for (const run of base64Runs(text, fewestDigits)) yield* base64Readings(text, run)
  yield* gzipReadings(text)
}

/** Gets the groups of the escape’s pattern. */
type Decode = (one: string | undefined, other: string | undefined) => string

const octet = (hex: string | undefined): string => String.fromCharCode(parseInt(hex ?? '', 16))

const controls: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/** RFC 8259 §7; a character beyond the basic plane is written as two escapes. */
const jsonEscape = /\\(?:(u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4})|(.))/g

function unescaped(units: string | undefined, plain: string | undefined): string {
  if (units === undefined) return controls[plain ?? ''] ?? plain ?? ''
  const codes = units.split('\\').map((unit) => parseInt(unit.slice(1), 16))
  return latin1(new TextEncoder().encode(String.fromCharCode(...codes)))
}

/** Reads line by line: no encoder leaves a line end as it is, and most lines need no second reading. */
function* rewritten(text: string, form: string, marker: string, escape: RegExp, decode: Decode): Generator<Reading> {
  for (let mark = text.indexOf(marker); mark >= 0;) {
    const start = text.lastIndexOf('\n', mark) + 1
    const lineEnd = text.indexOf('\n', mark)
    const line = text.slice(start, lineEnd < 0 ? text.length : lineEnd)
    const reading = rewrittenLine(form, line, start, escape, decode)
    if (reading !== undefined) yield reading
    mark = text.indexOf(marker, start + line.length)
  }
}

/** Where the escapes stood, in the reading and in the text; parallel lists, because there may be a million. */
interface Seams {
  readonly readFrom: number[]
  readonly readTo: number[]
  readonly writtenFrom: number[]
  readonly writtenTo: number[]
}

function rewrittenLine(form: string, line: string, start: number, escape: RegExp, decode: Decode): Reading | undefined {
  const parts: string[] = []
  const seams: Seams = { readFrom: [], readTo: [], writtenFrom: [], writtenTo: [] }
  let written = 0
  let read = 0
  for (const match of line.matchAll(escape)) {
    const decoded = decode(match[1], match[2])
    parts.push(line.slice(written, match.index), decoded)
    read += match.index - written
    written = match.index + match[0].length
    seams.readFrom.push(read)
    seams.readTo.push((read += decoded.length))
    seams.writtenFrom.push(start + match.index)
    seams.writtenTo.push(start + written)
  }
  if (parts.length === 0) return undefined
  parts.push(line.slice(written))
  return { form, text: parts.join(''), region: (from, to) => regionOf(seams, start, from, to) }
}

function regionOf(seams: Seams, start: number, from: number, to: number): Region | undefined {
  const { readFrom, readTo, writtenFrom, writtenTo } = seams
  const first = firstAbove(readTo, from)
  const last = firstAbove(readTo, to - 1)
  if (first === readTo.length || readFrom[first]! >= to) return undefined
  const literal = (index: number, at: number): number =>
    index === 0 ? start + at : writtenTo[index - 1]! + at - readTo[index - 1]!
  return {
    from: readFrom[first]! <= from ? writtenFrom[first]! : literal(first, from),
    to: (readFrom[last] ?? Infinity) < to ? writtenTo[last]! : literal(last, to),
  }
}

/** Index of the first of ascending numbers that is above `limit`; binary search. */
function firstAbove(numbers: readonly number[], limit: number): number {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (numbers[middle]! > limit) high = middle
    else low = middle + 1
  }
  return low
}

/** Runs of digits of either alphabet. Encoders wrap lines, so a line end and an indentation inside a run belong to it. */
function* base64Runs(text: string, fewest: number): Generator<Region> {
  for (let at = 0; at < text.length; at++) {
    if (isDigit[text.charCodeAt(at)] !== 1) continue
    const from = at
    let to = at
    do {
      while (isDigit[text.charCodeAt(at)] === 1) at++
      to = at
      at = behindLineEnd(text, at)
    } while (at > to && isDigit[text.charCodeAt(at)] === 1)
    if (to - from >= fewest) yield { from, to }
  }
}

/** Where the line goes on behind a line end and an indentation; a space alone is none, or all prose would be one run. */
function behindLineEnd(text: string, from: number): number {
  let at = text[from] === '\r' ? from + 1 : from
  if (text[at] === '\n') at++
  if (at > from) while (text[at] === ' ' || text[at] === '\t') at++
  return at
}

/** A secret inside a larger message starts at any of four digits; each start shows other octets (RFC 4648 §4, §5). */
function* base64Readings(text: string, { from, to }: Region): Generator<Reading> {
  const run = text.slice(from, to)
  const digits = run.replace(/\s+/g, '')
  const standard = digits.replaceAll('-', '+').replaceAll('_', '/')
  const isWrapped = digits.length < run.length
  let places: number[] | undefined
  const place = (digit: number): number => {
    if (!isWrapped) return from + digit
    places ??= Array.from(run.matchAll(/\S/g), ({ index }) => from + index)
    return places[digit] ?? to
  }
  for (let start = 0; start < 4; start++) {
    const length = standard.length - start
    if (length < 2) return
    yield {
      form: 'base64',
      text: atob(standard.slice(start, length % 4 === 1 ? -1 : undefined)),
      region: (first, end) => ({
        from: place(start + Math.floor((first * 4) / 3)),
        to: place(start + Math.ceil((end * 4) / 3) - 1) + 1,
      }),
    }
  }
}

/** Only so much of all members is looked at: a few octets can decompress to more than a machine holds. */
const mostInflated = 16 * 1024 * 1024
const gzipMagic = '\x1f\x8b\x08'

/** Members of gzip (RFC 1952 §2.3), whole or cut, wherever they begin. */
function* gzipReadings(text: string): Generator<Reading> {
  let left = mostInflated
  for (let at = text.indexOf(gzipMagic); at >= 0 && left > 0; at = text.indexOf(gzipMagic, at + 1)) {
    const flags = text.charCodeAt(at + 3)
    if (flags > 0x1f) continue
    const { text: inflated, end } = inflate(text, headerEnd(text, at, flags), left)
    left -= inflated.length
    if (inflated !== '') yield { form: 'gzip', text: inflated, region: () => ({ from: at, to: end }) }
  }
}

function headerEnd(text: string, at: number, flags: number): number {
  const afterZero = (from: number): number => text.indexOf('\0', from) + 1 || text.length
  let end = at + 10
  if ((flags & 4) !== 0) end += 2 + text.charCodeAt(end) + text.charCodeAt(end + 1) * 256
  if ((flags & 8) !== 0) end = afterZero(end)
  if ((flags & 16) !== 0) end = afterZero(end)
  return (flags & 2) === 0 ? end : end + 2
}
