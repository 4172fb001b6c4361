import { type Socket, createServer } from 'node:net'
import type { Exchange } from './http-observation.ts'
import { serveHttp } from './http-server.ts'
import { type ListenAddress, listen } from './listen.ts'

export interface HttpListenerOptions {
  /** Octets of a body. */
  readonly longestBody: number
  /** Real milliseconds of silence after which a client that owes something is given up. */
  readonly silence?: number
  readonly at?: ListenAddress
}

export interface HttpListener extends AsyncDisposable {
  readonly port: number
}

/** Serves an exchange of our own over HTTP in the clear; nothing of it is held back or spoiled. */
export async function listenHttp(
  exchange: Exchange,
  { longestBody, silence = 10_000, at }: HttpListenerOptions,
): Promise<HttpListener> {
  const sockets = new Set<Socket>()
  let port = 0
  const takeIn = serveHttp(
    exchange,
    { sleep: async () => {} },
    { actor: 'subject', port: () => port, silence, longestBody, reset: (socket) => socket.resetAndDestroy() },
  )
  // A client may end its own half before it has its answer.
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // A client that resets its connection must not end the harness.
    socket.on('error', () => socket.destroy())
    takeIn(socket)
  })
  port = await listen(server, at)
  return {
    port,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
