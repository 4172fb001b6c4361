import { LiveTrouble } from '../trouble.ts'

/** A value in an IMAP response; null is NIL. Lists nest (RFC 3501 §9). */
export type Value = string | null | readonly Value[]

/** Deeper than any response that is asked for here. */
const deepest = 20

/**
 * Reads the values of a response line as `Line.read` gives it: one character an octet, literals behind their announcement.
 *
 * @throws LiveTrouble `not-understood`
 */
export function valuesIn(line: string): readonly Value[] {
  const reader = new Reader(line)
  const values: Value[] = []
  for (reader.skipBlanks(); !reader.isOver; reader.skipBlanks()) values.push(reader.value(0))
  return values
}

class Reader {
  readonly #line: string
  #at = 0

  constructor(line: string) {
    this.#line = line
  }

  get isOver(): boolean {
    return this.#at >= this.#line.length
  }

  skipBlanks(): void {
    while (this.#line[this.#at] === ' ') this.#at++
  }

  value(depth: number): Value {
    const first = this.#line[this.#at]
    if (first === '(') return this.#list(depth)
    if (first === '"') return this.#quoted()
    const [announced, size] = this.#match(/~?\{(\d{1,9})\+?\}/y) ?? []
    if (announced !== undefined) return this.#literal(Number(size))
    return this.#atom()
  }

  #list(depth: number): readonly Value[] {
    if (depth === deepest) return this.#fail()
    this.#at++
    const values: Value[] = []
    for (this.skipBlanks(); this.#line[this.#at] !== ')'; this.skipBlanks()) {
      if (this.isOver) return this.#fail()
      values.push(this.value(depth + 1))
    }
    this.#at++
    return values
  }

  #quoted(): string {
    const [, text] = this.#match(/"((?:[^"\\]|\\.)*)"/y) ?? this.#fail()
    return text!.replaceAll(/\\(.)/g, '$1')
  }

  #literal(size: number): string {
    const from = this.#at
    this.#at += size
    return this.#at > this.#line.length ? this.#fail() : this.#line.slice(from, this.#at)
  }

  /** Brackets hold what belongs to a name: `BODY[HEADER.FIELDS (DATE)]`. */
  #atom(): string | null {
    const [atom] = this.#match(/(?:[^\s()"[\]{}]+|\[[^\]]*\])+/y) ?? this.#fail()
    return atom!.toUpperCase() === 'NIL' ? null : atom!
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#line) ?? undefined
    if (found !== undefined) this.#at = pattern.lastIndex
    return found
  }

  #fail(): never {
    throw new LiveTrouble('not-understood', `the mail server answered ${this.#line.slice(0, 200)}`)
  }
}
