import { type Exchange, command } from '../../command.ts'
import { type StateOf, done, no, ok } from '../../state.ts'
import type { Decoder } from '../../wire/decoder.ts'
import type { SequenceSet } from '../../wire/sequence-set.ts'
import { recordFlags } from '../flag-evidence.ts'
import type { Change } from '../mail-store.ts'
import { Mailbox } from '../mailbox.ts'
import { decodeModifiedUtf7 } from '../../wire/modified-utf7.ts'
import { fetchResponse } from './fetch.ts'

interface StoreArguments {
  readonly set: SequenceSet
  readonly item: 'FLAGS' | 'X-GM-LABELS'
  readonly change: Change
  readonly silent: boolean
  readonly names: readonly string[]
}

function storeArguments(wire: Decoder): StoreArguments {
  const set = wire.sp().sequenceSet()
  wire.sp()
  const change = wire.takes('+') ? 'add' : wire.takes('-') ? 'remove' : 'replace'
  const [, item, silent] = /^(FLAGS|X-GM-LABELS)(\.SILENT)?$/.exec(wire.keyword()) ?? wire.fail('store-att-flags')
  const name = (): string => (item === 'FLAGS' ? wire.flag() : label(wire))
  wire.sp()
  return {
    set,
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
function label(wire: Decoder): string {
  const text = wire.sees('\\') ? wire.flag() : wire.astring()
  return decodeModifiedUtf7(text) ?? text
}

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
  for (const numbered of mailbox.pick(args.set, by)) {
    const { entry } = numbered
    const before = Mailbox.flagsOf(entry)
    if (args.item === 'FLAGS') state.store.changeFlags(entry, args.change, args.names)
    else state.store.changeLabels(entry.message, args.change, args.names)
    recordFlags(mailbox, entry, before, 'STORE', exchange)
    // A label may have changed a flag as well: that is told like any other change.
    if (args.item === 'FLAGS') mailbox.told(numbered)
    if (args.silent) continue
    const atts = [{ att: args.item }, ...(by === 'uid' ? [{ att: 'UID' } as const] : [])]
    exchange.untagged(...fetchResponse(mailbox, numbered, atts))
  }
  return done(state, ok())
}
