import { parseMessageDate } from '../wire/date-time.ts'
import type { SearchKey } from '../wire/search-key.ts'
import { pick } from '../wire/sequence-set.ts'
import { gmailQuery } from './gmail-query.ts'
import { canonicalLabel } from './labels.ts'
import { Mailbox } from './mailbox.ts'
import { type Message, partOf } from './message.ts'
import { parseAddresses } from './mime-address.ts'
import { valueOf } from './mime-header.ts'
import { bodyText, decodeHeaderText, headerText } from './mime-text.ts'
import type { Numbered, OpenMailbox } from './open-mailbox.ts'

type Predicate = (candidate: Numbered) => boolean

/** The messages of the open mailbox for which the key holds, in ascending order. */
export function search(mailbox: OpenMailbox, key: SearchKey): Numbered[] {
  const all = mailbox.all()
  return all.filter(predicate(key, { all, now: mailbox.store.now() }))
}

/** What a search looks at besides the messages themselves. */
interface Context {
  readonly all: readonly Numbered[]
  /** Epoch milliseconds. */
  readonly now: number
}

function predicate(key: SearchKey, context: Context): Predicate {
  switch (key.key) {
    case 'all':
      return () => true
    case 'not': {
      const inner = predicate(key.of, context)
      return (candidate) => !inner(candidate)
    }
    case 'and': {
      const inner = key.of.map((part) => predicate(part, context))
      return (candidate) => inner.every((part) => part(candidate))
    }
    case 'or': {
      const inner = key.of.map((part) => predicate(part, context))
      return (candidate) => inner.some((part) => part(candidate))
    }
    case 'number':
      return among(pick(key.set, context.all, ({ number }) => number))
    case 'uid':
      return among(pick(key.set, context.all, ({ entry }) => entry.uid))
    case 'flag': {
      const flag = key.flag.toLowerCase()
      return ({ entry }) => Mailbox.flagsOf(entry).some((own) => own.toLowerCase() === flag)
    }
    default: {
      const holds = messagePredicate(key, context.now)
      return ({ entry }) => holds(entry.message)
    }
  }
}

const among = (picked: readonly Numbered[]): Predicate => {
  const set = new Set(picked)
  return (candidate) => set.has(candidate)
}

type MessageKey = Exclude<SearchKey, { key: 'all' | 'not' | 'and' | 'or' | 'number' | 'uid' | 'flag' }>

function messagePredicate(key: MessageKey, now: number): (message: Message) => boolean {
  switch (key.key) {
    case 'header':
    case 'addresses':
    case 'body':
    case 'text':
      return textPredicate(key)
    case 'gm-raw':
      return gmailQuery(key.text, now)
    case 'gm-label': {
      const label = canonicalLabel(key.text)
      return (message) => label !== undefined && message.labels.has(label)
    }
    case 'internal-date':
      return (message) => compare(dayOf(message.internalDate), key)
    case 'sent-date':
      return (message) => {
        const date = parseMessageDate(valueOf(partOf(message).header, 'date') ?? '')
        return date !== undefined && compare(date.day, key)
      }
    case 'larger':
      return (message) => message.bytes.length > key.octets
    case 'smaller':
      return (message) => message.bytes.length < key.octets
    case 'gm-msgid':
      return (message) => message.gmMsgId === key.value
    case 'gm-thrid':
      return (message) => message.gmThrId === key.value
    case 'modseq':
      return (message) => BigInt(message.modSeq) >= key.value
  }
}

function textPredicate(
  key: Extract<SearchKey, { key: 'header' | 'addresses' } | { key: 'body' | 'text' }>,
): (message: Message) => boolean {
  const needle = key.text.toLowerCase()
  const holds = (text: string): boolean => text.toLowerCase().includes(needle)
  if (key.key === 'header' || key.key === 'addresses') {
    const { name } = key
    const textOf = key.key === 'header' ? decodeHeaderText : addressText
    return (message) => partOf(message).header.fields.some((field) => field.name === name && holds(textOf(field.value)))
  }
  const body = (message: Message): boolean => holds(bodyText(partOf(message), message.bytes))
  return key.key === 'body' ? body : (message) => holds(headerText(partOf(message).header)) || body(message)
}

/** What the envelope holds (RFC 3501 §6.4.4), written as people write it. */
const addressText = (value: string): string =>
  parseAddresses(value)
    .map(({ name, mailbox, host }) => `${decodeHeaderText(name ?? '')} <${mailbox ?? ''}@${host ?? ''}>`)
    .join(', ')

const dayLength = 86_400_000
const dayOf = (time: number): number => Math.floor(time / dayLength) * dayLength

function compare(day: number, key: { readonly is: 'before' | 'on' | 'since'; readonly day: number }): boolean {
  if (key.is === 'on') return day === key.day
  return key.is === 'before' ? day < key.day : day >= key.day
}
