/** Octets of an anchor. */
const anchorLength = 8
/** Hash values: a power of two. */
const slots = 1 << 18

const base = 31
/** What the first octet of an anchor counts once the anchor has moved on by one. */
const left = Array.from({ length: anchorLength }).reduce<number>((power) => Math.imul(power, base), 1)

const sum = (text: string, at: number): number => {
  let value = 0
  for (let index = at; index < at + anchorLength; index++) value = (Math.imul(value, base) + text.charCodeAt(index)) | 0
  return value
}
const slotOf = (value: number): number => Math.imul(value, 0x9e3779b1) >>> 14
const hash = (text: string, at: number): number => slotOf(sum(text, at))

export interface Anchors {
  /** Remembers the anchors of a text from an offset on, under a number of the caller's. */
  add(owner: number, text: string, from: number): void
  /** The first place of a text, from an offset on, at which an anchor may stand; its length when there is none. */
  next(text: string, from: number): number
  /** Calls with each owner and place whose anchor may be what stands there; equal hashes call too. */
  each(text: string, at: number, call: (owner: number, place: number) => void): void
}

/**
 * Every `step`-th octet of many texts, findable by the octets that follow it. Lists of numbers, because a world may hold
 * tens of thousands of secrets of hundreds of octets.
 *
 * @param run octets of a run: each run of a text holds one anchor whole
 */
export function createAnchors(run: number): Anchors & { readonly step: number } {
  const step = run - anchorLength + 1
  /** By hash, the anchor added last, from 1; by anchor, the one before it of the same hash. */
  const newest = new Int32Array(slots)
  let earlier = new Int32Array(256)
  let count = 0
  /** By text, in the order of `add`: whose it is, its first anchor, and where that one stands. */
  const texts: { readonly owner: number; readonly first: number; readonly from: number }[] = []

  const remember = (slot: number): void => {
    count += 1
    if (count === earlier.length) {
      const larger = new Int32Array(earlier.length * 2)
      larger.set(earlier)
      earlier = larger
    }
    earlier[count] = newest[slot]!
    newest[slot] = count
  }
  /** The text that an anchor stands in: the last one that begins no later. */
  const textOf = (anchor: number) => {
    let low = 0
    for (let high = texts.length; high - low > 1;) {
      const middle = (low + high) >> 1
      if (texts[middle]!.first <= anchor) low = middle
      else high = middle
    }
    return texts[low]!
  }

  return {
    step,
    add(owner, text, from) {
      texts.push({ owner, first: count + 1, from })
      for (let place = from; place + anchorLength <= text.length; place += step) remember(hash(text, place))
    },
    next(text, from) {
      if (from + anchorLength > text.length) return text.length
      // The sum moves along the text: an octet enters, another leaves.
      let value = sum(text, from)
      for (let at = from; ; at++) {
        if (newest[slotOf(value)] !== 0) return at
        if (at + anchorLength >= text.length) return text.length
        const entering = Math.imul(value, base) + text.charCodeAt(at + anchorLength)
        value = (entering - Math.imul(left, text.charCodeAt(at))) | 0
      }
    },
    each(text, at, call) {
      for (let anchor = newest[hash(text, at)]!; anchor !== 0; anchor = earlier[anchor]!) {
        const { owner, first, from } = textOf(anchor)
        call(owner, from + (anchor - first) * step)
      }
    },
  }
}
