import { type Exchange, afterLogin, command } from '../../command.ts'
import { type Outcome, type StateOf, done } from '../../state.ts'
import type { Decoder } from '../../wire/decoder.ts'
import { mailbox as mailboxName } from '../../wire/encoder.ts'
import { OpenMailbox } from '../open-mailbox.ts'
import { ending } from '../words.ts'
import { leave } from './close.ts'

interface SelectArguments {
  readonly name: string
  readonly condStore: boolean
}

/** The only parameter known here is CONDSTORE (RFC 7162 §3.1.8). */
function selectArguments(wire: Decoder): SelectArguments {
  const name = wire.sp().mailbox()
  if (!wire.takes(' ')) return { name, condStore: false }
  const parameters = wire.list(() => wire.keyword())
  return parameters.join() === 'CONDSTORE' ? { name, condStore: true } : wire.fail('CONDSTORE')
}

/** SELECT (RFC 3501 §6.3.1). */
export const select = command('SELECT', afterLogin, {
  arguments: selectArguments,
  run: (state, args, exchange) => open(state, args, exchange, false),
})

/** EXAMINE (RFC 3501 §6.3.2): the same, and nothing may be changed. */
export const examine = command('EXAMINE', afterLogin, {
  arguments: selectArguments,
  run: (state, args, exchange) => open(state, args, exchange, true),
})

const systemFlags = ['\\Answered', '\\Flagged', '\\Draft', '\\Deleted', '\\Seen']

function open(
  state: StateOf<'authenticated' | 'selected'>,
  { name, condStore }: SelectArguments,
  exchange: Exchange,
  readOnly: boolean,
): Outcome {
  // The mailbox that was selected is left even when the new one cannot be opened.
  if (state.name === 'selected') leave(state.mailbox, exchange)
  if (condStore) exchange.enabled.add('CONDSTORE')
  const { store } = state
  const mailbox = store.mailbox(name)
  if (mailbox?.selectable !== true) {
    const words = state.name === 'selected' ? 'unknown-mailbox-left' : 'unknown-mailbox'
    return done({ name: 'authenticated', store }, ending(words, { name }))
  }
  const opened = new OpenMailbox(store, mailbox, readOnly)
  describe(opened, exchange)
  exchange.record('imap.mailbox', {
    event: readOnly ? 'examined' : 'selected',
    folder: mailbox.name,
    uidValidity: mailbox.uidValidity,
    exists: opened.exists,
  })
  // The name in the text is the one on the wire, without its quotation marks.
  const wireName = mailboxName(mailbox.name, exchange.enabled.has('UTF8=ACCEPT')).slice(1, -1)
  const access = readOnly ? 'READ-ONLY' : 'READ-WRITE'
  return done({ name: 'selected', store, mailbox: opened }, ending('selected', { access, name: wireName }))
}

/** In the order and with the words of captured answers. */
function describe({ mailbox, store, readOnly, exists }: OpenMailbox, { untagged }: Exchange): void {
  const flags = [...systemFlags, ...store.keywords()].join(' ')
  const text = store.rules.highestModSeqText
  untagged(`FLAGS (${flags})`)
  untagged(`OK [PERMANENTFLAGS (${readOnly ? '' : `${flags} \\*`})] Flags permitted.`)
  untagged(`OK [UIDVALIDITY ${mailbox.uidValidity}] UIDs valid.`)
  untagged(`${exists} EXISTS`)
  untagged('0 RECENT')
  untagged(`OK [UIDNEXT ${mailbox.uidNext}] Predicted next UID.`)
  untagged(`OK [HIGHESTMODSEQ ${store.highestModSeq}]${text === null ? '' : ` ${text}`}`)
}
