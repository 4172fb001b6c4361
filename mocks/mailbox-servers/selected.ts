import type { Passed } from '../gmail/front/core-port.ts'

/** What the front knows of the mailbox that a client has selected at a server: what the server told the client. */
export class Selected {
  /** As people see its name. */
  readonly folder: string
  readOnly = false
  #uidValidity = 0
  #exists = 0

  constructor(folder: string) {
    this.folder = folder
  }

  get seen(): { readonly folder: string; readonly uidValidity: number; readonly exists: number } {
    return { folder: this.folder, uidValidity: this.#uidValidity, exists: this.#exists }
  }

  hear({ pieces: [text] }: Passed): void {
    if (typeof text !== 'string') return
    const [, number, event] = /^\* (\d+) (EXISTS|EXPUNGE)$/i.exec(text) ?? []
    if (event !== undefined) this.#exists = event.toUpperCase() === 'EXISTS' ? Number(number) : this.#exists - 1
    const [, uidValidity] = /^\* OK \[UIDVALIDITY (\d+)\]/i.exec(text) ?? []
    if (uidValidity !== undefined) this.#uidValidity = Number(uidValidity)
  }
}
