import type { GmailWorld } from '../gmail-world.ts'

/** When Gmail ends a session by itself: with its token, or a day after a login with a password. */
export class SessionEnding {
  readonly #gmail: GmailWorld
  readonly #end: () => void
  #cancel: () => void = () => {}
  /** Epoch milliseconds of the token's expiry, or of the longest session of a password. */
  #due: { readonly at: number; readonly by: 'token' | 'password'; readonly begun: number } | undefined

  constructor(gmail: GmailWorld, end: () => void) {
    this.#gmail = gmail
    this.#end = end
  }

  /** @param expiresAt epoch milliseconds; null for a login with a password */
  begin(expiresAt: number | null): void {
    const { clock, policy } = this.#gmail
    const begun = clock.now()
    this.#due =
      expiresAt === null
        ? { at: begun + policy.switches.passwordSessionLength, by: 'password', begun }
        : { at: expiresAt, by: 'token', begun }
    this.reconsider()
  }

  /** The policy changed. What is overdue by the new one ends as soon as time is looked at. */
  reconsider(): void {
    this.#cancel()
    const { beforeExpiry } = this.#gmail.policy.sessionEnd
    if (this.#due === undefined || beforeExpiry === null) return
    const { at, by, begun } = this.#due
    const early = by === 'token' ? at - beforeExpiry : at
    // Who logs in with a token so late in its life keeps the session for the rest of it.
    this.#cancel = this.#gmail.clock.schedule(early > begun ? early : at, this.#end)
  }

  cancel(): void {
    this.#cancel()
    this.#due = undefined
  }
}
