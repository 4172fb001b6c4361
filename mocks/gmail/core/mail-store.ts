import type { Random } from '../../../harness/random.ts'
import { ChangeLog } from './change-log.ts'
import { Conversations } from './conversations.ts'
import { FolderTree } from './folder-tree.ts'
import { canonicalFlag, canonicalLabel, exclusiveLabels, isLabelOfFlag, labelOfFlag } from './labels.ts'
import type { Entry, Mailbox } from './mailbox.ts'
import { Message, type NewMessage } from './message.ts'
import type { MailRules } from './switches.ts'

/** How a set of flags or labels is to change: RFC 3501 §6.4.6. */
export type Change = 'replace' | 'add' | 'remove'

/** Keywords that every account has (captured answers to SELECT). */
const givenKeywords = ['$NotPhishing', '$Phishing']

/** One account's mail: messages with labels, and the mailboxes that are views of the labels. */
export class MailStore {
  readonly address: string
  readonly rules: MailRules
  readonly now: () => number
  readonly folders: FolderTree
  readonly #messages = new Set<Message>()
  readonly #views = new Map<Message, readonly Mailbox[]>()
  readonly #conversations = new Conversations()
  readonly #keywords = new Set(givenKeywords)
  readonly changes = new ChangeLog()
  readonly #listeners = new Set<() => void>()
  #octets = 0
  #modSeq = 1
  #ids: number

  /** @param now the world's time, epoch milliseconds */
  constructor(address: string, random: Random, rules: MailRules, now: () => number) {
    this.address = address
    this.now = now
    this.rules = rules
    this.folders = new FolderTree(rules)
    this.#ids = random.integer(1 << 20)
  }

  /** Account-wide, as Gmail's is. */
  get highestModSeq(): number {
    return this.#modSeq
  }

  /** Of all messages together. */
  get octets(): number {
    return this.#octets
  }

