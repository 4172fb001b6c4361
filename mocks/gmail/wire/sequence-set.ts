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

/** Keeps the items whose number lies in the set; `items` ascend by that number. Linear in items and ranges. */
export function pick<T>(set: SequenceSet, items: readonly T[], numberOf: (item: T, index: number) => number): T[] {
  const ranges = resolve(set, items.length === 0 ? 0 : numberOf(items.at(-1)!, items.length - 1))
  const picked: T[] = []
  let range = 0
  items.forEach((item, index) => {
    const number = numberOf(item, index)
    while (range < ranges.length && ranges[range]![1] < number) range++
    if (range < ranges.length && ranges[range]![0] <= number) picked.push(item)
  })
  return picked
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
