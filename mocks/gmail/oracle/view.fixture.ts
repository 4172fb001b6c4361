import { type Value, ResponseReader, isList } from './response.fixture.ts'

/** What a client that only listens knows of its mailbox: for each message the flags that it was last told, if any. */
export class View {
  #flags: (string | null)[] = []

  /** Begins anew: the mailbox was selected, or left. */
  reset(): void {
    this.#flags = []
  }

  /** Takes in what the server tells (RFC 3501 §7). */
  hear(untagged: readonly string[]): void {
    for (const line of untagged) {
      const [, digits, name] = /^(\d+) (EXISTS|EXPUNGE|FETCH)/.exec(line) ?? []
      const number = Number(digits)
      if (name === 'EXISTS') this.#grow(number)
      else if (name === 'EXPUNGE') this.#shrink(number)
      else if (name === 'FETCH') this.#fetched(line)
    }
  }

  /** What another client was told of the same mailbox, where this one was told nothing. */
  learn(from: View): void {
    this.#flags = this.#flags.map((flags, index) => flags ?? from.#flags[index] ?? null)
  }

  /** The client changed this message itself and did not want to be told. */
  forget(number: number): void {
    this.#flags[number - 1] = null
  }

  /** Plain JSON. */
  toString(): string {
    return JSON.stringify(this.#flags)
  }

  #grow(to: number): void {
    if (to < this.#flags.length) throw new Error(`told of ${to} messages where there were ${this.#flags.length}`)
    this.#flags.push(...Array.from({ length: to - this.#flags.length }, () => null))
  }

  #shrink(number: number): void {
    if (this.#flags.splice(number - 1, 1).length === 0) throw new Error(`told that message ${number} is gone, of none`)
  }

  #fetched(line: string): void {
    const { number, items } = new ResponseReader(line).fetched()!
    if (number > this.#flags.length) throw new Error(`told of message ${number} of ${this.#flags.length}`)
    const flags = items.get('FLAGS')
    if (flags !== undefined) this.#flags[number - 1] = flagText(flags)
  }
}

/** Sorted; `\Recent` is left out, which Gmail does not have. */
export const flagText = (value: Value): string =>
  (isList(value) ? value : [])
    .map((flag) => (flag as { atom: string }).atom)
    .filter((flag) => flag.toLowerCase() !== '\\recent')
    .toSorted()
    .join(' ')
