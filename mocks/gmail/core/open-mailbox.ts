import { type SequenceSet, firstFrom, pick } from '../wire/sequence-set.ts'
import type { MailStore } from './mail-store.ts'
import { type Entry, Mailbox } from './mailbox.ts'
import type { Message } from './message.ts'

/** One message under the sequence number that the client knows it by. */
export interface Numbered {
  readonly number: number
  readonly entry: Entry
}

/**
 * A mailbox as one selected session sees it: sequence numbers stay what they are until the client is told otherwise
 * (RFC 3501 §7.4.1). What a change costs does not depend on how many messages there are that did not change.
 */
export class OpenMailbox {
  readonly mailbox: Mailbox
  readonly store: MailStore
  readonly readOnly: boolean
  #view: Numbered[]
  /** How many of the store's changes were looked at. */
  #read: number
  /** The modification sequence up to which flags were told. */
  #seen: number
  /** Flags that the client learned since then, by the modification sequence of the message that it saw. */
  readonly #told = new Map<Entry, number>()
  /** The entries of the view by their messages; made when it is needed. */
  #places: Map<Message, Entry> | undefined
  /** Messages that went and whose going was not told. */
  readonly #ghosts = new Set<Entry>()

  constructor(store: MailStore, mailbox: Mailbox, readOnly: boolean) {
    this.store = store
    this.mailbox = mailbox
    this.readOnly = readOnly
    this.#view = mailbox.entries().map(numbered)
    this.#read = store.changes.count
    this.#seen = store.highestModSeq
  }

  get exists(): number {
    return this.#view.length
  }

  /** In ascending order. */
  all(): readonly Numbered[] {
    return this.#view
  }

  /** The messages of a set, by UID or by sequence number, in ascending order. */
  pick(set: SequenceSet, by: 'uid' | 'number'): Numbered[] {
    return pick(set, this.#view, by === 'uid' ? uidOf : numberOf)
  }

  /** The client knows these flags already, so no update has to tell it. */
  told({ entry }: Numbered): void {
    this.#told.set(entry, flagModSeqOf(entry))
  }

  /**
   * Untagged responses for all that changed since the last call: EXPUNGE (where it is allowed), EXISTS, and FETCH for
   * changed flags.
   */
  updates(expungeAllowed: boolean, modSeq: boolean): string[] {
    if (this.store.changes.count === this.#read && (this.#ghosts.size === 0 || !expungeAllowed)) return []
    const changed = [...(this.store.changes.since(this.#read) ?? this.#everything())]
    this.#read = this.store.changes.count
    const known = changed.flatMap((message) => this.#find(message) ?? [])
    for (const { entry } of known) if (this.#isGone(entry)) this.#ghosts.add(entry)
    const lines = expungeAllowed ? this.#departures() : []
    lines.push(...this.#arrivals(changed), ...this.#flagChanges(known, modSeq))
    this.#seen = this.store.highestModSeq
    this.#told.clear()
    return lines
  }

  /** Untagged responses that tell everything once more, whether anything changed or not. */
  recited(): string[] {
    const flags = this.#view.map(({ number, entry }) => fetchLine(number, entry, false))
    return [`${this.exists} EXISTS`, ...flags]
  }

  #everything(): ReadonlySet<Message> {
    return new Set([...this.#view, ...this.mailbox.entries().map(numbered)].map(({ entry }) => entry.message))
  }

  /** A message that comes back has another UID, so what the client knows may be an older entry of it. */
  #find(message: Message): Numbered[] {
    const current = this.mailbox.entryOf(message)
    const here = current === undefined ? undefined : this.#view[firstFrom(current.uid, this.#view, uidOf)]
    if (here !== undefined && here.entry === current) return [here]
    this.#places ??= new Map(this.#view.map(({ entry }) => [entry.message, entry]))
    const before = this.#places.get(message)
    const place = before === undefined ? undefined : this.#view[firstFrom(before.uid, this.#view, uidOf)]
    return place === undefined || place.entry !== before ? [] : [place]
  }

  #isGone(entry: Entry): boolean {
    return this.mailbox.entryOf(entry.message) !== entry
  }

  #departures(): string[] {
    if (this.#ghosts.size === 0) return []
    const gone = this.#view.filter(({ entry }) => this.#ghosts.has(entry))
    this.#view = this.#view
      .filter(({ entry }) => !this.#ghosts.has(entry))
      .map(({ entry }, index) => numbered(entry, index))
    this.#ghosts.clear()
    // The message may have come back under another UID already.
    for (const { entry } of gone) if (this.#places?.get(entry.message) === entry) this.#places.delete(entry.message)
    // From the end, so that each number is still valid when the client reads it.
    return gone.toReversed().map(({ number }) => `${number} EXPUNGE`)
  }

  #arrivals(changed: readonly Message[]): string[] {
    const last = this.#view.at(-1)?.entry.uid ?? 0
    const arrived = changed
      .flatMap((message) => this.mailbox.entryOf(message) ?? [])
      .filter(({ uid }) => uid > last)
      .toSorted((a, b) => a.uid - b.uid)
    for (const entry of arrived) {
      this.#view.push(numbered(entry, this.#view.length))
      this.#places?.set(entry.message, entry)
    }
    return arrived.length === 0 ? [] : [`${this.#view.length} EXISTS`]
  }

  #flagChanges(known: readonly Numbered[], modSeq: boolean): string[] {
    const untold = known.filter(({ entry }) => {
      return !this.#isGone(entry) && flagModSeqOf(entry) > (this.#told.get(entry) ?? this.#seen)
    })
    return untold
      .map(({ entry }) => this.#view[firstFrom(entry.uid, this.#view, uidOf)]!)
      .toSorted((a, b) => a.number - b.number)
      .map(({ number, entry }) => fetchLine(number, entry, modSeq))
  }
}

const numbered = (entry: Entry, index: number): Numbered => ({ number: index + 1, entry })
const uidOf = ({ entry }: Numbered): number => entry.uid
const numberOf = ({ number }: Numbered): number => number
const flagModSeqOf = ({ message, deletedModSeq }: Entry): number => Math.max(message.flagModSeq, deletedModSeq)

const fetchLine = (number: number, entry: Entry, modSeq: boolean): string => {
  const { uid, message } = entry
  const sequence = modSeq ? ` MODSEQ (${message.modSeq})` : ''
  return `${number} FETCH (UID ${uid}${sequence} FLAGS (${Mailbox.flagsOf(entry).join(' ')}))`
}
