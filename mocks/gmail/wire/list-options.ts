import type { Decoder } from './decoder.ts'

const selectionOptions = ['SUBSCRIBED', 'REMOTE', 'RECURSIVEMATCH', 'SPECIAL-USE'] as const
export type SelectionOption = (typeof selectionOptions)[number]

/** What a LIST asks for (RFC 5258, RFC 5819, RFC 6154). */
export interface ListRequest {
  readonly selection: readonly SelectionOption[]
  readonly reference: string
  readonly patterns: readonly string[]
  /** `SUBSCRIBED` among the return options; the others are told in every answer. */
  readonly returnsSubscribed: boolean
  /** Items of STATUS that each mailbox is to be told with. */
  readonly status: readonly string[]
}

/** @param statusItem reads one item of STATUS */
export function listRequest(wire: Decoder, statusItem: (wire: Decoder) => string): ListRequest {
  wire.sp()
  const selection = wire.sees('(') ? wire.list(() => selectionOption(wire)) : []
  // RECURSIVEMATCH says how to apply another option, so it needs one.
  if (selection.join() === 'RECURSIVEMATCH') wire.fail('list-select-base-opt')
  if (wire.sees(' ')) wire.sp()
  const reference = wire.mailbox()
  wire.sp()
  const patterns = wire.sees('(') ? wire.list(() => wire.listMailbox()) : [wire.listMailbox()]
  return { selection, reference, patterns, ...returnOptions(wire, statusItem) }
}

function selectionOption(wire: Decoder): SelectionOption {
  const name = wire.keyword()
  return selectionOptions.find((option) => option === name) ?? wire.fail('list-select-opt')
}

function returnOptions(wire: Decoder, statusItem: (wire: Decoder) => string) {
  let returnsSubscribed = false
  let status: readonly string[] = []
  if (wire.takes(' RETURN '))
    wire.list(() => {
      const name = wire.keyword()
      if (name === 'SUBSCRIBED') returnsSubscribed = true
      else if (name === 'STATUS') status = wire.sp().list(() => statusItem(wire))
      else if (name !== 'CHILDREN' && name !== 'SPECIAL-USE') wire.fail('return-option')
    })
  return { returnsSubscribed, status }
}
