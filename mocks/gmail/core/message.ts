import { type Piece, merge } from '../wire/encoder.ts'
import type { Conversations } from './conversations.ts'
import { type Part, parseMessage } from './mime-part.ts'
import { envelope } from './mime-structure.ts'

/** What a message is made of when it comes into the store. */
export interface NewMessage {
  readonly bytes: Uint8Array
  readonly labels: readonly string[]
  readonly flags: readonly string[]
  /** Epoch milliseconds. */
  readonly internalDate: number
}

/** One message of an account, however many folders show it. Nothing of it is parsed before somebody asks. */
export class Message {
  /** X-GM-MSGID: unsigned 64 bits. */
  readonly gmMsgId: bigint
  readonly bytes: Uint8Array
  readonly internalDate: number
  /** In the order of FETCH, `\Seen` apart. */
  readonly flags = new Set<string>()
  readonly labels = new Set<string>()
  modSeq = 0
  /** The modification sequence of the last change of its flags. */
  flagModSeq = 0
  readonly #conversations: Conversations
  #part: Part | undefined
  #envelope: readonly Piece[] | undefined

  constructor({ bytes, internalDate }: NewMessage, gmMsgId: bigint, conversations: Conversations) {
    this.gmMsgId = gmMsgId
    this.bytes = bytes
    this.internalDate = internalDate
    this.#conversations = conversations
    conversations.add(this)
  }

  get gmThrId(): bigint {
    return this.#conversations.of(this)
  }

  /** ENVELOPE, which clients ask for again and again. */
  get envelope(): readonly Piece[] {
    return (this.#envelope ??= merge(envelope(this.part.header)))
  }

  get part(): Part {
    return (this.#part ??= parseMessage(this.bytes))
  }
}

/** The MIME tree of a message. */
export const partOf = (message: Message): Part => message.part
