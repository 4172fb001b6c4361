import { type Exchange, command } from '../../command.ts'
import { type StateOf, done, no, ok } from '../../state.ts'
import type { Decoder } from '../../wire/decoder.ts'
import { type SearchKey, searchKeys } from '../../wire/search-key.ts'
import { search as searchMailbox } from '../search.ts'

interface SearchArguments {
  readonly charset: string | null
  readonly key: SearchKey
}

function searchArguments(wire: Decoder): SearchArguments {
  wire.sp()
  const charset = wire.takes('CHARSET ') ? wire.astring() : null
  if (charset !== null) wire.sp()
  return { charset, key: searchKeys(wire) }
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

function run(state: StateOf<'selected'>, { charset, key }: SearchArguments, by: 'uid' | 'number', exchange: Exchange) {
  if (charset !== null && !['US-ASCII', 'UTF-8'].includes(charset.toUpperCase()))
    return done(state, no('[BADCHARSET (UTF-8)] Unsupported charset. (Failure)'))
  const found = searchMailbox(state.mailbox, key)
  const numbers = found.map(({ number, entry }) => (by === 'uid' ? entry.uid : number))
  exchange.untagged(['SEARCH', ...numbers].join(' '))
  return done(state, ok('SEARCH completed (Success)'))
}
