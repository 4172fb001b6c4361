import type { ImapSecurity } from '../../harness/model/gmail-setup.ts'
import type { ObservationType, Observed } from '../../harness/model/observation.ts'
import type { OpenMailbox } from './core/open-mailbox.ts'
import type { Stage } from './front/capability.ts'
import type { GmailWorld } from './gmail-world.ts'
import { type Outcome, type Standing, type State, type StateName, type StateOf, bad, done } from './state.ts'
import type { Decoder } from './wire/decoder.ts'
import type { Piece } from './wire/encoder.ts'

/** What a client can switch on. */
export type Extension = 'CONDSTORE' | 'UTF8=ACCEPT'

/** What a command sees of the session while it runs. */
export interface Exchange {
  readonly tag: string
  readonly gmail: GmailWorld
  /** Extensions that the client switched on (RFC 5161, RFC 7162 §3.1), in upper case. */
  readonly enabled: Set<Extension>
  readonly stage: Stage
  readonly security: ImapSecurity
  /** Sends one untagged response line; the `* ` is added. */
  untagged(...pieces: readonly Piece[]): void
  record<T extends ObservationType>(type: T, fields: Observed[T]): void
  /** Tells the client what changed in its mailbox. */
  announce(mailbox: OpenMailbox, expungeAllowed: boolean): void
  /** Opens the mail of an account; undefined when it cannot be reached now. */
  open(address: string, opened: (state: State | undefined) => void): void
  /** The client proved who it is. `expiresAt`: of its token, epoch milliseconds; null for a password. */
  authenticated(address: string, expiresAt: number | null): void
  /** TLS begins, or compression, behind the tagged answer. */
  startTls(): void
  compress(): void
  /** Whether the client reads what it is told; if not, a command with a long answer pauses. */
  roomy(): boolean
  /** Whether both sides compress already. */
  readonly compressed: boolean
  bye(reason: Observed['imap.bye']['reason'], text: string): void
  /** Some letters and digits that name the connection in the texts from before the login. */
  opaqueId(): string
}

/** A command whose arguments were read and whose state was checked: nothing is left that could be ill-formed. */
export interface Ready {
  /** The arguments as evidence shows them; absent where the text as sent may be shown, masked. */
  readonly shown?: string
  run(exchange: Exchange): Outcome
}

export interface Command {
  readonly verb: string
  /** RFC 3501 §7.4.1: no EXPUNGE may be sent while this runs. */
  readonly holdsExpunge: boolean
  /** The arguments hold a secret, so that ill-formed ones are not shown at all. */
  readonly secret: boolean
  /** Reads the arguments up to the end of the line; throws a GrammarError. */
  read(wire: Decoder, context: { readonly state: State; readonly gmail: GmailWorld }): Ready
  allowedIn(standing: Standing): boolean
}

export interface CommandRules<N extends StateName, A> {
  readonly holdsExpunge?: boolean
  readonly secret?: boolean
  /** Reads what follows the verb, beginning with SP. Absent: there are no arguments. */
  arguments?(wire: Decoder, gmail: GmailWorld): A
  shown?(args: A): string
  run(state: StateOf<N>, args: A, exchange: Exchange): Outcome
}

/** Defines a command. The states that it is valid in type its first argument, so it never asks what cannot be. */
export function command<N extends StateName, A = void>(
  verb: string,
  states: readonly N[],
  rules: CommandRules<N, A>,
): Command {
  const allowed = (state: State): state is StateOf<N> => states.some((name) => name === state.name)
  return {
    verb,
    holdsExpunge: rules.holdsExpunge ?? false,
    secret: rules.secret ?? false,
    allowedIn: (name) => states.some((state) => state === name),
    read(wire, { state, gmail }) {
      const args = rules.arguments?.(wire, gmail) as A
      wire.crlf()
      return {
        ...(rules.shown === undefined ? {} : { shown: rules.shown(args) }),
        run: (exchange) =>
          allowed(state) ? rules.run(state, args, exchange) : done(state, bad(`${verb} not allowed now.`)),
      }
    },
  }
}

/** Every state in which a client may still say something. */
export const anyState = ['not-authenticated', 'authenticated', 'selected', 'relayed'] as const
export const afterLogin = ['authenticated', 'selected'] as const
