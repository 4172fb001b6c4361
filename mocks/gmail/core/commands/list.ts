import { type Exchange, afterLogin, command } from '../../command.ts'
import { done } from '../../state.ts'
import { mailbox as mailboxName } from '../../wire/encoder.ts'
import { type ListRequest, listRequest, oldListRequest } from '../../wire/list-options.ts'
import { listPattern } from '../list-pattern.ts'
import type { MailStore } from '../mail-store.ts'
import type { Mailbox } from '../mailbox.ts'
import { ending } from '../words.ts'
import { statusItem, statusLine } from './status.ts'

/** The levels that stand above one of these mailboxes. */
function levelsAbove(mailboxes: readonly Mailbox[]): ReadonlySet<string> {
  const levels = new Set<string>()
  for (const { name } of mailboxes)
    for (let at = name.indexOf('/'); at > 0; at = name.indexOf('/', at + 1)) levels.add(name.slice(0, at))
  return levels
}

const subscribed = (mailbox: Mailbox): boolean => mailbox.subscribed

/** LIST (RFC 3501 §6.3.8, RFC 5258): Gmail tells special uses in every answer, and quotes every name. */
export const list = command('LIST', afterLogin, {
  arguments: (wire) => listRequest(wire, statusItem),
  run(state, request, exchange) {
    const { store } = state
    // An empty pattern asks for the delimiter only.
    if (!request.extended && request.patterns[0] === '') exchange.untagged('LIST (\\Noselect) "/" "/"')
    else {
      const attributes = attributesIn(store)
      const asked = request.returnsSubscribed || request.selection.includes('SUBSCRIBED')
      for (const { mailbox, childInfo } of select(store.folders.list(), request)) {
        const own = asked && mailbox.subscribed ? ['\\Subscribed'] : []
        tell('LIST', mailbox.name, [...attributes(mailbox), mailbox.specialUse, ...own], exchange, childInfo)
        if (request.status.length > 0 && mailbox.selectable)
          exchange.untagged(statusLine({ store, mailbox }, request.status, exchange))
      }
    }
    return done(state, ending('success'))
  },
})

/** LSUB (RFC 3501 §6.3.9): the subscribed mailboxes, and levels above them where `%` stops. */
export const lsub = command('LSUB', afterLogin, {
  arguments: oldListRequest,
  run(state, { reference, pattern }, exchange) {
    const { store } = state
    const matches = listPattern(reference + pattern)
    const attributes = attributesIn(store)
    const levels = pattern.endsWith('%') ? levelsAbove(store.folders.list().filter(subscribed)) : new Set()
    for (const mailbox of store.folders.list().filter(({ name }) => matches(name))) {
      if (mailbox.subscribed) tell('LSUB', mailbox.name, [...attributes(mailbox), mailbox.specialUse], exchange)
      else if (levels.has(mailbox.name)) tell('LSUB', mailbox.name, ['\\HasChildren', '\\Noselect'], exchange)
    }
    return done(state, ending('success'))
  },
})

/** XLIST (Google, IMAP extensions): LIST from before RFC 6154, in which INBOX has an attribute as well. */
export const xlist = command('XLIST', afterLogin, {
  arguments: oldListRequest,
  run(state, { reference, pattern }, exchange) {
    const matches = listPattern(reference + pattern)
    const attributes = attributesIn(state.store)
    for (const mailbox of state.store.folders.list().filter(({ name }) => matches(name))) {
      // As captured: github.com/zone-eu/wildduck issue 91.
      const name = mailbox.name === 'INBOX' ? 'Inbox' : mailbox.name
      tell('XLIST', name, [...attributes(mailbox), mailbox.xlist], exchange)
    }
    return done(state, ending('success'))
  },
})

/** In captured answers the attributes stand in the order of their letters. */
function tell(
  response: 'LIST' | 'LSUB' | 'XLIST',
  name: string,
  attributes: readonly (string | null)[],
  { untagged, enabled }: Exchange,
  childInfo = false,
): void {
  const told = attributes.filter((attribute) => attribute !== null).toSorted()
  const extended = childInfo ? ' ("CHILDINFO" ("SUBSCRIBED"))' : ''
  untagged(`${response} (${told.join(' ')}) "/" ${mailboxName(name, enabled.has('UTF8=ACCEPT'))}${extended}`)
}

/** The mailboxes that match, and those that only stand above a subscribed one (RECURSIVEMATCH). */
function select(all: readonly Mailbox[], { selection, reference, patterns }: ListRequest) {
  const matches = patterns.map((pattern) => listPattern(reference + pattern))
  const chosen = (mailbox: Mailbox): boolean =>
    (!selection.includes('SUBSCRIBED') || mailbox.subscribed) &&
    (!selection.includes('SPECIAL-USE') || mailbox.specialUse !== null)
  const recursive = selection.includes('RECURSIVEMATCH') && selection.includes('SUBSCRIBED')
  const levels = levelsAbove(recursive ? all.filter(subscribed) : [])
  return all
    .filter(({ name }) => matches.some((match) => match(name)))
    .map((mailbox) => ({ mailbox, childInfo: levels.has(mailbox.name) }))
    .filter(({ mailbox, childInfo }) => chosen(mailbox) || childInfo)
}

/** What RFC 3501 and RFC 3348 tell of each mailbox. */
function attributesIn({ folders, rules }: MailStore): (mailbox: Mailbox) => string[] {
  const levels = levelsAbove(folders.list())
  return ({ name, selectable }) => {
    const parent = levels.has(name)
    return [
      ...(parent ? ['\\HasChildren'] : []),
      ...(!parent || (rules.bothChildAttributes && selectable) ? ['\\HasNoChildren'] : []),
      ...(selectable ? [] : ['\\Noselect']),
    ]
  }
}
