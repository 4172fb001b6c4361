import type { Act, ActOutcome } from './act.ts'
import type { Capability } from './capability.ts'

/** The application under test, wherever it runs. */
export interface Subject extends AsyncDisposable {
  readonly name: string
  readonly version: string
  readonly capabilities: ReadonlySet<Capability>
  /** Performs one act; an act that the subject cannot do ends `failed`. A throw is a fault of the adapter. */
  perform(act: Act, signal: AbortSignal): Promise<ActOutcome>
}
