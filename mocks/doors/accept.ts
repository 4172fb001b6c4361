import { type Socket, createServer } from 'node:net'
import { type ListenAddress, listen } from './listen.ts'

export interface Port extends AsyncDisposable {
  readonly port: number
  /** Every socket that is kept and not closed. */
  readonly sockets: ReadonlySet<Socket>
  /** Ends a socket with the port, at the latest. */
  keep(socket: Socket): void
}

/** Takes connections in at an address; disposing ends all of them at once. */
export async function accept(meet: (raw: Socket) => void, at?: ListenAddress): Promise<Port> {
  const sockets = new Set<Socket>()
  const keep = (socket: Socket): void => {
    sockets.add(socket)
    // An error is always followed by close; a client that resets its connection must not end the harness.
    socket.on('error', () => socket.destroy())
    socket.once('close', () => sockets.delete(socket))
  }
  const server = createServer({ noDelay: true }, (raw) => {
    keep(raw)
    meet(raw)
  })
  const port = await listen(server, at)
  return {
    port,
    sockets,
    keep,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
