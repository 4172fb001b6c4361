import { type Exchange, afterLogin, command } from '../../command.ts'
import { done, ok } from '../../state.ts'
import { mailbox as mailboxName } from '../../wire/encoder.ts'
import { type ListRequest, listRequest } from '../../wire/list-options.ts'
import { listPattern } from '../list-pattern.ts'
import type { Mailbox } from '../mailbox.ts'
import { statusItem, statusLine } from './status.ts'

/** LIST (RFC 3501 §6.3.8, RFC 5258): Gmail tells special uses in every answer, and quotes every name. */
export const list = command('LIST', afterLogin, {
  arguments: (wire) => listRequest(wire, statusItem),
  run(state, request, exchange) {
    const { store } = state
    // An empty pattern asks for the delimiter only.
    if (request.patterns.join() === '') exchange.untagged('LIST (\\Noselect) "/" "/"')
    else {
      const mailboxes = store.mailboxes()
      for (const { mailbox, childInfo } of select(mailboxes, request)) {
        tell('LIST', mailbox, attributes(mailbox, mailboxes, request), exchange, childInfo)
        if (request.status.length > 0 && mailbox.selectable)
          exchange.untagged(statusLine({ store, mailbox }, request.status, exchange))
      }
    }
    return done(state, ok())
  },
})

/** LSUB (RFC 3501 §6.3.9): the subscribed mailboxes. */
export const lsub = command('LSUB', afterLogin, {
  arguments: (wire) => ({ reference: wire.sp().mailbox(), pattern: wire.sp().listMailbox() }),
  run(state, { reference, pattern }, exchange) {
    const mailboxes = state.store.mailboxes()
    const matches = listPattern(reference + pattern)
    for (const mailbox of mailboxes.filter(({ name, subscribed }) => subscribed && matches(name)))
      tell('LSUB', mailbox, attributes(mailbox, mailboxes), exchange)
    return done(state, ok())
  },
})

function tell(
  response: 'LIST' | 'LSUB',
  { name }: Mailbox,
  named: readonly string[],
  { untagged, enabled }: Exchange,
  childInfo = false,
): void {
  const extended = childInfo ? ' ("CHILDINFO" ("SUBSCRIBED"))' : ''
  untagged(`${response} (${named.join(' ')}) "/" ${mailboxName(name, enabled.has('UTF8=ACCEPT'))}${extended}`)
}

/** The mailboxes that match, and those that only stand above a subscribed one (RECURSIVEMATCH). */
function select(all: readonly Mailbox[], { selection, reference, patterns }: ListRequest) {
  const matches = patterns.map((pattern) => listPattern(reference + pattern))
  const chosen = (mailbox: Mailbox): boolean =>
    (!selection.includes('SUBSCRIBED') || mailbox.subscribed) &&
    (!selection.includes('SPECIAL-USE') || mailbox.specialUse !== null)
  const below = ({ name }: Mailbox): boolean =>
    selection.includes('RECURSIVEMATCH') &&
    selection.includes('SUBSCRIBED') &&
    all.some((other) => other.name.startsWith(`${name}/`) && other.subscribed)
  return all
    .filter(({ name }) => matches.some((match) => match(name)))
    .map((mailbox) => ({ mailbox, childInfo: below(mailbox) }))
    .filter(({ mailbox, childInfo }) => chosen(mailbox) || childInfo)
}

function attributes(
  { name, selectable, specialUse, subscribed }: Mailbox,
  all: readonly Mailbox[],
  request?: ListRequest,
): string[] {
  const asked = request?.returnsSubscribed === true || request?.selection.includes('SUBSCRIBED') === true
  return [
    all.some((other) => other.name.startsWith(`${name}/`)) ? '\\HasChildren' : '\\HasNoChildren',
    ...(selectable ? [] : ['\\Noselect']),
    ...(specialUse === null ? [] : [specialUse]),
    ...(asked && subscribed ? ['\\Subscribed'] : []),
  ]
}
