import { type Exchange, command } from '../../command.ts'
import { type Status, type StateOf, done } from '../../state.ts'
import type { Decoder } from '../../wire/decoder.ts'
import type { FetchAtt } from '../../wire/fetch-att.ts'
import { type SequenceSet, formatSequenceSet } from '../../wire/sequence-set.ts'
import { recordFlags } from '../flag-evidence.ts'
import { labelList } from '../label-list.ts'
import { canonicalLabel } from '../labels.ts'
import type { Change, MailStore } from '../mail-store.ts'
import { Mailbox } from '../mailbox.ts'
import type { Numbered, OpenMailbox } from '../open-mailbox.ts'
import { ending } from '../words.ts'
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

/** More names than anybody gives to one message: each would be kept with each message. */
const mostNames = 250

function storeArguments(wire: Decoder): StoreArguments {
  const set = wire.sp().sequenceSet()
  wire.sp()
  const unchangedSince = wire.takes('(UNCHANGEDSINCE ') ? wire.number64() : null
  if (unchangedSince !== null) wire.expect(') ')
  const change = wire.takes('+') ? 'add' : wire.takes('-') ? 'remove' : 'replace'
  const [, item, silent] = /^(FLAGS|X-GM-LABELS)(\.SILENT)?$/.exec(wire.keyword()) ?? wire.fail('store-att-flags')
  const name = (): string => (item === 'FLAGS' ? wire.flag() : label(wire))
  wire.sp()
  const names = wire.sees('(') ? wire.list(name) : bareNames(wire, name)
  if (names.length > mostNames) wire.fail(`at most ${mostNames} names`)
  return {
    set,
    unchangedSince,
    item: item === 'FLAGS' ? item : 'X-GM-LABELS',
    change,
    silent: silent !== undefined,
    names,
  }
}

function bareNames(wire: Decoder, name: () => string): string[] {
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
  run: (state, args, exchange) => done(state, run(state, args, 'number', exchange)),
})

/** UID STORE (RFC 3501 §6.4.8). */
export const uidStore = command('UID STORE', ['selected'], {
  arguments: storeArguments,
  run: (state, args, exchange) => done(state, run(state, args, 'uid', exchange)),
})

function run({ mailbox }: StateOf<'selected'>, args: StoreArguments, by: 'uid' | 'number', exchange: Exchange): Status {
  if (mailbox.readOnly) return ending('store-read-only')
  if (isTooMuch(mailbox.store, args)) return ending('too-many-folders')
  const { unchangedSince } = args
  if (unchangedSince !== null) exchange.enabled.add('CONDSTORE')
  const picked = mailbox.pick(args.set, by)
  const late = new Set(
    unchangedSince === null ? [] : picked.filter(({ entry }) => BigInt(entry.message.modSeq) > unchangedSince),
  )
  const untold = args.silent && (args.item === 'X-GM-LABELS' || !exchange.enabled.has('CONDSTORE'))
  for (const numbered of picked) {
    if (!late.has(numbered)) change(mailbox, numbered, args, exchange)
    // What was left alone is told as it is, so that the client can decide anew.
    if (!untold || late.has(numbered))
      tell(mailbox, numbered, { ...args, silent: args.silent && !late.has(numbered) }, by, exchange)
  }
  if (mailbox.store.rules.autoExpunge) autoExpunge(mailbox, picked)
  if (late.size === 0) return ending('success')
  const numbers = [...late].map(({ number, entry }) => (by === 'uid' ? entry.uid : number))
  return ending('modified', { numbers: formatSequenceSet(numbers) })
}

/** Whether the account has no room for all the new names. */
function isTooMuch({ folders }: MailStore, { item, change: how, names }: StoreArguments): boolean {
  return item === 'X-GM-LABELS' && how !== 'remove' && folders.isFull && names.some((name) => folders.isNew(name))
}

/** What is marked leaves its mailbox; the session tells it when it may. */
function autoExpunge({ store: own, mailbox }: OpenMailbox, messages: readonly Numbered[]): void {
  for (const { entry } of messages)
    if (entry.deleted && mailbox.entryOf(entry.message) === entry) own.expunge(entry, mailbox)
}

function change(
  mailbox: OpenMailbox,
  numbered: Numbered,
  { item, change: how, names }: StoreArguments,
  exchange: Exchange,
) {
  const { entry } = numbered
  const before = Mailbox.flagsOf(entry)
  if (item === 'FLAGS') mailbox.store.changeFlags(entry, how, names)
  else mailbox.store.changeLabels(entry.message, how, sparing(names, how, mailbox.mailbox.label))
  recordFlags(mailbox, entry, before, 'STORE', exchange)
  // A label may have changed a flag as well: that is told like any other change.
  if (item === 'FLAGS') mailbox.told(numbered)
}

/** The label of the selected mailbox cannot be taken away in it (page “Gmail X-GM-EXT-1: observed wire behavior”). */
function sparing(names: readonly string[], how: Change, selected: string | null): readonly string[] {
  if (selected === null || how === 'add') return names
  const others = names.filter((name) => canonicalLabel(name) !== selected)
  return how === 'remove' ? others : [...others, selected]
}

function tell(
  mailbox: OpenMailbox,
  numbered: Numbered,
  args: StoreArguments,
  by: 'uid' | 'number',
  exchange: Exchange,
) {
  const { number, entry } = numbered
  const condStore = exchange.enabled.has('CONDSTORE')
  if (args.item === 'FLAGS') {
    // Even a silent change has a modification sequence that the client must learn (RFC 7162 §3.1.3).
    const atts: FetchAtt[] = args.silent ? [{ att: 'MODSEQ' }] : changedAtts('FLAGS', exchange)
    exchange.untagged(...fetchResponse(mailbox, numbered, by === 'uid' ? [...atts, { att: 'UID' }] : atts, exchange))
    return
  }
  const labels = labelList(entry.message, mailbox.mailbox.label, exchange.enabled.has('UTF8=ACCEPT'))
  // In the order of the captured answers, which is not that of FETCH.
  const modSeq = condStore ? ` MODSEQ (${entry.message.modSeq})` : ''
  exchange.untagged(`${number} FETCH (X-GM-LABELS `, ...labels, `${modSeq}${by === 'uid' ? ` UID ${entry.uid}` : ''})`)
}
