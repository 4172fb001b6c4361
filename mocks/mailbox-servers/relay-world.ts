import type { Disturbed } from '../gmail/faults/strike.ts'
import type { Account } from './account.ts'
import type { BackendLogin } from './mailbox-server.ts'
import type { ServerRelay } from './relay.ts'
import type { Dial } from './server-connection.ts'
import type { Translation } from './translation.ts'

/** What all the clients of one mailbox server have in common. */
export interface RelayWorld {
  readonly dial: Dial
  readonly login: BackendLogin
  readonly account: Account
  nonSynchronizing(): number
  /** As LIST tells it, in quotation marks, or NIL. */
  readonly delimiter: string
  readonly enables: readonly string[]
  readonly translation: Omit<Translation, 'tag' | 'asked'>
  disturbed(folder: string, relay: ServerRelay): Disturbed
  /** A client may have changed something, of which others want to know. */
  changed(by: ServerRelay): void
  left(relay: ServerRelay): void
}
