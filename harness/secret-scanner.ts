import type { Leak } from './model/secret.ts'
import { withoutMarks } from './secret-mark.ts'
import { latin1 } from './latin1.ts'
import { type Reading, mayBeRead, readings } from './secret-readings.ts'
import { type Registered, createSecretIndex } from './secret-index.ts'

export type { Registered } from './secret-index.ts'

/** Encodings inside encodings are followed this deep. */
const deepest = 3

/** A hit with the region of the outermost text that it stands in. */
export interface Hit extends Leak {
  readonly end: number
  /** The region holds the whole value, as it is, and nothing else. */
  readonly exact: boolean
}

export interface Scanner {
  add(secret: Registered): void
  /** Finds registered values in text, in every encoding. Hits of one value never overlap. */
  scanText(text: string): Hit[]
  /** The same in octets; where they are, not what. */
  scan(bytes: Uint8Array): Promise<Leak[]>
}

/** One text inside another: how it was decoded, and where its parts stand in the outermost text. */
interface Layer {
  readonly forms: readonly string[]
  /** Undefined where the layer shows only what an outer one showed already. */
  readonly region: Reading['region']
}

const outermost: Layer = { forms: [], region: (from, to) => ({ from, to }) }

/** Finds registered values, whole or in part, raw or encoded. Time is linear in the length of the text. */
export function createScanner(): Scanner {
  const index = createSecretIndex()

  const look = (text: string, layer: Layer, found: Hit[]): void => {
    for (const { ref, kind, from, to, whole } of index.occurrences(text)) {
      const region = layer.region(from, to)
      if (region === undefined) continue
      const form = layer.forms.join(' > ') || 'raw'
      found.push({ ref, kind, form, offset: region.from, end: region.to, exact: whole && form === 'raw' })
    }
    const needs = index.needs()
    if (layer.forms.length === deepest || !mayBeRead(text, needs)) return
    for (const reading of readings(text, needs)) look(reading.text, inside(layer, reading), found)
  }

  const scan = (octets: string): Hit[] => {
    const found: Hit[] = []
    // Most names and words of a journal are shorter than anything that is looked for, in whatever writing.
    if (octets.length >= index.needs().fewestOctets) look(withoutMarks(octets), outermost, found)
    return apart(found)
  }

  return {
    add: index.add,
    // In plain ASCII a character is an octet already.
    scanText: (text) => scan(/[^\x00-\x7f]/.test(text) ? latin1(new TextEncoder().encode(text)) : text),
    scan: async (bytes) => scan(latin1(bytes)).map(({ ref, kind, form, offset }) => ({ ref, kind, form, offset })),
  }
}

const inside = (outer: Layer, reading: Reading): Layer => ({
  forms: [...outer.forms, reading.form],
  region(from, to) {
    const here = reading.region(from, to)
    return here && outer.region(here.from, here.to)
  },
})

/** In order of offset. Of one value's hits that overlap, the widest region tells it, by its plainest reading. */
function apart(hits: readonly Hit[]): Hit[] {
  const kept: Hit[] = []
  const last = new Map<string, number>()
  for (const hit of hits.toSorted((a, b) => a.offset - b.offset || b.end - a.end)) {
    const index = last.get(hit.ref)
    const before = index === undefined ? undefined : kept[index]
    if (index === undefined || before === undefined || before.end <= hit.offset) {
      last.set(hit.ref, kept.push(hit) - 1)
      continue
    }
    if (hit.end <= before.end) continue
    const wider = hit.end - hit.offset > before.end - before.offset ? hit : before
    kept[index] = { ...wider, offset: before.offset, end: hit.end, exact: false }
  }
  return kept
}
