import { type Exchange, command } from '../../command.ts'
import { type StateOf, done, no, ok } from '../../state.ts'
import type { Decoder } from '../../wire/decoder.ts'
import type { FetchAtt } from '../../wire/fetch-att.ts'
import { type SequenceSet, formatSequenceSet } from '../../wire/sequence-set.ts'
import { recordFlags } from '../flag-evidence.ts'
import type { Change } from '../mail-store.ts'
import { Mailbox } from '../mailbox.ts'
import type { Numbered, OpenMailbox } from '../open-mailbox.ts'
import { changedAtts, fetchResponse } from './fetch.ts'

interface StoreArguments {
  readonly set: SequenceSet
  /** What changed later is left alone (RFC 7162 §3.1.3). */
  readonly unchangedSince: bigint | null
  readonly item: 'FLAGS' | 'X-GM-LABELS'
  readonly change: Change
  readonly silent: boolean
  readonly names: readonly string[]
}

function storeArguments(wire: Decoder): StoreArguments {
  const set = wire.sp().sequenceSet()
  wire.sp()
  const unchangedSince = wire.takes('(UNCHANGEDSINCE ') ? wire.number64() : null
  if (unchangedSince !== null) wire.expect(') ')
  const change = wire.takes('+') ? 'add' : wire.takes('-') ? 'remove' : 'replace'
  const [, item, silent] = /^(FLAGS|X-GM-LABELS)(\.SILENT)?$/.exec(wire.keyword()) ?? wire.fail('store-att-flags')
  const name = (): string => (item === 'FLAGS' ? wire.flag() : label(wire))
  wire.sp()
  return {
    set,
    unchangedSince,
    item: item === 'FLAGS' ? item : 'X-GM-LABELS',
    change,
    silent: silent !== undefined,
    names: wire.sees('(') ? wire.list(name) : names(wire, name),
  }
}

function names(wire: Decoder, name: () => string): string[] {
  const all = [name()]
  while (wire.takes(' ')) all.push(name())
  return all
}

/** A system label may be written like a flag; a user's is a mailbox name. */
const label = (wire: Decoder): string => (wire.sees('\\') ? wire.flag() : wire.mailbox())

/** STORE (RFC 3501 §6.4.6), of flags and of Gmail's labels. */
export const store = command('STORE', ['selected'], {
  holdsExpunge: true,
  arguments: storeArguments,
  run: (state, args, exchange) => run(state, args, 'number', exchange),
})

/** UID STORE (RFC 3501 §6.4.8). */
export const uidStore = command('UID STORE', ['selected'], {
  arguments: storeArguments,
  run: (state, args, exchange) => run(state, args, 'uid', exchange),
})

function run(state: StateOf<'selected'>, args: StoreArguments, by: 'uid' | 'number', exchange: Exchange) {
  const { mailbox } = state
  if (mailbox.readOnly) return done(state, no('[READ-ONLY] Folder is read-only. (Failure)'))
  const { unchangedSince } = args
  if (unchangedSince !== null) exchange.enabled.add('CONDSTORE')
  const tooLate = ({ entry }: Numbered): boolean =>
    unchangedSince !== null && BigInt(entry.message.modSeq) > unchangedSince
  const picked = mailbox.pick(args.set, by)
  const modified = new Set(picked.filter(tooLate))
  for (const numbered of picked) if (!modified.has(numbered)) change(mailbox, numbered, args, by, exchange)
  if (modified.size === 0) return done(state, ok())
  const numbers = [...modified].map(({ number, entry }) => (by === 'uid' ? entry.uid : number))
  return done(state, ok(`[MODIFIED ${formatSequenceSet(numbers)}] Conditional Store Failed (Success)`))
}

function change(
  mailbox: OpenMailbox,
  numbered: Numbered,
  args: StoreArguments,
  by: 'uid' | 'number',
  exchange: Exchange,
) {
  const { entry } = numbered
  const before = Mailbox.flagsOf(entry)
  if (args.item === 'FLAGS') mailbox.store.changeFlags(entry, args.change, args.names)
  else mailbox.store.changeLabels(entry.message, args.change, args.names)
  recordFlags(mailbox, entry, before, 'STORE', exchange)
  // A label may have changed a flag as well: that is told like any other change.
  if (args.item === 'FLAGS') mailbox.told(numbered)
  const condStore = args.unchangedSince !== null || exchange.enabled.has('CONDSTORE')
  if (args.silent && !condStore) return
  // Even a silent change has a modification sequence that the client must learn (RFC 7162 §3.1.3).
  const atts: FetchAtt[] = args.silent ? [{ att: 'MODSEQ' }] : changedAtts(args.item, exchange)
  exchange.untagged(...fetchResponse(mailbox, numbered, by === 'uid' ? [...atts, { att: 'UID' }] : atts, exchange))
}
