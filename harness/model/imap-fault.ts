import type { GmailRefusal } from './gmail-setup.ts'

/**
 * Where in a connection a fault strikes. `connection`: nothing was said yet; `greeting`: the greeting was. `command`: the
 * command was read and has not run; `answer`: it ran, and its tagged answer is the next that would be said; `after`: that
 * was said too. The verb is in upper case (`UID FETCH`), `*` stands for any. `challenge`: the error challenge would be
 * sent; `idle`: `+ idling` was; `expiry`: the session would end by itself.
 */
export type ImapPoint =
  | 'connection'
  | 'greeting'
  | 'challenge'
  | 'idle'
  | 'expiry'
  | `${'command' | 'answer' | 'after'} ${string}`

/** What happens to the octets of a connection. */
export type CarrierEffect =
  /** The connection ends: after a BYE with this text, or with nothing; `reset` tears it down. */
  | { readonly kind: 'end'; readonly bye?: string; readonly reset?: boolean; readonly octets?: number }
  /** Half open: no more octets either way, and no end of the connection. */
  | { readonly kind: 'silence'; readonly octets?: number }
  /** What is said from here on leaves after so many simulated milliseconds. */
  | { readonly kind: 'wait'; readonly milliseconds: number }
  /** From here on, pieces of so many octets, one after the other or with simulated milliseconds between them. */
  | { readonly kind: 'trickle'; readonly octets: number; readonly milliseconds?: number }

/** What is said or done in place of, or besides, what the rules say. */
export type DialogueEffect =
  /** Lines as they stand, CRLF added; `{tag}` is the tag of the command, `{next}` one that counts further. */
  | { readonly kind: 'say'; readonly lines: readonly string[] }
  /** So many octets of a line that never ends, as fast as the client takes them. */
  | { readonly kind: 'flood'; readonly octets: number }
  /** The command ends so, such as `NO [UNAVAILABLE] Later`; at `command` it does not run. */
  | { readonly kind: 'answer'; readonly text: string }
  | { readonly kind: 'refuse'; readonly refusal: GmailRefusal }
  /** Every message of the selected mailbox is told of, unasked: EXISTS, and FETCH with UID and FLAGS. */
  | { readonly kind: 'recite' }
  /** A message arrives in the selected mailbox; `{tag}` and `{next}` as above. LF stands for CRLF. */
  | { readonly kind: 'arrive'; readonly message: string }
  /** Another client removes a message of the selected mailbox. */
  | { readonly kind: 'vanish'; readonly uid: number }
  /** The mailbox gets another UIDVALIDITY, its messages other UIDs. */
  | { readonly kind: 'renumber'; readonly folder: string }

/** A scripted misbehaviour of Gmail: at the `occurrence`-th time (from 1, counted since it was armed) or every time. */
export type ImapFault = {
  readonly name: string
  readonly occurrence: number | 'every'
  /** Only where the command's arguments contain this. */
  readonly arguments?: string
} & (
  | { readonly at: ImapPoint; readonly effect: CarrierEffect | DialogueEffect }
  /** In the middle of a response: `octets` of the literal are sent before `end` or `silence`. */
  | { readonly at: 'literal'; readonly effect: CarrierEffect }
  /** Where a client waits to be asked for the octets of a literal that it has announced. */
  | { readonly at: 'continuation'; readonly effect: CarrierEffect }
)
