/** One end of a range: a number from 1 to 2^32 - 1, or `*`, the largest number in use (RFC 3501 §9, seq-number). */
export type SeqNumber = number | '*'
/** As the client wrote it: `1:3,7,10:*`. A single number is a range of one. */
export type SequenceSet = readonly (readonly [SeqNumber, SeqNumber])[]

/** Ranges in ascending order that neither overlap nor touch. `*` became `largest`. */
export function resolve(set: SequenceSet, largest: number): readonly (readonly [number, number])[] {
  const value = (end: SeqNumber): number => (end === '*' ? largest : end)
  const ranges = set
    .map(([a, b]): [number, number] => [Math.min(value(a), value(b)), Math.max(value(a), value(b))])
    .toSorted((a, b) => a[0] - b[0])
  const merged: [number, number][] = []
  for (const range of ranges) {
    const last = merged.at(-1)
    if (last !== undefined && range[0] <= last[1] + 1) last[1] = Math.max(last[1], range[1])
    else merged.push(range)
  }
  return merged
}

/**
 * Keeps the items whose number lies in the set; `items` ascend by that number. Each range costs a binary search, each
 * item that is kept one step.
 */
export function pick<T>(set: SequenceSet, items: readonly T[], numberOf: (item: T) => number): T[] {
  const last = items.at(-1)
  const picked: T[] = []
  for (const [from, to] of resolve(set, last === undefined ? 0 : numberOf(last)))
    for (let at = firstFrom(from, items, numberOf); at < items.length; at++) {
      const item = items[at]!
      if (numberOf(item) > to) break
      picked.push(item)
    }
  return picked
}

/** The place of the first item whose number is at least `from`. */
export function firstFrom<T>(from: number, items: readonly T[], numberOf: (item: T) => number): number {
  let [low, high] = [0, items.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (numberOf(items[middle]!) < from) low = middle + 1
    else high = middle
  }
  return low
}

/** Writes ascending numbers as a set: 1, 2, 3, 7 becomes `1:3,7`. */
export function formatSequenceSet(numbers: readonly number[]): string {
  const ranges: [number, number][] = []
  for (const number of numbers) {
    const last = ranges.at(-1)
    if (last !== undefined && number === last[1] + 1) last[1] = number
    else ranges.push([number, number])
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}:${to}`)).join(',')
}
