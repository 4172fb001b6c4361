import type { Message } from './message.ts'

/** Changes that are remembered; who missed more looks at everything. */
const mostRemembered = 8192

/** The messages that changed last, in the order of the changes. */
export class ChangeLog {
  #messages: Message[] = []
  #forgotten = 0

  /** How many changes there have been. */
  get count(): number {
    return this.#forgotten + this.#messages.length
  }

  note(message: Message): void {
    this.#messages.push(message)
    if (this.#messages.length < mostRemembered) return
    this.#forgotten += this.#messages.length
    this.#messages = []
  }

  /** The messages that changed after so many changes, each once; undefined when that is too long ago to be known. */
  since(count: number): ReadonlySet<Message> | undefined {
    return count < this.#forgotten ? undefined : new Set(this.#messages.slice(count - this.#forgotten))
  }
}
