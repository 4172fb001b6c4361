/** An object of Git’s store as `cat-file --batch` tells it. */
export interface ToldObject {
  readonly object: string
  /** What stood behind its name in the question. */
  readonly rest: string
  /** Undefined for what is no file, or larger than was asked for. */
  readonly content: Buffer | undefined
}

/** The form of the head of each object that is asked for here. */
export const objectHead = '%(objectname) %(objecttype) %(objectsize) %(rest)'

/**
 * Makes objects of octets as they come: a head, a line end, as many octets as it says and another line end. What is missing
 * has a head alone, and is left out.
 */
export function splitObjects(largest: number, onObject: (told: ToldObject) => void): (chunk: Buffer) => void {
  let kept: Buffer[] = []
  let length = 0
  let needed = 0
  let told = { object: '', rest: '' }
  let skipping = false
  let open: Buffer = Buffer.alloc(0)

  const head = (): boolean => {
    const end = open.indexOf(10)
    if (end === -1) return false
    const [, object = '', type, size, rest = ''] =
      /^([0-9a-f]+) (\w+) (\d+) (.*)$/.exec(open.toString('utf8', 0, end)) ?? []
    open = open.subarray(end + 1)
    if (size === undefined) return true
    needed = Number(size) + 1
    told = { object, rest }
    skipping = type !== 'blob' || needed > largest
    kept = []
    length = 0
    return true
  }
  const body = (): boolean => {
    const part = open.subarray(0, needed - length)
    if (!skipping) kept.push(part)
    length += part.length
    open = open.subarray(part.length)
    if (length < needed) return false
    const [whole = open] = kept
    onObject({
      ...told,
      content: skipping ? undefined : (kept.length === 1 ? whole : Buffer.concat(kept)).subarray(0, -1),
    })
    needed = 0
    return true
  }
  return (chunk) => {
    open = open.length === 0 ? chunk : Buffer.concat([open, chunk])
    while (open.length > 0 && (needed === 0 ? head() : body()));
  }
}
