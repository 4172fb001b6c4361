import type { LiveCause } from '../model/live.ts'

/** Why the far side could not be asked, or would not answer as it must; what it is called is for `causes.ts` to say. */
export class LiveTrouble extends Error {
  readonly trouble: LiveCause

  /** @param said what the other side or the system said; it may hold anything, and is masked before it is shown */
  constructor(trouble: LiveCause, said: string, options?: ErrorOptions) {
    super(said, options)
    this.name = 'LiveTrouble'
    this.trouble = trouble
  }
}
