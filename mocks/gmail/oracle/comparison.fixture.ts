/** Two answers to the same question that do not mean the same. Values are JSON; `absent` is what was not told. */
export interface Difference {
  /** A message of the corpus, or a story. */
  readonly subject: string
  readonly item: string
  readonly ours: string
  readonly dovecot: string
}

/** Why differences of one kind are right: what an RFC says, or what Gmail was seen to do. */
export interface Explanation {
  readonly what: string
  /** A clause, or where Gmail's own answer can be read. */
  readonly because: string
  readonly subject?: RegExp
  readonly item: RegExp
  /** What the two values have to be for the row to be about them. */
  readonly holds: (ours: string, dovecot: string) => boolean
  /** How many differences are of this kind. Another number is as bad as a difference that nothing explains. */
  readonly count: number
}

/** Counts what was compared, and keeps what differs. */
export class Comparison {
  readonly differences: Difference[] = []
  readonly #rows: readonly Explanation[]
  #equal = 0

  constructor(rows: readonly Explanation[]) {
    this.#rows = rows
  }

  compare(subject: string, item: string, ours: string, dovecot: string): void {
    if (ours === dovecot) this.#equal++
    else this.differences.push({ subject, item, ours, dovecot })
  }

  /** Compares what two servers told under the same names. */
  compareAll(subject: string, ours: ReadonlyMap<string, string>, dovecot: ReadonlyMap<string, string>): void {
    for (const item of new Set([...ours.keys(), ...dovecot.keys()]))
      this.compare(subject, item, ours.get(item) ?? 'absent', dovecot.get(item) ?? 'absent')
  }

  /**
   * The same, where what comes later means nothing after a difference.
   *
   * @throws Error when something differs that no row explains
   */
  mustAgree(subject: string, item: string, ours: ReadonlyMap<string, string>, dovecot: ReadonlyMap<string, string>) {
    const before = this.differences.length
    for (const [name, own] of ours) this.compare(subject, `${item} | ${name}`, own, dovecot.get(name) ?? 'absent')
    for (const difference of this.differences.slice(before))
      if (!this.#rows.some((row) => explains(row, difference))) throw new Error(JSON.stringify(difference, null, 1))
  }

  /** Sets the explanations against the differences; the first that fits a difference counts. */
  result() {
    const counts = new Map<Explanation, number>(this.#rows.map((row) => [row, 0]))
    const unexplained = this.differences.filter((difference) => {
      const row = this.#rows.find((each) => explains(each, difference))
      if (row !== undefined) counts.set(row, counts.get(row)! + 1)
      return row === undefined
    })
    const explained = this.differences.length - unexplained.length
    const compared = this.#equal + this.differences.length
    return {
      summary: `items compared ${compared}, equal ${this.#equal}, explained ${explained}, unexplained ${unexplained.length}`,
      unexplained,
      /** Rows that explain more or less than they say. */
      miscounted: [...counts]
        .filter(([row, count]) => row.count !== count)
        .map(([{ what }, count]) => ({ what, count })),
    }
  }
}

const explains = ({ subject, item, holds }: Explanation, difference: Difference): boolean =>
  subject?.test(difference.subject) !== false &&
  item.test(difference.item) &&
  holds(difference.ours, difference.dovecot)
