import type { Place } from './row.fixture.ts'

/** How the answers to one line of a story stand to what must be answered. */
export interface Compared {
  /** Places of deviations that were seen just as they are listed. */
  readonly seen: readonly Place[]
  /** Listed, and no longer true. */
  readonly stale: readonly Place[]
  /** Answers that did not come, and answers that came, which no deviation lists: `- …` and `+ …`. */
  readonly unlisted: readonly string[]
}

/** Sets what was heard against what must be, and against the deviations that are listed for it. */
export function compare(must: readonly string[], heard: readonly string[], listed: readonly Place[]): Compared {
  const missing = without(must, heard)
  const extra = without(heard, must)
  const seen = listed.filter(
    ({ lacks, has }) =>
      lacks.length + has.length > 0 && without(lacks, missing).length === 0 && without(has, extra).length === 0,
  )
  const lacked = seen.flatMap(({ lacks }) => lacks)
  const had = seen.flatMap(({ has }) => has)
  return {
    seen,
    stale: listed.filter((place) => !seen.includes(place)),
    unlisted: [
      ...without(missing, lacked).map((line) => `- ${line}`),
      ...without(extra, had).map((line) => `+ ${line}`),
    ],
  }
}

/** What is left of some lines when others are taken away, each once. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others]
  return lines.filter((line) => {
    const at = left.indexOf(line)
    if (at < 0) return true
    left.splice(at, 1)
    return false
  })
}
