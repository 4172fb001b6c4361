import type { GmailWorld } from '../gmail-world.ts'

/** When Gmail ends a session by itself: with its token, or a day after a login with a password. */
export class SessionEnding {
  readonly #gmail: GmailWorld
  readonly #end: () => void
  #cancel: () => void = () => {}
  /** Epoch milliseconds of the token's expiry, or of the longest session of a password. */
  #due: { readonly at: number; readonly by: 'token' | 'password' } | undefined

  constructor(gmail: GmailWorld, end: () => void) {
    this.#gmail = gmail
    this.#end = end
  }

  /** @param expiresAt epoch milliseconds; null for a login with a password */
  begin(expiresAt: number | null): void {
    const { clock, policy } = this.#gmail
    this.#due =
      expiresAt === null
        ? { at: clock.now() + policy.switches.passwordSessionLength, by: 'password' }
        : { at: expiresAt, by: 'token' }
    this.reconsider()
  }

  /** The policy changed. What is overdue by the new one ends as soon as time is looked at. */
  reconsider(): void {
    this.#cancel()
    const { beforeExpiry } = this.#gmail.policy.sessionEnd
    if (this.#due === undefined || beforeExpiry === null) return
    const at = this.#due.by === 'token' ? this.#due.at - beforeExpiry : this.#due.at
    this.#cancel = this.#gmail.clock.schedule(at, this.#end)
  }

  cancel(): void {
    this.#cancel()
    this.#due = undefined
  }
}
