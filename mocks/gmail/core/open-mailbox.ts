import { type SequenceSet, pick } from '../wire/sequence-set.ts'
import type { MailStore } from './mail-store.ts'
import { type Entry, Mailbox } from './mailbox.ts'

/** One message under the sequence number that the client knows it by. */
export interface Numbered {
  readonly number: number
  readonly entry: Entry
}

interface Shown {
  readonly entry: Entry
  /** The flags as the client was last told. */
  told: string
}

/**
 * A mailbox as one selected session sees it: sequence numbers stay what they are until the client is told otherwise
 * (RFC 3501 §7.4.1).
 */
export class OpenMailbox {
  readonly mailbox: Mailbox
  readonly store: MailStore
  readonly readOnly: boolean
  #view: Shown[]
  #seen: number

  constructor(store: MailStore, mailbox: Mailbox, readOnly: boolean) {
    this.store = store
    this.mailbox = mailbox
    this.readOnly = readOnly
    this.#view = mailbox.entries().map(show)
    this.#seen = store.highestModSeq
  }

  get exists(): number {
    return this.#view.length
  }

  all(): Numbered[] {
    return this.#view.map(({ entry }, index) => ({ number: index + 1, entry }))
  }

  /** The messages of a set, by UID or by sequence number, in ascending order. */
  pick(set: SequenceSet, by: 'uid' | 'number'): Numbered[] {
    return pick(set, this.all(), ({ number, entry }) => (by === 'uid' ? entry.uid : number))
  }

  /** The client knows these flags already, so no update has to tell it. */
  told({ number, entry }: Numbered): void {
    this.#view[number - 1]!.told = flagText(entry)
  }

  /**
   * Untagged responses for all that changed since the last call: EXPUNGE (where it is allowed), EXISTS, and FETCH for
   * changed flags.
   */
  updates(expungeAllowed: boolean, modSeq: boolean): string[] {
    if (this.store.highestModSeq === this.#seen) return []
    const ghosts = this.#view.flatMap(({ entry }, index) => (this.#gone(entry) ? [index + 1] : []))
    const lines: string[] = []
    if (expungeAllowed && ghosts.length > 0) {
      this.#view = this.#view.filter(({ entry }) => !this.#gone(entry))
      // From the end, so that each number is still valid when the client reads it.
      lines.push(...ghosts.toReversed().map((number) => `${number} EXPUNGE`))
    }
    lines.push(...this.#arrivals(), ...this.#flagChanges(modSeq))
    if (expungeAllowed || ghosts.length === 0) this.#seen = this.store.highestModSeq
    return lines
  }

  #gone(entry: Entry): boolean {
    return this.mailbox.entryOf(entry.message) !== entry
  }

  #arrivals(): string[] {
    const last = this.#view.at(-1)?.entry.uid ?? 0
    const arrived = this.mailbox.entries().filter(({ uid }) => uid > last)
    this.#view.push(...arrived.map(show))
    return arrived.length === 0 ? [] : [`${this.#view.length} EXISTS`]
  }

  #flagChanges(modSeq: boolean): string[] {
    return this.#view.flatMap((shown, index) => {
      const flags = flagText(shown.entry)
      if (flags === shown.told || this.#gone(shown.entry)) return []
      shown.told = flags
      const { uid, message } = shown.entry
      return [`${index + 1} FETCH (UID ${uid} FLAGS (${flags})${modSeq ? ` MODSEQ (${message.modSeq})` : ''})`]
    })
  }
}

const flagText = (entry: Entry): string => Mailbox.flagsOf(entry).join(' ')
const show = (entry: Entry): Shown => ({ entry, told: flagText(entry) })
