import { type Field, fieldsOf, messageIdsOf } from './mime-header.ts'
import { type Part, parsePart } from './mime-part.ts'

/** What a message is made of when it comes into the store. */
export interface NewMessage {
  readonly bytes: Uint8Array
  readonly labels: readonly string[]
  readonly flags: readonly string[]
  /** Epoch milliseconds. */
  readonly internalDate: number
}

/** One message of an account, however many folders show it. */
export interface Message {
  /** X-GM-MSGID: unsigned 64 bits. */
  readonly gmMsgId: bigint
  readonly gmThrId: bigint
  readonly bytes: Uint8Array
  readonly internalDate: number
  readonly flags: Set<string>
  readonly labels: Set<string>
  modSeq: number
}

const parts = new WeakMap<Message, Part>()

/** The MIME tree of a message; parsed once, when somebody asks for it. */
export function partOf(message: Message): Part {
  const known = parts.get(message)
  if (known !== undefined) return known
  const part = parsePart(message.bytes, 0, message.bytes.length)
  parts.set(message, part)
  return part
}

/** Message-IDs that put a message into a conversation: its own first, then those that it answers. */
export function conversationOf(bytes: Uint8Array): readonly string[] {
  const { fields } = fieldsOf(bytes, 0, bytes.length)
  const ids = (name: string): string[] =>
    fields.filter((field: Field) => field.name === name).flatMap((field) => messageIdsOf(field.value))
  return [...ids('message-id'), ...ids('in-reply-to'), ...ids('references')]
}
