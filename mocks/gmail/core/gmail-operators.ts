import { parseMessageDate } from '../wire/date-time.ts'
import { type Message, partOf } from './message.ts'
import { valueOf } from './mime-header.ts'
import { parseParameterized } from './mime-parameters.ts'
import type { Part } from './mime-part.ts'
import { bodyText, decodeHeaderText } from './mime-text.ts'

export type Holds = (message: Message) => boolean
/** What an operator asks for, from the text behind it. */
type Operator = (text: string, now: number) => Holds

/** Gmail finds whole words, in any case: ` words of the text ` between spaces. */
const wordsOf = (text: string): string => ` ${(text.toLowerCase().match(/[\p{L}\p{M}\p{N}_]+/gu) ?? []).join(' ')} `

const texts = new WeakMap<Message, string>()

/** Fields that people read. */
const read: ReadonlySet<string> = new Set(['from', 'to', 'cc', 'bcc', 'subject'])

/** All that a message says, as words; made once for each message that was searched. */
function textOf(message: Message): string {
  const known = texts.get(message)
  if (known !== undefined) return known
  const part = partOf(message)
  const fields = part.header.fields.filter(({ name }) => read.has(name)).map(({ value }) => decodeHeaderText(value))
  const text = wordsOf([...fields, bodyText(part, message.bytes), ...filesOf(part)].join('\n'))
  texts.set(message, text)
  return text
}

/** Words and phrases occur somewhere in the message. */
export const inWords = (text: string): Holds => {
  const words = wordsOf(text)
  // What holds no word, such as a lone colon, asks for nothing.
  return words.trim() === '' ? () => true : (message) => textOf(message).includes(words)
}

const inFields =
  (...names: readonly string[]): Operator =>
  (text) => {
    const words = wordsOf(text)
    return (message) =>
      partOf(message).header.fields.some(
        (field) => names.includes(field.name) && wordsOf(decodeHeaderText(field.value)).includes(words),
      )
  }

/** `work/project x` is written `work-project-x`. */
const plainLabel = (label: string): string => label.toLowerCase().replace(/^\\/, '').replace(/[\s/]/g, '-')
const labelled = (text: string): Holds => {
  const wanted = plainLabel(text)
  return ({ labels }) => [...labels].some((label) => plainLabel(label) === wanted)
}

const places: Readonly<Record<string, Holds>> = {
  anywhere: () => true,
  all: () => true,
  drafts: labelled('\\Draft'),
}

const states: Readonly<Record<string, Holds>> = {
  unread: ({ flags }) => !flags.has('\\Seen'),
  read: ({ flags }) => flags.has('\\Seen'),
  starred: ({ flags }) => flags.has('\\Flagged'),
  important: ({ labels }) => labels.has('\\Important'),
}

const owned: Readonly<Record<string, Holds>> = {
  attachment: (message) => filesOf(partOf(message)).length > 0,
  userlabels: ({ labels }) => [...labels].some((label) => !label.startsWith('\\')),
  nouserlabels: ({ labels }) => [...labels].every((label) => label.startsWith('\\')),
}

const never: Holds = () => false

/** The value of a name that somebody else wrote: `constructor` is none. */
const named = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined

/** The names of the files that a message has; empty for an attachment without a name. */
function filesOf(part: Part): string[] {
  const inner = part.message === null ? part.children : [part.message]
  const disposition = parseParameterized(valueOf(part.header, 'content-disposition') ?? '')
  const parameters = [...disposition.parameters, ...part.contentType.parameters]
  const name = parameters.find(([key]) => key === 'filename' || key === 'name')?.[1]
  const own = name ?? (disposition.value.toLowerCase() === 'attachment' ? '' : undefined)
  return [...(own === undefined ? [] : [decodeHeaderText(own)]), ...inner.flatMap(filesOf)]
}

/** A name, or the end of one: `filename:pdf`. */
const filename: Operator = (text) => {
  const wanted = text.toLowerCase()
  return (message) =>
    filesOf(partOf(message)).some((name) => {
      const own = name.toLowerCase()
      return own === wanted || own.endsWith(`.${wanted}`) || wordsOf(own).includes(wordsOf(wanted))
    })
}

const units: Readonly<Record<string, number>> = { '': 1, K: 1024, M: 1024 ** 2 }

function octetsOf(text: string): number | undefined {
  const [, number, unit = ''] = /^(\d{1,12})([KM]?)$/.exec(text.toUpperCase()) ?? []
  return number === undefined ? undefined : Number(number) * units[unit]!
}

const sized =
  (holds: (octets: number, limit: number) => boolean): Operator =>
  (text) => {
    const limit = octetsOf(text)
    return limit === undefined ? never : ({ bytes }) => holds(bytes.length, limit)
  }

const day = 86_400_000
const spans: Readonly<Record<string, number>> = { d: day, m: 30 * day, y: 365 * day }

/** `2d`, `3m`, `1y` (Gmail Help) before now, as epoch milliseconds. */
function ago(text: string, now: number): number | undefined {
  const [, number, unit] = /^(\d{1,5})([dmy])$/i.exec(text) ?? []
  return number === undefined ? undefined : now - Number(number) * spans[unit!.toLowerCase()]!
}

/** `2004/04/16`, `2004-04-16`, `04/16/2004` or seconds since 1970, as epoch milliseconds. */
function moment(text: string): number | undefined {
  if (/^\d{9,11}$/.test(text)) return Number(text) * 1000
  const [, year, month, date] =
    /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})$/.exec(text) ??
    /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(text)?.map((part, at, all) => [part, all[3]!, all[1]!, all[2]!][at]!) ??
    []
  if (year === undefined) return undefined
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
  return parseMessageDate(`${date} ${months[Number(month) - 1] ?? 'Nil'} ${year}`)?.day
}

const timed =
  (
    limitOf: (text: string, now: number) => number | undefined,
    holds: (time: number, limit: number) => boolean,
  ): Operator =>
  (text, now) => {
    const limit = limitOf(text, now)
    return limit === undefined ? never : ({ internalDate }) => holds(internalDate, limit)
  }

const since = (time: number, limit: number): boolean => time >= limit
const before = (time: number, limit: number): boolean => time < limit
const messageId: Operator = (text) => {
  const wanted = text.replace(/^<|>$/g, '')
  return (message) => valueOf(partOf(message).header, 'message-id')?.trim().replace(/^<|>$/g, '') === wanted
}

/** Gmail Help, “Refine searches in Gmail”: those that a mail store without categories and other services can answer. */
const operators: Readonly<Record<string, Operator>> = {
  from: inFields('from'),
  to: inFields('to', 'cc', 'bcc'),
  cc: inFields('cc'),
  bcc: inFields('bcc'),
  deliveredto: inFields('delivered-to'),
  list: inFields('list-id'),
  subject: inFields('subject'),
  rfc822msgid: messageId,
  label: labelled,
  in: (text) => named(places, text.toLowerCase()) ?? labelled(text),
  is: (text) => named(states, text.toLowerCase()) ?? never,
  has: (text) => named(owned, text.toLowerCase()) ?? never,
  filename,
  size: sized((octets, limit) => octets >= limit),
  larger: sized((octets, limit) => octets > limit),
  smaller: sized((octets, limit) => octets < limit),
  after: timed(moment, since),
  newer: timed(moment, since),
  before: timed(moment, before),
  older: timed(moment, before),
  newer_than: timed(ago, since),
  older_than: timed(ago, before),
}

export const operatorNamed = (name: string): Operator | undefined => named(operators, name)
