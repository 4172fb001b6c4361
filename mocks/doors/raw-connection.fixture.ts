import { type Socket, connect as connectTcp } from 'node:net'
import { type TLSSocket, connect } from 'node:tls'

/** What came back on a connection until it was over. */
export interface Received {
  readonly text: string
  /** Of every answer, interim ones included. */
  readonly statuses: readonly number[]
}

export interface Sending {
  /** Ends the client's half behind the octets. */
  readonly end?: boolean
}

/** Sends octets over TLS as they are, and waits until the server closes. A reset is an end like any other. */
export const sendRaw = (
  port: number,
  ca: string,
  octets: string | Uint8Array,
  { end = false }: Sending = {},
): Promise<Received> => {
  const socket = open(port, ca)
  // Deno never calls back for an empty write, and then never closes.
  if (octets.length > 0) socket.write(octets)
  if (end) socket.end()
  return received(socket)
}

/** A TLS connection that is written to bit by bit. */
export const open = (port: number, ca: string): TLSSocket =>
  connect({ host: '127.0.0.1', port, ca, servername: 'accounts.google.com' })

/** A connection without TLS. */
export const openTcp = (port: number): Socket => connectTcp(port, '127.0.0.1')

export const received = (socket: Socket): Promise<Received> =>
  new Promise((resolve) => {
    let text = ''
    socket.setEncoding('latin1')
    socket.on('data', (chunk: string) => {
      text += chunk
    })
    socket.on('error', () => undefined)
    socket.on('close', () =>
      resolve({
        text,
        statuses: Array.from(text.matchAll(/^HTTP\/1\.1 (\d{3}) .*\r\n/gm), ([, digits]) => Number(digits)),
      }),
    )
  })
