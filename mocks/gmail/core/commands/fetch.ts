import { type Exchange, command } from '../../command.ts'
import { type Outcome, type StateOf, done, ok } from '../../state.ts'
import { formatDateTime } from '../../wire/date-time.ts'
import type { Decoder } from '../../wire/decoder.ts'
import { type Piece, quoted } from '../../wire/encoder.ts'
import { type FetchAtt, type PlainAtt, fetchAtts } from '../../wire/fetch-att.ts'
import type { SequenceSet } from '../../wire/sequence-set.ts'
import { recordFlags } from '../flag-evidence.ts'
import { labelList } from '../label-list.ts'
import { Mailbox } from '../mailbox.ts'
import { partOf } from '../message.ts'
import { sectionOf } from '../mime-section.ts'
import { bodyStructure } from '../mime-structure.ts'
import type { Numbered, OpenMailbox } from '../open-mailbox.ts'

interface FetchArguments {
  readonly set: SequenceSet
  readonly atts: readonly FetchAtt[]
  /** Only what changed later is wanted (RFC 7162 §3.1.4.1). */
  readonly changedSince: bigint | null
}

function fetchArguments(wire: Decoder): FetchArguments {
  const set = wire.sp().sequenceSet()
  const atts = fetchAtts(wire.sp())
  if (!wire.takes(' ')) return { set, atts, changedSince: null }
  wire.expect('(CHANGEDSINCE ')
  const changedSince = wire.number64()
  wire.expect(')')
  return { set, atts: [...atts, { att: 'MODSEQ' }], changedSince }
}

/** FETCH (RFC 3501 §6.4.5). */
export const fetch = command('FETCH', ['selected'], {
  holdsExpunge: true,
  arguments: fetchArguments,
  run: (state, args, exchange) => run(state, args, 'number', exchange),
})

/** UID FETCH (RFC 3501 §6.4.8): the answer has the UID, asked for or not. */
export const uidFetch = command('UID FETCH', ['selected'], {
  arguments: fetchArguments,
  run: (state, args, exchange) => run(state, { ...args, atts: [...args.atts, { att: 'UID' }] }, 'uid', exchange),
})

function run(state: StateOf<'selected'>, args: FetchArguments, by: 'uid' | 'number', exchange: Exchange): Outcome {
  const { set, atts, changedSince } = args
  if (atts.some(({ att }) => att === 'MODSEQ')) exchange.enabled.add('CONDSTORE')
  const reads = atts.some((att) => att.att === 'section' && !att.peek)
  const picked = state.mailbox.pick(set, by)
  const tellFrom = (first: number): Outcome => {
    for (let at = first; at < picked.length; at++) {
      // What a client does not read is not kept for it.
      if (at > first && !exchange.roomy()) return { kind: 'pauses', resume: () => tellFrom(at) }
      const message = picked[at]!
      if (changedSince !== null && BigInt(message.entry.message.modSeq) <= changedSince) continue
      const marked = reads && markSeen(state.mailbox, message, exchange)
      const all = marked ? [...atts, ...changedAtts('FLAGS', exchange)] : atts
      exchange.untagged(...fetchResponse(state.mailbox, message, all, exchange))
    }
    return done(state, ok())
  }
  return tellFrom(0)
}

/** What a FETCH response tells after a change: modification sequences once they are switched on (RFC 7162 §3.2). */
export const changedAtts = (att: 'FLAGS' | 'X-GM-LABELS', { enabled }: Exchange): FetchAtt[] =>
  enabled.has('CONDSTORE') ? [{ att }, { att: 'MODSEQ' }] : [{ att }]

/** Reading a body without PEEK sets `\Seen`; the answer then tells the flags as well. */
function markSeen(mailbox: OpenMailbox, numbered: Numbered, exchange: Exchange): boolean {
  const { entry } = numbered
  if (mailbox.readOnly || entry.message.flags.has('\\Seen')) return false
  const before = Mailbox.flagsOf(entry)
  mailbox.store.changeFlags(entry, 'add', ['\\Seen'])
  mailbox.told(numbered)
  recordFlags(mailbox, entry, before, 'FETCH', exchange)
  return true
}

/** In the order that Gmail was seen to answer in, whatever was asked first. */
const order: readonly PlainAtt[] = [
  'X-GM-THRID',
  'X-GM-MSGID',
  'X-GM-LABELS',
  'UID',
  'RFC822.SIZE',
  'INTERNALDATE',
  'MODSEQ',
  'FLAGS',
  'ENVELOPE',
  'BODYSTRUCTURE',
  'BODY',
]

/** What is asked for, each thing once and in the order of the answer. */
interface Plan {
  readonly plain: readonly PlainAtt[]
  readonly sections: readonly Extract<FetchAtt, { att: 'section' }>[]
}

const plans = new WeakMap<readonly FetchAtt[], Plan>()

/** Made once for a command, whatever the number of its messages. */
function planOf(atts: readonly FetchAtt[]): Plan {
  const known = plans.get(atts)
  if (known !== undefined) return known
  const asked = new Set(atts.map(({ att }) => att))
  const sections = new Map(atts.flatMap((att) => (att.att === 'section' ? [[att.name, att] as const] : [])))
  const plan = { plain: order.filter((att) => asked.has(att)), sections: [...sections.values()] }
  plans.set(atts, plan)
  return plan
}

/** `n FETCH (…)` with the values of these attributes. */
export function fetchResponse(
  mailbox: OpenMailbox,
  numbered: Numbered,
  atts: readonly FetchAtt[],
  { enabled }: Exchange,
): Piece[] {
  const { plain, sections } = planOf(atts)
  const utf8 = enabled.has('UTF8=ACCEPT')
  const pieces: Piece[] = []
  let lead = `${numbered.number} FETCH (`
  for (const att of plain) {
    pieces.push(`${lead}${att} `, ...plainValue(att, mailbox, numbered, utf8))
    lead = ' '
  }
  for (const att of sections) {
    pieces.push(`${lead}${att.name} `, sectionValue(att, numbered))
    lead = ' '
  }
  pieces.push(')')
  return pieces
}

function plainValue(att: PlainAtt, { mailbox }: OpenMailbox, { entry }: Numbered, utf8: boolean): readonly Piece[] {
  const { message } = entry
  switch (att) {
    case 'FLAGS':
      return [`(${Mailbox.flagsOf(entry).join(' ')})`]
    case 'UID':
      return [`${entry.uid}`]
    case 'INTERNALDATE':
      return [quoted(formatDateTime(message.internalDate))]
    case 'RFC822.SIZE':
      return [`${message.bytes.length}`]
    case 'ENVELOPE':
      return message.envelope
    case 'BODYSTRUCTURE':
    case 'BODY':
      return bodyStructure(partOf(message), message.bytes, att === 'BODYSTRUCTURE')
    case 'MODSEQ':
      return [`(${message.modSeq})`]
    case 'X-GM-MSGID':
      return [`${message.gmMsgId}`]
    case 'X-GM-THRID':
      return [`${message.gmThrId}`]
    case 'X-GM-LABELS':
      return labelList(message, mailbox.label, utf8)
  }
}

function sectionValue({ section, partial }: Extract<FetchAtt, { att: 'section' }>, { entry }: Numbered): Piece {
  const octets = sectionOf(partOf(entry.message), entry.message.bytes, section)
  if (octets === null) return 'NIL'
  const wanted = partial === null ? octets : octets.subarray(partial.offset, partial.offset + partial.length)
  return wanted.length === 0 ? '""' : { literal: wanted }
}
