import { type Exchange, command } from '../../command.ts'
import { type StateOf, bad, done, no, ok } from '../../state.ts'
import type { Decoder } from '../../wire/decoder.ts'
import { type SearchKey, asksModSeq, searchKeys } from '../../wire/search-key.ts'
import { formatSequenceSet } from '../../wire/sequence-set.ts'
import type { Numbered } from '../open-mailbox.ts'
import { search as searchMailbox } from '../search.ts'

const resultOptions = ['MIN', 'MAX', 'COUNT', 'ALL'] as const
type ResultOption = (typeof resultOptions)[number]

interface SearchArguments {
  /** RFC 4731; null asks for the plain answer. */
  readonly results: readonly ResultOption[] | null
  readonly charset: string | null
  readonly key: SearchKey
}

function searchArguments(wire: Decoder): SearchArguments {
  wire.sp()
  const results = wire.takes('RETURN ') ? wire.list(() => resultOption(wire)) : null
  if (results !== null) wire.sp()
  const charset = wire.takes('CHARSET ') ? wire.astring() : null
  if (charset !== null) wire.sp()
  return { results: results?.length === 0 ? ['ALL'] : results, charset, key: searchKeys(wire) }
}

function resultOption(wire: Decoder): ResultOption {
  const name = wire.keyword()
  return resultOptions.find((option) => option === name) ?? wire.fail('search-return-opt')
}

/** SEARCH (RFC 3501 §6.4.4): answers with sequence numbers. */
export const search = command('SEARCH', ['selected'], {
  holdsExpunge: true,
  arguments: searchArguments,
  run: (state, args, exchange) => run(state, args, 'number', exchange),
})

/** UID SEARCH (RFC 3501 §6.4.8): answers with UIDs. */
export const uidSearch = command('UID SEARCH', ['selected'], {
  arguments: searchArguments,
  run: (state, args, exchange) => run(state, args, 'uid', exchange),
})

function run(state: StateOf<'selected'>, args: SearchArguments, by: 'uid' | 'number', exchange: Exchange) {
  const { charset, key, results } = args
  // RFC 9755 §3: after ENABLE UTF8=ACCEPT there is nothing left to say about charsets.
  if (charset !== null && exchange.enabled.has('UTF8=ACCEPT'))
    return done(state, bad('CHARSET is not allowed after UTF8=ACCEPT.'))
  if (charset !== null && !['US-ASCII', 'UTF-8'].includes(charset.toUpperCase()))
    return done(state, no('[BADCHARSET (UTF-8)] Unsupported charset. (Failure)'))
  if (asksModSeq(key)) exchange.enabled.add('CONDSTORE')
  const found = searchMailbox(state.mailbox, key)
  const numbers = found.map(({ number, entry }) => (by === 'uid' ? entry.uid : number))
  const modSeq = asksModSeq(key) && found.length > 0 ? highestOf(found) : null
  if (results !== null) exchange.untagged(extended(results, numbers, modSeq, by, exchange))
  else exchange.untagged(['SEARCH', ...numbers, ...(modSeq === null ? [] : [`(MODSEQ ${modSeq})`])].join(' '))
  return done(state, ok('SEARCH completed (Success)'))
}

const highestOf = (found: readonly Numbered[]): number =>
  found.reduce((highest, { entry }) => Math.max(highest, entry.message.modSeq), 0)

/** The ESEARCH response (RFC 4731 §3.1). */
function extended(
  results: readonly ResultOption[],
  numbers: readonly number[],
  modSeq: number | null,
  by: 'uid' | 'number',
  { tag }: Exchange,
): string {
  const [min, max] = [numbers[0], numbers.at(-1)]
  const told: Readonly<Record<ResultOption, string | number | undefined>> = {
    MIN: min,
    MAX: max,
    COUNT: numbers.length,
    ALL: numbers.length === 0 ? undefined : formatSequenceSet(numbers),
  }
  const items = resultOptions.filter((option) => results.includes(option) && told[option] !== undefined)
  return [
    `ESEARCH (TAG "${tag.replace(/["\\]/g, '\\$&')}")`,
    ...(by === 'uid' ? ['UID'] : []),
    ...items.map((option) => `${option} ${told[option]}`),
    ...(modSeq === null ? [] : [`MODSEQ ${modSeq}`]),
  ].join(' ')
}
