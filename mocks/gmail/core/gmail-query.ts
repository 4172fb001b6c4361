import { type Message, partOf } from './message.ts'
import { decodeHeaderText, bodyText, headerText } from './mime-text.ts'

const term = /(-?)(?:([a-z]+):)?("[^"]*"|\S+)/gi

type Holds = (message: Message) => boolean

/**
 * The simple part of Gmail's search language (X-GM-RAW): words and phrases that must all occur, `-` before what must
 * not, and the operators from, to, subject, label, in, is and rfc822msgid. An unknown operator is a word.
 */
export function gmailQuery(query: string): Holds {
  const holds = [...query.matchAll(term)].map(([, minus, operator, operand]): Holds => {
    const text = operand!.replaceAll('"', '').toLowerCase()
    const rule =
      operators[operator?.toLowerCase() ?? '']?.(text) ?? word(operator === undefined ? text : `${operator}:${text}`)
    return minus === '-' ? (message) => !rule(message) : rule
  })
  return (message) => holds.every((rule) => rule(message))
}

const word =
  (text: string): Holds =>
  (message) => {
    const part = partOf(message)
    return `${headerText(part.header)}\n${bodyText(part, message.bytes)}`.toLowerCase().includes(text.toLowerCase())
  }

const header =
  (name: string) =>
  (text: string): Holds =>
  (message) =>
    partOf(message).header.fields.some(
      (field) => field.name === name && decodeHeaderText(field.value).toLowerCase().includes(text),
    )

const labelled =
  (text: string): Holds =>
  (message) =>
    [...message.labels].some((label) => label.replace(/^\\/, '').toLowerCase() === text)

const states: Readonly<Record<string, Holds>> = {
  unread: (message) => !message.flags.has('\\Seen'),
  read: (message) => message.flags.has('\\Seen'),
  starred: (message) => message.flags.has('\\Flagged'),
  important: (message) => message.labels.has('\\Important'),
}

const operators: Readonly<Record<string, (text: string) => Holds>> = {
  from: header('from'),
  to: header('to'),
  subject: header('subject'),
  rfc822msgid: header('message-id'),
  label: labelled,
  in: (text) => (text === 'anywhere' ? () => true : labelled(text)),
  is: (text) => states[text] ?? (() => false),
}
