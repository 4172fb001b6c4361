/** What the front does by itself, whatever server stands behind it, or does for a server that cannot. */
const ofTheFront =
  /^(?:IMAP4rev1|ID|NAMESPACE|XLIST|ENABLE|SASL-IR|AUTH=.*|STARTTLS|LOGINDISABLED|COMPRESS=DEFLATE|LITERAL-|SPECIAL-USE|APPENDLIMIT=\d+)$/i

/** What a mailbox server said that it can do. */
export class Capabilities {
  readonly #names: ReadonlySet<string>

  /** @param lines its responses to CAPABILITY */
  constructor(lines: readonly string[]) {
    const names = lines.flatMap((line) => /^\* CAPABILITY (.*)$/i.exec(line)?.[1]?.toUpperCase().split(' ') ?? [])
    this.#names = new Set(names)
  }

  /** Whether clients may be told of one of Gmail's: Gmail's own mail store is not behind this front. */
  offers(capability: string): boolean {
    if (capability.toUpperCase() === 'X-GM-EXT-1') return false
    return ofTheFront.test(capability) || this.#names.has(capability.toUpperCase())
  }

  /** Octets of the largest literal that it takes without being asked (RFC 7888). */
  get nonSynchronizing(): number {
    return this.#names.has('LITERAL+') ? Infinity : this.#names.has('LITERAL-') ? 4096 : -1
  }

  /** What ENABLE (RFC 5161) may switch on there. */
  get enables(): readonly string[] {
    return this.#names.has('ENABLE') ? [...this.#names] : []
  }
}
