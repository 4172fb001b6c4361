/** A DNS question (RFC 1035 §4.1.2). */
interface Question {
  /** As it was asked, labels joined with dots; what is no printable ASCII is written `\DDD` (RFC 1035 §5.1). */
  readonly name: string
  readonly type: number
  readonly class: number
  /** Where it ends in the message. */
  readonly end: number
}

export interface NameAnswer {
  /** The whole message. */
  readonly message: Uint8Array
  /** The name that does not exist. */
  readonly refused?: string
}

const header = 12
/** RFC 1035 §2.3.4: octets of a label, and of a name with all its lengths. */
const longestLabel = 63
const longestName = 255
const ipv4 = { type: 1, class: 1 } as const
const noError = 0
const formatError = 1
const nameError = 3

/**
 * Answers one DNS message as a server that knows a few IPv4 addresses and nothing else: any other name does not exist. A
 * message that asks nothing gets FORMERR; one that is no query at all gets no answer.
 *
 * @param addresses by host name in lower case
 */
export function answerName(query: Uint8Array, addresses: Readonly<Record<string, string>>): NameAnswer | undefined {
  // A response that is answered could go to and fro for ever.
  if (query.length < header || (query[2]! & 0x80) !== 0) return undefined
  const question = readQuestion(query)
  if (question === undefined) return { message: response(query.subarray(0, header), formatError, 0) }
  const asked = query.subarray(0, question.end)
  const host = question.name.toLowerCase()
  const address = Object.hasOwn(addresses, host) ? addresses[host] : undefined
  if (address === undefined) return { message: response(asked, nameError, 1), refused: question.name }
  const isIpv4 = question.type === ipv4.type && question.class === ipv4.class
  return { message: response(asked, noError, 1, isIpv4 ? addressRecord(address) : []) }
}

/** The one question of a query; undefined when it is malformed or not the only one. */
function readQuestion(query: Uint8Array): Question | undefined {
  const isQuery = (query[2]! & 0x78) === 0
  if (!isQuery || query[4] !== 0 || query[5] !== 1) return undefined
  const labels: string[] = []
  for (let at = header; at < Math.min(query.length, header + longestName);) {
    const length = query[at]!
    const end = at + 1 + length
    if (length === 0) return end + 4 > query.length ? undefined : { name: labels.join('.'), ...kindAt(query, end) }
    // A pointer, too, is a length beyond this: it makes no sense in a first name.
    if (length > longestLabel || end > query.length) return undefined
    labels.push(Array.from(query.subarray(at + 1, end), printable).join(''))
    at = end
  }
  return undefined
}

const kindAt = (query: Uint8Array, at: number) => ({
  type: query[at]! * 256 + query[at + 1]!,
  class: query[at + 2]! * 256 + query[at + 3]!,
  end: at + 4,
})

const printable = (octet: number): string =>
  octet > 0x20 && octet < 0x7f && octet !== 0x2e ? String.fromCharCode(octet) : `\\${String(octet).padStart(3, '0')}`

/** @param asked the header and the question, which are sent back */
function response(asked: Uint8Array, code: number, questions: number, answer: readonly number[] = []): Uint8Array {
  const message = new Uint8Array([...asked, ...answer])
  // QR and AA, the opcode and RD as they came, then RA and the code (RFC 1035 §4.1.1).
  message[2] = (asked[2]! & 0x79) | 0x84
  message[3] = 0x80 | code
  message.set([0, questions, 0, answer.length === 0 ? 0 : 1, 0, 0, 0, 0], 4)
  return message
}

/** A record of the name that was asked for, not to be kept (RFC 1035 §4.1.3). */
const addressRecord = (address: string): readonly number[] => [
  ...[0xc0, header, 0, ipv4.type, 0, ipv4.class],
  ...[0, 0, 0, 0, 0, 4],
  ...address.split('.').map(Number),
]
