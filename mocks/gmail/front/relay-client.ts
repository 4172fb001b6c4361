import type { Connection } from './connection.ts'
import type { RelayClient } from './core-port.ts'

/**
 * A connection as the mailbox server behind it sees it.
 *
 * @param work hears the client again
 */
export const relayClientOf = (connection: Connection, work: () => void): RelayClient => ({
  pass(line) {
    if (connection.open) connection.voice.pass(line)
  },
  together: (lines) => connection.delivery.turn(lines),
  record: (type, fields) => connection.record.write(type, fields),
  keepsLiterals: () => connection.gmail.faults.waitsAt('literal'),
  roomy: () => connection.roomy,
  resume() {
    work()
    connection.resume()
  },
  failed: (problem) => connection.abandon(problem),
})
