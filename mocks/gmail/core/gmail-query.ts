import { type Holds, inWords, operatorNamed } from './gmail-operators.ts'

/** What stands in a query, in order: quoted phrases keep their quotation marks. */
const symbol = /[(){}]|-(?=[^\s-])|[a-z0-9_]+:(?=[^\s:])|"[^"]*"?|[^\s(){}"]+/gi

/** Deeper nesting occurs in attacks only; what is there counts as words. */
const deepest = 32

/**
 * X-GM-RAW (Google, IMAP extensions): a query as the search box of the web interface takes it (Gmail Help, “Refine
 * searches in Gmail”). Words must all occur, in any order; OR joins its neighbours, braces join all in them; a minus takes
 * what must not hold; parentheses group, behind an operator too. Nothing is an error: what is no operator is a word.
 *
 * @param now epoch milliseconds, for what is older or newer than some time
 */
export const gmailQuery = (query: string, now: number): Holds => new Query(query, now).parse()

const always: Holds = () => true
const every =
  (all: readonly Holds[]): Holds =>
  (message) =>
    all.every((holds) => holds(message))
const some =
  (all: readonly Holds[]): Holds =>
  (message) =>
    all.some((holds) => holds(message))
const not =
  (holds: Holds): Holds =>
  (message) =>
    !holds(message)

/** What the words behind an operator are asked of. */
type Leaf = (text: string) => Holds

class Query {
  readonly #symbols: readonly string[]
  readonly #now: number
  #at = 0
  #depth = 0

  constructor(query: string, now: number) {
    // A minus before nothing takes nothing away.
    this.#symbols = query.replace(/-+(?=\s|$)/g, ' ').match(symbol) ?? []
    this.#now = now
  }

  parse(): Holds {
    const all: Holds[] = []
    // A parenthesis too many closes nothing.
    while (this.#at < this.#symbols.length) all.push(this.#all(inWords), this.#skip())
    return every(all)
  }

  #skip(): Holds {
    this.#at += 1
    return always
  }

  /** Terms up to the end or a closing parenthesis; OR binds its neighbours. */
  #all(leaf: Leaf): Holds {
    const groups: Holds[][] = []
    let joins = false
    for (
      let next = this.#symbols[this.#at];
      next !== undefined && next !== ')' && next !== '}';
      next = this.#symbols[this.#at]
    ) {
      if (next === 'OR' || next === 'AND') {
        this.#at += 1
        joins = next === 'OR' && groups.length > 0
        continue
      }
      const term = this.#term(leaf)
      if (joins) groups.at(-1)!.push(term)
      else groups.push([term])
      joins = false
    }
    return every(groups.map((group) => (group.length === 1 ? group[0]! : some(group))))
  }

  #term(leaf: Leaf): Holds {
    const next = this.#symbols[this.#at++]
    if (next === undefined || this.#depth === deepest) return always
    this.#depth += 1
    const term = this.#termOf(next, leaf)
    this.#depth -= 1
    return term
  }

  #termOf(next: string, leaf: Leaf): Holds {
    if (next === '-') return not(this.#term(leaf))
    if (next === '(' || next === '{') return this.#group(next, leaf)
    const rule = next.endsWith(':') ? operatorNamed(next.slice(0, -1).toLowerCase()) : undefined
    if (rule !== undefined && this.#at < this.#symbols.length) return this.#term((text) => rule(text, this.#now))
    return leaf(next.replaceAll('"', ''))
  }

  #group(opening: string, leaf: Leaf): Holds {
    const group = opening === '{' ? this.#any(leaf) : this.#all(leaf)
    this.#at += 1
    return group
  }

  #any(leaf: Leaf): Holds {
    const terms: Holds[] = []
    for (let next = this.#symbols[this.#at]; next !== undefined && !')}'.includes(next); next = this.#symbols[this.#at])
      terms.push(this.#term(leaf))
    return terms.length === 0 ? always : some(terms)
  }
}
