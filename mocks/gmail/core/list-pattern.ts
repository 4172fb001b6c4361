/**
 * Whether a mailbox name matches a pattern with `*` (anything) and `%` (anything but the delimiter `/`). The time is
 * bounded by the product of the two lengths, whatever the pattern.
 */
export function listPattern(pattern: string): (name: string) => boolean {
  // A run of wildcards with a `*` in it matches what `*` alone does.
  const parts = pattern.replace(/[*%]*\*[*%]*/g, '*').replace(/%+/g, '%')
  return (name) => {
    let reachable = new Set([0])
    for (const symbol of parts) {
      const next = new Set<number>()
      for (const at of reachable) {
        if (symbol === '*' || symbol === '%') {
          for (let end = at; ; end++) {
            // What another start has covered is covered to its end too.
            if (next.has(end)) break
            next.add(end)
            if (end >= name.length || (symbol === '%' && name[end] === '/')) break
          }
        } else if (name[at] === symbol) next.add(at + 1)
      }
      reachable = next
    }
    return reachable.has(name.length)
  }
}
