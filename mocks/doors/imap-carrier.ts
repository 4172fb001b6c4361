import type { Socket } from 'node:net'
import type { ServeImap } from '../../harness/model/imap-carrier.ts'

/** Octets that a client may leave unread before it is cut off. */
const mostUnread = 96 * 1024 * 1024

/** Protects a connection in its middle: `secured` is told of the socket inside TLS. */
export type Protect = (raw: Socket, secured: (socket: Socket) => void) => void

/**
 * Carries a session over a socket.
 *
 * @param raw the TCP connection below it: what can be reset, and what TLS would begin on
 */
export function carry(serve: ServeImap, socket: Socket, raw: Socket, protect?: Protect): void {
  let current = socket
  /** Writes that have not left; TLS must begin behind them. */
  let pending = 0
  let afterwards: (() => void) | undefined

  const inlet = serve({
    write(octets, sent) {
      if (current.destroyed || current.writableEnded) return
      pending += 1
      current.write(octets, () => {
        pending -= 1
        if (pending === 0) afterwards?.()
        sent?.()
      })
      if (current.writableLength > mostUnread) current.destroy()
    },
    end() {
      current.end()
    },
    // The TCP connection below: a TLS socket cannot be reset on Node. On Deno this closes it, which is all that Deno can.
    reset() {
      raw.resetAndDestroy()
    },
    resume() {
      current.resume()
    },
    unsent: () => (current.destroyed ? 0 : current.writableLength),
    startTls() {
      current.off('data', hear)
      current.pause()
      afterwards = () => {
        afterwards = undefined
        protect?.(raw, (secured) => {
          current = secured
          listen()
        })
      }
      if (pending === 0) afterwards()
    },
  })
  const hear = (octets: Uint8Array): void => {
    if (!inlet.receive(octets)) current.pause()
  }
  const listen = (): void => {
    current.on('data', hear)
    current.on('drain', () => {
      inlet.drained()
      current.resume()
    })
    current.once('end', () => inlet.closed())
    current.once('close', () => inlet.closed())
  }
  listen()
}
