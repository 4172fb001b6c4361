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
  together: (work) => connection.delivery.turn(work),
  record: (type, fields) => connection.record.write(type, fields),
  waitsAt: (point) => connection.gmail.faults.waitsAt(point),
  roomy: () => connection.roomy,
  resume() {
    work()
    connection.resume()
  },
  unreachable: (problem) => connection.tellFailure(problem),
  failed: (problem) => connection.abandon(problem),
})
