import type { Decoder } from './decoder.ts'

const selectionOptions = ['SUBSCRIBED', 'REMOTE', 'RECURSIVEMATCH', 'SPECIAL-USE'] as const
export type SelectionOption = (typeof selectionOptions)[number]

/** More than anybody needs; a pattern is tried on every name. */
const mostPatterns = 64
const longestPattern = 1000

/** What a LIST asks for (RFC 5258, RFC 5819, RFC 6154). */
export interface ListRequest {
  /** Whether it has options or several patterns: an empty pattern then asks for nothing. */
  readonly extended: boolean
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
  const selects = wire.sees('(')
  const selection = selects ? wire.list(() => selectionOption(wire)) : []
  // RECURSIVEMATCH says how to apply another option, so it needs one that selects.
  if (selection.length > 0 && !selection.some((option) => option !== 'RECURSIVEMATCH' && option !== 'REMOTE'))
    if (selection.includes('RECURSIVEMATCH')) wire.fail('list-select-base-opt')
  if (selects) wire.sp()
  const reference = wire.mailbox()
  wire.sp()
  const several = wire.sees('(')
  const patterns = several ? wire.list(() => pattern(wire)) : [pattern(wire)]
  if (patterns.length === 0 || patterns.length > mostPatterns) wire.fail(`1 to ${mostPatterns} patterns`)
  const returns = wire.takes(' RETURN ')
  const options = returns ? returnOptions(wire, statusItem) : { returnsSubscribed: false, status: [] }
  return { extended: selects || several || returns, selection, reference, patterns, ...options }
}

/** LSUB and XLIST: a reference and one pattern. */
export const oldListRequest = (wire: Decoder): { readonly reference: string; readonly pattern: string } => ({
  reference: wire.sp().mailbox(),
  pattern: pattern(wire.sp()),
})

function pattern(wire: Decoder): string {
  const text = wire.listMailbox()
  return text.length > longestPattern ? wire.fail(`at most ${longestPattern} characters`) : text
}

function selectionOption(wire: Decoder): SelectionOption {
  const name = wire.keyword()
  return selectionOptions.find((option) => option === name) ?? wire.fail('list-select-opt')
}

function returnOptions(wire: Decoder, statusItem: (wire: Decoder) => string) {
  let returnsSubscribed = false
  let status: readonly string[] = []
  wire.list(() => {
    const name = wire.keyword()
    if (name === 'SUBSCRIBED') returnsSubscribed = true
    else if (name === 'STATUS') status = wire.sp().list(() => statusItem(wire))
    else if (name !== 'CHILDREN' && name !== 'SPECIAL-USE') wire.fail('return-option')
  })
  return { returnsSubscribed, status }
}
