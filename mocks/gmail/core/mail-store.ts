import type { Random } from '../../../harness/random.ts'
import { canonicalFlag, canonicalLabel, exclusiveLabels, labelOfFlag, systemFolders } from './labels.ts'
import { type Entry, Mailbox } from './mailbox.ts'
import { type Message, type NewMessage, conversationOf } from './message.ts'

/** How a set of flags or labels is to change: RFC 3501 §6.4.6. */
export type Change = 'replace' | 'add' | 'remove'

const labelsOfFlags = Object.values(labelOfFlag)

/** One account's mail: messages with labels, and the mailboxes that are views of the labels. */
export class MailStore {
  readonly address: string
  readonly #random: Random
  readonly #mailboxes = new Map<string, Mailbox>()
  readonly #messages = new Set<Message>()
  readonly #conversations = new Map<string, bigint>()
  readonly #listeners = new Set<() => void>()
  #modSeq = 1
  #uidValidity = 0

  constructor(address: string, random: Random) {
    this.address = address
    this.#random = random
    for (const folder of systemFolders) this.#add(folder.name, folder.label, folder.specialUse)
  }

  /** Account-wide, as Gmail's is. */
  get highestModSeq(): number {
    return this.#modSeq
  }

  /** Of all messages together. */
  get octets(): number {
    return [...this.#messages].reduce((sum, { bytes }) => sum + bytes.length, 0)
  }

  /** In Gmail's order: INBOX, the user's labels, then `[Gmail]` and what is under it. */
  mailboxes(): Mailbox[] {
    const rank = ({ name }: Mailbox): number => (name === 'INBOX' ? 0 : name.startsWith('[Gmail]') ? 2 : 1)
    return [...this.#mailboxes.values()].toSorted((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1))
  }

  mailbox(name: string): Mailbox | undefined {
    return this.#mailboxes.get(name)
  }

  /** Makes the mailbox of a user's label, and the levels above it. */
  create(name: string): Mailbox {
    const known = this.#mailboxes.get(name)
    if (known?.selectable === true) return known
    return this.#add(name, name, null)
  }

  /** Removes a user's label: its messages stay in the account. */
  remove(mailbox: Mailbox): void {
    this.#mailboxes.delete(mailbox.name)
    for (const { message } of mailbox.entries()) this.#relabel(message, (labels) => labels.delete(mailbox.name))
    this.#changed()
  }

  rename(mailbox: Mailbox, name: string): void {
    this.create(name).subscribed = mailbox.subscribed
    const messages = mailbox.entries().map((entry) => entry.message)
    this.remove(mailbox)
    for (const message of messages) this.#relabel(message, (labels) => labels.add(name))
    this.#changed()
  }

  append(incoming: NewMessage): Message {
    const gmMsgId = (BigInt(incoming.internalDate) << 20n) | BigInt(this.#random.integer(1 << 20))
    const message: Message = {
      gmMsgId,
      gmThrId: this.#conversation(incoming.bytes, gmMsgId),
      bytes: incoming.bytes,
      internalDate: incoming.internalDate,
      flags: new Set(
        incoming.flags.flatMap((flag) => canonicalFlag(flag) ?? []).filter((flag) => flag !== '\\Deleted'),
      ),
      labels: new Set(),
      modSeq: 0,
    }
    this.#messages.add(message)
    for (const [flag, label] of Object.entries(labelOfFlag)) if (message.flags.has(flag)) message.labels.add(label)
    for (const label of incoming.labels) this.#addLabel(message, label)
    this.#settle(message)
    this.#changed()
    return message
  }

  /** Adds, removes or replaces flags; what is not a flag that Gmail keeps is ignored. */
  changeFlags(entry: Entry, change: Change, named: readonly string[]): void {
    const wanted = new Set(named.flatMap((flag) => canonicalFlag(flag) ?? []))
    const { message } = entry
    if (wanted.has('\\Deleted')) entry.deleted = change !== 'remove'
    else if (change === 'replace') entry.deleted = false
    wanted.delete('\\Deleted')
    const before = new Set(message.flags)
    if (change === 'replace') message.flags.clear()
    for (const flag of wanted) {
      if (change === 'remove') message.flags.delete(flag)
      else message.flags.add(flag)
    }
    for (const [flag, label] of Object.entries(labelOfFlag)) {
      if (before.has(flag) === message.flags.has(flag)) continue
      if (message.flags.has(flag)) this.#addLabel(message, label)
      else message.labels.delete(label)
    }
    this.#settle(message)
    this.#changed()
  }

  /** Adds, removes or replaces labels; labels that did not exist are made. Gives the mailboxes to the change. */
  changeLabels(message: Message, change: Change, named: readonly string[]): void {
    const wanted = named.flatMap((label) => canonicalLabel(label) ?? [])
    if (change === 'replace') message.labels.clear()
    for (const label of wanted) {
      if (change === 'remove') message.labels.delete(label)
      else this.#addLabel(message, label)
    }
    for (const [flag, label] of Object.entries(labelOfFlag)) {
      if (message.labels.has(label)) message.flags.add(flag)
      else message.flags.delete(flag)
    }
    this.#settle(message)
    this.#changed()
  }

  /** Shows a message in a mailbox as well, which for All Mail takes it out of Trash and Spam. */
  copy(message: Message, to: Mailbox): Entry | undefined {
    if (to.label === null) for (const label of exclusiveLabels) this.changeLabels(message, 'remove', [label])
    else this.changeLabels(message, 'add', [to.label])
    return to.entryOf(message)
  }

  /** Takes a message out of a mailbox; from Trash and Spam it is gone for good, from All Mail it cannot be taken. */
  expunge(entry: Entry, from: Mailbox): void {
    if (from.label === null) return
    if (!exclusiveLabels.includes(from.label)) return this.changeLabels(entry.message, 'remove', [from.label])
    this.#messages.delete(entry.message)
    for (const mailbox of this.#mailboxes.values()) mailbox.reconcile(entry.message, false)
    this.#modSeq++
    this.#changed()
  }

  /** Calls back after every change; returns the cancellation. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener()
  }

  #add(name: string, label: string | null, specialUse: string | null): Mailbox {
    for (let at = name.indexOf('/'); at > 0; at = name.indexOf('/', at + 1)) {
      const above = name.slice(0, at)
      if (!this.#mailboxes.has(above))
        this.#mailboxes.set(above, new Mailbox({ name: above, label: null, uidValidity: 0, selectable: false }))
    }
    const mailbox = new Mailbox({ name, label, specialUse, uidValidity: ++this.#uidValidity })
    this.#mailboxes.set(name, mailbox)
    return mailbox
  }

  #addLabel(message: Message, named: string): void {
    const label = canonicalLabel(named)
    if (label === undefined) return
    if (!label.startsWith('\\')) this.create(label)
    if (exclusiveLabels.includes(label)) {
      for (const other of message.labels) if (!labelsOfFlags.includes(other)) message.labels.delete(other)
    } else for (const exclusive of exclusiveLabels) message.labels.delete(exclusive)
    message.labels.add(label)
    for (const [flag, twin] of Object.entries(labelOfFlag)) if (label === twin) message.flags.add(flag)
  }

  #relabel(message: Message, change: (labels: Set<string>) => void): void {
    change(message.labels)
    this.#settle(message)
  }

  #settle(message: Message): void {
    message.modSeq = ++this.#modSeq
    const exclusive = exclusiveLabels.find((label) => message.labels.has(label))
    const belongs = (label: string | null): boolean =>
      exclusive === undefined ? label === null || message.labels.has(label) : label === exclusive
    for (const mailbox of this.#mailboxes.values())
      if (mailbox.selectable) mailbox.reconcile(message, belongs(mailbox.label))
  }

  /** The conversation of the first known Message-ID that the message names; otherwise it begins one. */
  #conversation(bytes: Uint8Array, own: bigint): bigint {
    const ids = conversationOf(bytes)
    const conversation = ids.map((id) => this.#conversations.get(id)).find((known) => known !== undefined) ?? own
    for (const id of ids.slice(0, 1)) this.#conversations.set(id, conversation)
    return conversation
  }
}
