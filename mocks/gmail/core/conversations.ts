import type { Message } from './message.ts'
import { fieldsOf, messageIdsOf } from './mime-header.ts'

/**
 * Which conversation (X-GM-THRID) each message of an account belongs to: that of the first known Message-ID that it
 * names, or one of its own. Headers are read when somebody asks, in the order in which the messages came.
 */
export class Conversations {
  #unread: Message[] = []
  readonly #byMessageId = new Map<string, bigint>()
  readonly #byMessage = new WeakMap<Message, bigint>()

  add(message: Message): void {
    this.#unread.push(message)
  }

  of(message: Message): bigint {
    for (const unread of this.#unread.splice(0)) this.#place(unread)
    return this.#byMessage.get(message) ?? message.gmMsgId
  }

  #place(message: Message): void {
    const ids = messageIds(message.bytes)
    const known = ids.map((id) => this.#byMessageId.get(id)).find((conversation) => conversation !== undefined)
    const conversation = known ?? message.gmMsgId
    this.#byMessage.set(message, conversation)
    for (const own of ids.slice(0, 1)) this.#byMessageId.set(own, conversation)
  }
}

/** Message-IDs that put a message into a conversation: its own first, then those that it answers. */
function messageIds(bytes: Uint8Array): readonly string[] {
  const { fields } = fieldsOf(bytes, 0, bytes.length)
  const ids = (name: string): string[] =>
    fields.filter((field) => field.name === name).flatMap((field) => messageIdsOf(field.value))
  return [...ids('message-id'), ...ids('in-reply-to'), ...ids('references')]
}