  /** Keywords in use, in the order of their code points. */
  keywords(): string[] {
    return [...this.#keywords].toSorted()
  }

  mailbox(name: string): Mailbox | undefined {
    return this.folders.find(name)
  }

  /** Removes a user's label: its messages stay in the account. */
  remove(mailbox: Mailbox): void {
    const messages = mailbox.entries().map((entry) => entry.message)
    this.folders.remove(mailbox)
    for (const message of messages) this.#relabel(message, 'remove', [mailbox.name])
    this.#changed()
  }

  /** Renames a user's label and those below it; INBOX itself stays, and gives its messages away (RFC 3501 §6.3.5). */
  rename(mailbox: Mailbox, name: string): void {
    if (mailbox.label === '\\Inbox') {
      const target = this.folders.create(name)
      for (const { message } of mailbox.entries()) {
        this.#relabel(message, 'remove', ['\\Inbox'])
        this.#relabel(message, 'add', [target.name])
      }
    } else {
      const before = mailbox.name.length
      for (const each of [mailbox, ...this.folders.below(mailbox)])
        if (each.selectable) this.#renameLabel(each, name + each.name.slice(before))
    }
    this.#changed()
  }

  append(incoming: NewMessage): Message {
    // A permutation of the 20 bits behind the date: no two messages of one millisecond are alike.
    this.#ids = (this.#ids + 0x9e375) & 0xfffff
    const gmMsgId = (BigInt(incoming.internalDate) << 20n) | BigInt(this.#ids)
    const message = new Message(incoming, gmMsgId, this.#conversations)
    this.#messages.add(message)
    this.#octets += message.bytes.length
    const flags = incoming.flags.flatMap((flag) => canonicalFlag(flag) ?? []).filter((flag) => flag !== '\\Deleted')
    this.#setFlags(message, flags)
    for (const [flag, label] of labelOfFlag) if (flags.includes(flag)) message.labels.add(label)
    this.#relabel(message, 'add', incoming.labels)
    this.#changed()
    return message
  }

  /** Adds, removes or replaces flags; what is not a flag that Gmail keeps is ignored. */
  changeFlags(entry: Entry, change: Change, named: readonly string[]): void {
    const { message } = entry
    // Another session may have removed it for good without this one being told yet.
    if (!this.#messages.has(message)) return
    const wanted = new Set(named.flatMap((flag) => canonicalFlag(flag) ?? []))
    const marks = wanted.delete('\\Deleted')
    const deleted = marks ? change !== 'remove' : entry.deleted && change !== 'replace'
    const flags = new Set(change === 'replace' ? [] : message.flags)
    for (const flag of wanted) {
      if (change === 'remove') flags.delete(flag)
      else flags.add(flag)
    }
    const marked = deleted !== entry.deleted
    if (marked) entry.deletedModSeq = this.#modSeq + 1
    entry.deleted = deleted
    // RFC 7162 §3.1: a modification sequence tells of changes, and this is none.
    if (!this.#setFlags(message, flags) && !marked) return
    const twins = labelOfFlag.filter(([flag, label]) => message.flags.has(flag) !== message.labels.has(label))
    for (const [flag, label] of twins) {
      if (message.flags.has(flag)) this.#addLabel(message, label)
      else message.labels.delete(label)
    }
    this.#settle(message)
    this.#changed()
  }

  /** Adds, removes or replaces labels; labels that did not exist are made. Gives the mailboxes to the change. */
  changeLabels(message: Message, change: Change, named: readonly string[]): void {
    this.#relabel(message, change, named)
    this.#changed()
  }

  /** Shows a message in a mailbox as well, which for All Mail takes it out of Trash and Spam. */
  copy(message: Message, to: Mailbox): Entry | undefined {
    if (to.label === null) this.changeLabels(message, 'remove', exclusiveLabels)
    else if (!message.labels.has(to.label)) this.changeLabels(message, 'add', [to.label])
    return to.entryOf(message)
  }

  /** Takes a message out of a mailbox: a label goes, and in Trash and Spam the message is gone for good. */
  expunge({ message }: Entry, from: Mailbox): void {
    if (!this.#messages.has(message)) return
    const { label } = from
    const draft = label === '\\Draft' && this.rules.expungedDraft === 'deleted'
    if (label !== null && (exclusiveLabels.includes(label) || draft)) this.#delete(message)
    else {
      if (label === null) this.#unmark(message, from)
      else this.#relabel(message, 'remove', [label])
      const shown = this.#views.get(message)!.some((view) => view !== from && this.folders.isShown(view))
      if (!shown) this.#expungeLast(message)
    }
    this.#changed()
  }

  /** Gives a mailbox another UIDVALIDITY and its messages other UIDs. */
  renumber(name: string): void {
    const mailbox = this.folders.find(name)
    mailbox?.renumber(this.folders.nextUidValidity())
    for (const { message } of mailbox?.entries() ?? []) this.#settle(message)
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

  /** From All Mail nothing can be taken, so that the mark means nothing there. */
  #unmark(message: Message, allMail: Mailbox): void {
    const entry = allMail.entryOf(message)
    if (entry === undefined) return
    entry.deleted = false
    entry.deletedModSeq = this.#modSeq + 1
    this.#settle(message)
  }

  /** The message left the last folder in which IMAP shows it, or was to leave All Mail and is shown nowhere else. */
  #expungeLast(message: Message): void {
    const { expungeBehavior } = this.rules
    if (expungeBehavior === 'deleteForever') this.#delete(message)
    else if (expungeBehavior === 'trash') this.#relabel(message, 'add', ['\\Trash'])
  }

  #delete(message: Message): void {
    this.#messages.delete(message)
    this.#octets -= message.bytes.length
    for (const view of this.#views.get(message) ?? []) view.remove(message)
    this.#views.delete(message)
    this.#modSeq++
    this.changes.note(message)
  }

  #renameLabel(mailbox: Mailbox, name: string): void {
    const before = mailbox.name
    this.folders.rename(mailbox, name)
    for (const { message } of mailbox.entries()) {
      message.labels.delete(before)
      message.labels.add(name)
      this.#settle(message)
    }
  }

  #relabel(message: Message, change: Change, named: readonly string[]): void {
    if (!this.#messages.has(message)) return
    const wanted = named.map(canonicalLabel)
    if (change === 'replace') message.labels.clear()
    for (const label of wanted) {
      if (change === 'remove') message.labels.delete(label)
      else this.#addLabel(message, label)
    }
    const flags = new Set(message.flags)
    for (const [flag, label] of labelOfFlag) {
      if (message.labels.has(label)) flags.add(flag)
      else flags.delete(flag)
    }
    this.#setFlags(message, flags)
    this.#settle(message)
  }

  #addLabel(message: Message, label: string): void {
    if (exclusiveLabels.includes(label)) {
      for (const other of message.labels) if (!isLabelOfFlag(other)) message.labels.delete(other)
    } else for (const exclusive of exclusiveLabels) message.labels.delete(exclusive)
    message.labels.add(label)
  }

  /** Keeps flags sorted, and their modification sequence where they change; says whether they do. */
  #setFlags(message: Message, flags: Iterable<string>): boolean {
    const sorted = [...new Set(flags)].toSorted()
    if (sorted.length === message.flags.size && sorted.every((flag) => message.flags.has(flag))) return false
    message.flags.clear()
    for (const flag of sorted) {
      message.flags.add(flag)
      if (!flag.startsWith('\\')) this.#keywords.add(flag)
    }
    message.flagModSeq = this.#modSeq + 1
    return true
  }

  /** Shows the message where its labels say, and nowhere else. */
  #settle(message: Message): void {
    message.modSeq = ++this.#modSeq
    this.changes.note(message)
    const exclusive = exclusiveLabels.find((label) => message.labels.has(label))
    const views =
      exclusive === undefined
        ? [this.folders.allMail, ...[...message.labels].map((label) => this.#viewOf(label))]
        : [this.#viewOf(exclusive)]
    for (const view of this.#views.get(message) ?? []) if (!views.includes(view)) view.remove(message)
    for (const view of views) view.add(message)
    this.#views.set(message, views)
  }

  #viewOf(label: string): Mailbox {
    return this.folders.ofLabel(label) ?? this.folders.create(label)
  }
}
