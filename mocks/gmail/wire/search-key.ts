import type { Decoder } from './decoder.ts'
import type { SequenceSet } from './sequence-set.ts'

/** A search key (RFC 3501 §6.4.4) reduced to what has to be asked of a message. */
export type SearchKey =
  | { readonly key: 'all' }
  | { readonly key: 'flag'; readonly flag: string }
  | { readonly key: 'number'; readonly set: SequenceSet }
  | { readonly key: 'uid'; readonly set: SequenceSet }
  | { readonly key: 'header' | 'addresses'; readonly name: string; readonly text: string }
  | { readonly key: 'body' | 'text'; readonly text: string }
  | { readonly key: 'gm-raw' | 'gm-label'; readonly text: string }
  | { readonly key: 'internal-date' | 'sent-date'; readonly is: 'before' | 'on' | 'since'; readonly day: number }
  | { readonly key: 'larger' | 'smaller'; readonly octets: number }
  | { readonly key: 'gm-msgid' | 'gm-thrid' | 'modseq'; readonly value: bigint }
  | { readonly key: 'not'; readonly of: SearchKey }
  | { readonly key: 'or' | 'and'; readonly of: readonly SearchKey[] }

type Rule = (wire: Decoder) => SearchKey

const not = (of: SearchKey): SearchKey => ({ key: 'not', of })
const flag =
  (name: string): Rule =>
  () => ({ key: 'flag', flag: name })
const notFlag =
  (name: string): Rule =>
  () =>
    not({ key: 'flag', flag: name })
const field =
  (key: 'header' | 'addresses', name: string): Rule =>
  (wire) => ({ key, name, text: wire.sp().astring() })
const text =
  (key: 'body' | 'text' | 'gm-raw' | 'gm-label'): Rule =>
  (wire) => ({ key, text: wire.sp().astring() })
const day =
  (key: 'internal-date' | 'sent-date', is: 'before' | 'on' | 'since'): Rule =>
  (wire) => ({ key, is, day: wire.sp().date() })

const rules: Readonly<Record<string, Rule>> = {
  ALL: () => ({ key: 'all' }),
  ANSWERED: flag('\\Answered'),
  UNANSWERED: notFlag('\\Answered'),
  DELETED: flag('\\Deleted'),
  UNDELETED: notFlag('\\Deleted'),
  DRAFT: flag('\\Draft'),
  UNDRAFT: notFlag('\\Draft'),
  FLAGGED: flag('\\Flagged'),
  UNFLAGGED: notFlag('\\Flagged'),
  SEEN: flag('\\Seen'),
  UNSEEN: notFlag('\\Seen'),
  // Gmail keeps no \Recent: nothing is recent, nothing is new, all is old.
  RECENT: flag('\\Recent'),
  NEW: flag('\\Recent'),
  OLD: notFlag('\\Recent'),
  KEYWORD: (wire) => ({ key: 'flag', flag: wire.sp().atom() }),
  UNKEYWORD: (wire) => not({ key: 'flag', flag: wire.sp().atom() }),
  BCC: field('addresses', 'bcc'),
  CC: field('addresses', 'cc'),
  FROM: field('addresses', 'from'),
  SUBJECT: field('header', 'subject'),
  TO: field('addresses', 'to'),
  HEADER: (wire) => ({ key: 'header', name: wire.sp().astring().toLowerCase(), text: wire.sp().astring() }),
  BODY: text('body'),
  TEXT: text('text'),
  BEFORE: day('internal-date', 'before'),
  ON: day('internal-date', 'on'),
  SINCE: day('internal-date', 'since'),
  SENTBEFORE: day('sent-date', 'before'),
  SENTON: day('sent-date', 'on'),
  SENTSINCE: day('sent-date', 'since'),
  LARGER: (wire) => ({ key: 'larger', octets: wire.sp().number() }),
  SMALLER: (wire) => ({ key: 'smaller', octets: wire.sp().number() }),
  UID: (wire) => ({ key: 'uid', set: wire.sp().sequenceSet() }),
  NOT: (wire) => not(searchKey(wire.sp())),
  OR: (wire) => ({ key: 'or', of: [searchKey(wire.sp()), searchKey(wire.sp())] }),
  'X-GM-RAW': text('gm-raw'),
  'X-GM-LABELS': text('gm-label'),
  'X-GM-MSGID': (wire) => ({ key: 'gm-msgid', value: wire.sp().number64() }),
  'X-GM-THRID': (wire) => ({ key: 'gm-thrid', value: wire.sp().number64() }),
  MODSEQ: (wire) => ({ key: 'modseq', value: modSeq(wire.sp()) }),
}

/** One search key; keys may contain keys. */
export function searchKey(wire: Decoder): SearchKey {
  return wire.nested((): SearchKey => {
    if (wire.sees('(')) {
      const of = wire.list(() => searchKey(wire))
      return of.length === 0 ? wire.fail('search-key') : { key: 'and', of }
    }
    if (wire.seesNumber() || wire.sees('*')) return { key: 'number', set: wire.sequenceSet() }
    const rule = rules[wire.keyword()] ?? wire.fail('search-key')
    return rule(wire)
  })
}

/** All the keys of a command; every one of them has to hold. */
export function searchKeys(wire: Decoder): SearchKey {
  const of = [searchKey(wire)]
  while (wire.takes(' ')) of.push(searchKey(wire))
  return { key: 'and', of }
}

/** Whether MODSEQ is among the keys, at any depth: the answer then has one too (RFC 7162 §3.1.5). */
export function asksModSeq(key: SearchKey): boolean {
  if (key.key === 'and' || key.key === 'or') return key.of.some(asksModSeq)
  return key.key === 'not' ? asksModSeq(key.of) : key.key === 'modseq'
}

/** RFC 7162 §3.1.5: the entry name and type that may stand before the number change nothing here. */
function modSeq(wire: Decoder): bigint {
  if (wire.sees('"')) {
    wire.quoted()
    wire.sp().keyword()
    wire.sp()
  }
  return wire.number64()
}
