import { connect } from 'node:net'
import type { Dial } from './server-connection.ts'

/** Real milliseconds without a sign of life after which a server that owes an answer is given up. */
const patience = 30_000

/** Reaches a mailbox server over TCP. */
export const dial =
  (host: string, port: number): Dial =>
  ({ receive, drained, closed }) => {
    const socket = connect(port, host)
    let [paused, owed] = [false, false]
    socket.setNoDelay(true)
    // Each octet in either direction begins the time anew.
    socket.setTimeout(patience)
    socket.on('data', receive)
    socket.on('drain', drained)
    socket.on('error', ({ message }) => closed(message))
    socket.once('close', () => closed('ended the connection'))
    socket.on('timeout', () => {
      if (paused || !owed) return
      closed(`gave no answer in ${patience / 1000} seconds`)
      socket.destroy()
    })
    return {
      write: (octets) => void socket.write(octets),
      unsent: () => socket.writableLength,
      pause() {
        paused = true
        socket.pause()
      },
      resume() {
        paused = false
        socket.resume()
      },
      expect(answer) {
        owed = answer
      },
      end() {
        // What is said last may leave; nothing is heard any more.
        socket.end()
        socket.resume()
        socket.unref()
      },
    }
  }
