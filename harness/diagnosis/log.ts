import { cleaned, comparable } from './clean.ts'
import { type Decoded, decodedIn } from './encoded.ts'
import type { Area, Incident, Sign } from './model.ts'
import { redacted } from './redact.ts'
import { signs, signNamed } from './signs/index.ts'

/** Characters that are looked at at once; a longer line is looked at in pieces that overlap. */
const piece = 8_192
const overlap = 1_024
/** Characters of one line that are looked at; readers of pipes keep no more either. */
const longest = 1_048_576
/** Lines between two parts of one error at most. */
const reach = 15
const mostIncidents = 20
const excerptLines = 8
const excerptWidth = 300

/** What was read of a log. */
export interface ReadLog {
  /** Newest first. */
  readonly incidents: readonly Incident[]
  readonly lines: number
  /** Older errors of other kinds that were let go. */
  readonly dropped: number
  /** Lines whose ends were not looked at. */
  readonly cut: number
}

interface Open {
  area: Area
  readonly signs: Set<string>
  readonly decoded: Set<string>
  readonly excerpt: string[]
  readonly first: number
  last: number
  count: number
}

/** Reads a log line by line; keeps what tells errors, and never more than a few thousand characters of it. */
export function createLogReader(): { add(line: string): void; end(): ReadLog } {
  /** In the order of their last line, oldest first. */
  let closed: Open[] = []
  let open: Open | undefined
  let hints: Hint[] = []
  let lines = 0
  let dropped = 0
  let cut = 0

  const close = (): void => {
    if (open === undefined) return
    const same = closed.find((each) => keyOf(each) === keyOf(open!))
    if (same !== undefined) {
      open.count += same.count
      closed = closed.filter((each) => each !== same)
    }
    closed.push(open)
    if (closed.length > mostIncidents) dropped += closed.splice(0, closed.length - mostIncidents).length
    open = undefined
  }
  const look = (text: string): void => {
    const clean = cleaned(text)
    const decoded = decodedIn(clean)
    const compared = [comparable(clean), ...decoded.map((each) => each.text)].join(' ')
    const found = signs.filter(({ pattern }) => pattern.test(compared))
    if (found.length === 0 && decoded.length === 0) return
    const shown = shortened(redacted(clean).trim())
    if (found.every(({ kind }) => kind === 'hint') && open === undefined) {
      const hint = { line: lines, signs: found, shown, decoded }
      hints = [...hints.filter(({ line }) => lines - line <= reach), hint].slice(-excerptLines)
    } else {
      if (open !== undefined && !belongs(found, open, lines)) close()
      if (open === undefined) {
        open = begun(found, lines)
        for (const hint of hints) if (lines - hint.line <= reach) addHint(open, hint)
        hints = []
      }
      if (!found.some(({ kind, id }) => kind === 'code' && open!.signs.has(id))) add(open, found, shown)
      else addAgain(open, found, shown)
      open.last = lines
    }
    for (const { says } of decoded) open?.decoded.add(says)
  }
  return {
    add(line) {
      lines += 1
      if (open !== undefined && lines - open.last > reach) close()
      if (line.length >= longest) cut += 1
      const end = Math.min(line.length, longest)
      for (let at = 0; at === 0 || at < end; at += piece - overlap) look(line.slice(at, at + piece))
    },
    end() {
      close()
      return { incidents: closed.filter(isError).toReversed().map(told), lines, dropped, cut }
    },
  }
}

/** What was said before an error, and may belong to it. */
interface Hint {
  readonly line: number
  readonly signs: readonly Sign[]
  readonly shown: string
  readonly decoded: readonly Decoded[]
}

function addHint(open: Open, { signs: found, shown, decoded }: Hint): void {
  add(open, found, shown)
  for (const { says } of decoded) open.decoded.add(says)
}

const shortened = (text: string): string => (text.length > excerptWidth ? `${text.slice(0, excerptWidth)}…` : text)

const begun = (found: readonly Sign[], line: number): Open => ({
  area: found.find(({ kind }) => kind !== 'hint')?.area ?? found[0]?.area ?? 'google',
  signs: new Set(),
  decoded: new Set(),
  excerpt: [],
  first: line,
  last: line,
  count: 1,
})

function add(open: Open, found: readonly Sign[], shown: string): void {
  for (const { id } of found) open.signs.add(id)
  if (open.excerpt.length < excerptLines && !open.excerpt.includes(shown)) open.excerpt.push(shown)
}

/** A code that is there already is the same error told by another layer, or the error once more. */
function addAgain(open: Open, found: readonly Sign[], shown: string): void {
  if (open.excerpt.includes(shown)) open.count += 1
  add(open, found, shown)
}

/** Codes that say no more than that something was refused; a nearer word may stand beside them. */
const general: ReadonlySet<string> = new Set(['credentials-refused', 'refresh-token-rejected', 'no-refresh-token'])

/** Whether what was found goes on telling the same error. */
function belongs(found: readonly Sign[], open: Open, line: number): boolean {
  if (line === open.last) return true
  const of = (kind: Sign['kind']): readonly Sign[] => found.filter((sign) => sign.kind === kind)
  const telling = found.filter(({ kind }) => kind !== 'hint')
  if (telling.some(({ area }) => area !== open.area)) return false
  const known = [...open.signs].map(signNamed)
  const differs = (kind: Sign['kind']): boolean => {
    const before = known.filter((sign) => sign.kind === kind && !general.has(sign.id))
    return before.length > 0 && of(kind).some(({ id }) => !open.signs.has(id) && !general.has(id))
  }
  return !differs('code') && !differs('detail')
}

/** What tells one error from another, whatever its circumstances. */
const keyOf = ({ signs: ids }: Open): string =>
  [...ids]
    .filter((id) => signNamed(id).kind !== 'hint')
    .toSorted()
    .join(' ')

const isError = ({ signs: ids, decoded }: Open): boolean =>
  decoded.size > 0 || [...ids].some((id) => signNamed(id).kind !== 'hint')

const order = { code: 0, detail: 1, hint: 2 } as const

const told = ({ area, signs: ids, decoded, excerpt, first, last, count }: Open): Incident => ({
  area,
  signs: [...ids].toSorted((a, b) => order[signNamed(a).kind] - order[signNamed(b).kind]),
  decoded: [...decoded],
  excerpt,
  first,
  last,
  count,
})
