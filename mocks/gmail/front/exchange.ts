import type { Exchange } from '../command.ts'
import type { Connection } from './connection.ts'

/** What of a command's view only its session knows. */
type Own = Omit<Exchange, 'gmail' | 'untagged' | 'record' | 'bye' | 'opaqueId'>

/** A command's view of the session that runs it. */
export const exchangeOf = (connection: Connection, own: Own): Exchange => ({
  ...own,
  gmail: connection.gmail,
  untagged: (...pieces) => connection.say('* ', ...pieces),
  record: (type, fields) => connection.record.write(type, fields),
  bye: (reason, text) => connection.voice.bye(reason, text),
  opaqueId: () => connection.id,
})
