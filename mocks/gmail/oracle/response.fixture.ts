/**
 * A value in an IMAP response. It is the same string whether it came quoted or as a literal; an atom is none. Strings
 * have one character per octet.
 */
export type Value = null | string | Atom | readonly Value[]

export interface Atom {
  readonly atom: string
}

export const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value)

/** What one FETCH response tells: values by item, `BODY[…]` with its field names in capitals. */
export interface Fetched {
  readonly number: number
  readonly items: ReadonlyMap<string, Value>
}

/** Reads responses for comparison (RFC 3501 §9). It shares no line with the server that it reads. */
export class ResponseReader {
  readonly #text: string
  #at = 0

  /** @param text one response without its last CRLF, literals in their places */
  constructor(text: string) {
    this.#text = text
  }

  /** Whether this character comes next. */
  #sees(character: string): boolean {
    return this.#text[this.#at] === character
  }

  #take(pattern: RegExp): string {
    const sticky = new RegExp(pattern, 'y')
    sticky.lastIndex = this.#at
    const match = sticky.exec(this.#text)
    if (match === null)
      throw new Error(`expected ${pattern} at ${JSON.stringify(this.#text.slice(this.#at, this.#at + 40))}`)
    this.#at = sticky.lastIndex
    return match[1] ?? match[0]
  }

  value(): Value {
    if (this.#sees('(')) return this.#list()
    if (this.#sees('"')) return this.#take(/"((?:[^"\\\r\n]|\\["\\])*)"/).replace(/\\(["\\])/g, '$1')
    if (this.#sees('{')) return this.#literal()
    const atom = this.#take(/[^ ()"{\r\n]+/)
    return atom.toUpperCase() === 'NIL' ? null : { atom }
  }

  #literal(): string {
    const length = Number(this.#take(/\{(\d+)\}\r\n/))
    const octets = this.#text.slice(this.#at, this.#at + length)
    this.#at += length
    return octets
  }

  #list(): Value[] {
    const items: Value[] = []
    this.#take(/\(/)
    while (!this.#sees(')')) {
      items.push(this.value())
      // No SP stands between the addresses and the bodies of a list (env-from, body-type-mpart).
      if (this.#sees(' ')) this.#at++
    }
    this.#at++
    return items
  }

  /** `n FETCH (…)`; undefined for any other response. */
  fetched(): Fetched | undefined {
    const head = /^(\d+) FETCH \(/.exec(this.#text)
    if (head === null) return undefined
    this.#at = head[0].length
    const items = new Map<string, Value>()
    while (!this.#sees(')')) {
      const name = this.#itemName()
      this.#take(/ /)
      if (items.has(name)) throw new Error(`${name} is told twice`)
      items.set(name, this.value())
      if (!this.#sees(')')) this.#take(/ (?!\))/)
    }
    this.#take(/\)$/)
    return { number: Number(head[1]), items }
  }

  /** Field names compare in any case, quoted or not. */
  #itemName(): string {
    let name = this.#take(/[A-Za-z0-9.-]+/).toUpperCase()
    if (!this.#sees('[')) return name
    name += this.#take(/\[[0-9A-Za-z.]*/).toUpperCase()
    if (this.#sees(' ')) {
      this.#at++
      const names = this.#list().map((field) => (typeof field === 'string' ? field : (field as Atom).atom))
      name += ` (${names.join(' ').toUpperCase()})`
    }
    return name + this.#take(/\](?:<\d+>)?/)
  }
}
