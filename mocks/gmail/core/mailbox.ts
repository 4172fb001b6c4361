import type { Message } from './message.ts'

/** A message as one mailbox shows it. */
export interface Entry {
  readonly uid: number
  readonly message: Message
  /** `\Deleted` belongs to the place, not to the message. */
  deleted: boolean
}

/** A mailbox is a view of a label: its entries come and go with the label. */
export class Mailbox {
  readonly name: string
  readonly label: string | null
  readonly specialUse: string | null
  readonly uidValidity: number
  /** A level of the hierarchy that holds no messages. */
  readonly selectable: boolean
  subscribed = true
  #uidNext = 1
  readonly #entries = new Map<Message, Entry>()

  constructor(options: {
    name: string
    label: string | null
    specialUse?: string | null
    uidValidity: number
    selectable?: boolean
  }) {
    this.name = options.name
    this.label = options.label
    this.specialUse = options.specialUse ?? null
    this.uidValidity = options.uidValidity
    this.selectable = options.selectable ?? true
  }

  get uidNext(): number {
    return this.#uidNext
  }

  get size(): number {
    return this.#entries.size
  }

  /** In ascending order of UID. */
  entries(): Entry[] {
    return [...this.#entries.values()]
  }

  entryOf(message: Message): Entry | undefined {
    return this.#entries.get(message)
  }

  /** Makes the view agree with the message's labels; `belongs` says whether the message is to be seen here. */
  reconcile(message: Message, belongs: boolean): void {
    if (!belongs) this.#entries.delete(message)
    else if (!this.#entries.has(message)) this.#entries.set(message, { uid: this.#uidNext++, message, deleted: false })
  }

  /** In Gmail's order, `\Seen` last. */
  static flagsOf({ message, deleted }: Entry): string[] {
    const flags = [...message.flags].filter((flag) => flag !== '\\Seen').toSorted()
    if (deleted) flags.push('\\Deleted')
    if (message.flags.has('\\Seen')) flags.push('\\Seen')
    return flags
  }
}
