import type { MailStore } from './core/mail-store.ts'
import type { OpenMailbox } from './core/open-mailbox.ts'
import type { Relay } from './front/core-port.ts'

/** Where a session stands (RFC 3501 §3). */
export type State =
  | { readonly name: 'not-authenticated' }
  | { readonly name: 'authenticated'; readonly store: MailStore }
  | { readonly name: 'selected'; readonly store: MailStore; readonly mailbox: OpenMailbox }
  /** Logged in to a mailbox server, which knows where the client stands. */
  | { readonly name: 'relayed'; readonly relay: Relay }
  | { readonly name: 'logout' }

export type StateName = State['name']
/** Where a client stands, whoever serves it. */
export type Standing = Exclude<StateName, 'relayed'>
export const standingOf = (state: State): Standing => (state.name === 'relayed' ? state.relay.stands : state.name)

export type StateOf<N extends StateName> = Extract<State, { readonly name: N }>

/** How a command ended: a tagged status response, its response code inside the text. */
export interface Status {
  readonly condition: 'OK' | 'NO' | 'BAD'
  readonly text: string
}

export const ok = (text = 'Success'): Status => ({ condition: 'OK', text })
export const no = (text: string): Status => ({ condition: 'NO', text })
export const bad = (text: string): Status => ({ condition: 'BAD', text })

/** What running a command leads to: an end, one more line that the client has to send, or the end of the session. */
export type Outcome =
  | { readonly kind: 'done'; readonly next: State; readonly status: Status }
  | {
      readonly kind: 'awaits'
      /** Text of the continuation request; null for a `+` with nothing behind it. */
      readonly continuation: string | null
      /** A point where faults strike. */
      readonly point?: 'challenge' | 'idle'
      /** It was sent, or something else in its place. */
      asked?(by: 'rules' | 'fault'): void
      /** The line without its line end, one character per octet. */
      receive(line: string): Outcome
      /** The connection ended instead. */
      closed(by: 'client' | 'server'): void
    }
  /** More responses follow when the client has read those before them. */
  | { readonly kind: 'pauses'; resume(): Outcome }
  /** The outcome comes from elsewhere. */
  | { readonly kind: 'waits'; begin(settle: (outcome: Outcome) => void): void }
  /** No tagged answer: the server says BYE, with this text, and goes. */
  | { readonly kind: 'bye'; readonly text: string }

export const done = (next: State, status: Status): Outcome => ({ kind: 'done', next, status })
