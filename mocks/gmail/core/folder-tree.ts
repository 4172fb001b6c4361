import { folderName, isSystemLabel, systemFolders } from './labels.ts'
import { Mailbox, type MailboxOptions } from './mailbox.ts'
import type { MailRules } from './switches.ts'

/** Labels of an account (Google, Gmail API usage limits). */
const mostFolders = 10_000

/** The mailboxes of one account, by name and by label, with the levels above them. */
export class FolderTree {
  readonly #rules: MailRules
  readonly #byName = new Map<string, Mailbox>()
  /** By their names in lower case: two that differ in nothing else cannot be. */
  readonly #byFoldedName = new Map<string, Mailbox>()
  readonly #byLabel = new Map<string, Mailbox>()
  #sorted: readonly Mailbox[] | undefined
  #uidValidity = 0
  /** Shown or not. */
  readonly allMail: Mailbox

  constructor(rules: MailRules) {
    this.#rules = rules
    this.#show(this.#make({ name: 'INBOX', label: '\\Inbox', xlist: '\\Inbox' }))
    const own = systemFolders.map(({ key, label, specialUse, xlist }) => {
      const name = `${rules.root}/${folderName(key, rules.language)}`
      const mailbox = this.#make({ name, label, specialUse, xlist })
      if (!rules.hidden.includes(key)) this.#show(mailbox)
      return mailbox
    })
    this.allMail = own[0]!
  }

  /** In the order of their code points, as Gmail's lists are. */
  list(): readonly Mailbox[] {
    this.#sorted ??= [...this.#byName.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
    return this.#sorted
  }

  get isFull(): boolean {
    return this.#byName.size >= mostFolders
  }

  /** Whether a message with this label would bring a new mailbox. */
  isNew(label: string): boolean {
    return !isSystemLabel(label) && this.#byLabel.get(label) === undefined
  }

  find(name: string): Mailbox | undefined {
    return this.#byName.get(name)
  }

  /** A mailbox of this name but for its case. */
  findFolded(name: string): Mailbox | undefined {
    return this.#byFoldedName.get(name.toLowerCase())
  }

  ofLabel(label: string): Mailbox | undefined {
    return this.#byLabel.get(label)
  }

  isShown(mailbox: Mailbox): boolean {
    return this.#byName.get(mailbox.name) === mailbox
  }

  /** Whether the name is not a user's to take. */
  isReserved(name: string): boolean {
    const { root, createBelowRoot } = this.#rules
    // A label of the user that is called as one of Gmail's could not be told from it.
    return (
      name === '' ||
      name === root ||
      isSystemLabel(name) ||
      (createBelowRoot === 'refused' && name.startsWith(`${root}/`))
    )
  }

  /** Makes the mailbox of a user's label, and the levels above it. */
  create(name: string): Mailbox {
    const known = this.#byName.get(name)
    if (known?.selectable === true) return known
    const mailbox = this.#make({ name, label: name })
    this.#show(mailbox)
    return mailbox
  }

  /** Where others are below it, the level stays and holds no messages any more. */
  remove(mailbox: Mailbox): void {
    if (mailbox.label !== null) this.#byLabel.delete(mailbox.label)
    this.#hide(mailbox)
    if (this.below(mailbox).length > 0) this.#level(mailbox.name)
    else this.#prune(mailbox.name)
  }

  /** Gives a user's mailbox another name and label; what is below it is not touched. */
  rename(mailbox: Mailbox, name: string): void {
    const before = mailbox.name
    this.#hide(mailbox)
    if (mailbox.label !== null) this.#byLabel.delete(mailbox.label)
    mailbox.name = name
    mailbox.label = name
    this.#byLabel.set(name, mailbox)
    this.#show(mailbox)
    this.#prune(before)
  }

  below({ name }: Mailbox): readonly Mailbox[] {
    return this.list().filter((other) => other.name.startsWith(`${name}/`))
  }

  /** A UIDVALIDITY that no mailbox of the account has had. */
  nextUidValidity(): number {
    return ++this.#uidValidity
  }

  #make(options: Omit<MailboxOptions, 'uidValidity'>): Mailbox {
    const mailbox = new Mailbox({ ...options, uidValidity: this.nextUidValidity() })
    if (mailbox.label !== null) this.#byLabel.set(mailbox.label, mailbox)
    return mailbox
  }

  #show(mailbox: Mailbox): void {
    const { name } = mailbox
    for (let at = name.indexOf('/'); at > 0; at = name.indexOf('/', at + 1)) this.#level(name.slice(0, at))
    this.#byName.set(name, mailbox)
    this.#byFoldedName.set(name.toLowerCase(), mailbox)
    this.#sorted = undefined
  }

  #level(name: string): void {
    if (this.#byName.has(name)) return
    const level = new Mailbox({ name, label: null, uidValidity: 0, selectable: false })
    this.#byName.set(name, level)
    this.#byFoldedName.set(name.toLowerCase(), level)
    this.#sorted = undefined
  }

  #hide({ name }: Mailbox): void {
    this.#byName.delete(name)
    this.#byFoldedName.delete(name.toLowerCase())
    this.#sorted = undefined
  }

  /** Levels that were there only for this mailbox go with it. */
  #prune(name: string): void {
    for (let at = name.lastIndexOf('/'); at > 0; at = name.lastIndexOf('/', at - 1)) {
      const level = this.#byName.get(name.slice(0, at))
      if (level === undefined || level.selectable || this.below(level).length > 0) return
      this.#hide(level)
    }
  }
}
