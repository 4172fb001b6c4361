import type { Message } from './message.ts'

/** A message as one mailbox shows it. */
export interface Entry {
  readonly uid: number
  readonly message: Message
  /** `\Deleted` belongs to the place, not to the message. */
  deleted: boolean
  /** The modification sequence of its last change. */
  deletedModSeq: number
}

export interface MailboxOptions {
  readonly name: string
  readonly label: string | null
  readonly uidValidity: number
  readonly specialUse?: string | null
  readonly xlist?: string | null
  readonly selectable?: boolean
}

/** A mailbox is a view of a label: its entries come and go with the label. */
export class Mailbox {
  name: string
  label: string | null
  readonly specialUse: string | null
  readonly xlist: string | null
  uidValidity: number
  /** A level of the hierarchy that holds no messages. */
  readonly selectable: boolean
  subscribed = true
  #uidNext = 1
  #entries = new Map<Message, Entry>()

  constructor({ name, label, uidValidity, specialUse = null, xlist = null, selectable = true }: MailboxOptions) {
    this.name = name
    this.label = label
    this.specialUse = specialUse
    this.xlist = xlist
    this.uidValidity = uidValidity
    this.selectable = selectable
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

  add(message: Message): void {
    if (!this.#entries.has(message))
      this.#entries.set(message, { uid: this.#uidNext++, message, deleted: false, deletedModSeq: 0 })
  }

  remove(message: Message): void {
    this.#entries.delete(message)
  }

  /** The same messages under new UIDs: those of before mean nothing any more. */
  renumber(uidValidity: number): void {
    const entries = this.entries()
    this.uidValidity = uidValidity
    this.#entries = new Map(entries.map((entry) => [entry.message, { ...entry, uid: this.#uidNext++ }]))
  }

  /** In Gmail's order, `\Seen` last. */
  static flagsOf({ message, deleted }: Entry): string[] {
    const flags = [...message.flags]
    if (deleted) flags.push('\\Deleted')
    if (flags.length < 2 || !message.flags.has('\\Seen')) return flags
    return [...flags.filter((flag) => flag !== '\\Seen'), '\\Seen']
  }
}
