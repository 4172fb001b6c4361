import { type Server, type Socket, createServer } from 'node:net'
import { type TlsOptions, createServer as createTlsServer } from 'node:tls'
import { type Pki, type ServerCertificate, createPki } from '../../mocks/doors/pki.ts'
import { type FarSide, google } from '../live/far-side.ts'
import { type Budget, openLines, usualBudget } from '../live/lines/lines.ts'
import { LiveTrouble } from '../live/trouble.ts'

let made: Promise<Pki> | undefined
/** One authority for all tests of a file. */
export const pki = (): Promise<Pki> => (made ??= createPki())

export interface Far extends AsyncDisposable {
  readonly port: number
  /** How many connections came by now. */
  readonly came: () => number
  /** Once none of them stands any more. */
  gone(): Promise<void>
}

type Play = (socket: Socket) => void

async function listen(server: Server, sockets: Set<Socket>, came: () => number): Promise<Far> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    came,
    gone: async () => {
      const closed = [...sockets].map(
        (socket) => socket.closed || new Promise<void>((resolve) => socket.once('close', () => resolve())),
      )
      await Promise.all(closed)
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

/** A server that speaks no TLS. */
export function farClear(play: Play): Promise<Far> {
  const sockets = new Set<Socket>()
  let came = 0
  const server = createServer((socket) => {
    came += 1
    sockets.add(socket)
    socket.on('error', () => {})
    play(socket)
  })
  return listen(server, sockets, () => came)
}

/** A server that plays its part inside TLS; `certificate` is a good one unless told. */
export async function farTls(
  play: (socket: Socket, below: Socket) => void,
  {
    certificate,
    ...options
  }: { certificate?: ServerCertificate } & Pick<TlsOptions, 'minVersion' | 'maxVersion' | 'ciphers'> = {},
): Promise<Far> {
  const { key, cert } = certificate ?? (await pki())
  const sockets = new Set<Socket>()
  let came = 0
  let last: Socket | undefined
  const server = createTlsServer({ key, cert, ...options }, (socket) => {
    socket.on('error', () => {})
    play(socket, last!)
  })
  server.on('connection', (socket: Socket) => {
    came += 1
    last = socket
    sockets.add(socket)
    socket.on('error', () => {})
  })
  server.on('tlsClientError', () => {})
  return listen(server, sockets, () => came)
}

/** Google and Gmail both at one port. */
export async function farSideAt({ port }: Pick<Far, 'port'>): Promise<FarSide> {
  const here = { host: '127.0.0.1', port }
  const at = { 'accounts.google.com:443': here, 'imap.gmail.com:993': here }
  return { ...google, authorities: (await pki()).ca, at }
}

export async function linesTo(far: Pick<Far, 'port'>, budget: Partial<Budget> = {}, changed: Partial<FarSide> = {}) {
  const { signal } = new AbortController()
  return openLines({ ...(await farSideAt(far)), ...changed }, { budget: { ...usualBudget, ...budget }, signal })
}

export const issuerPage = 'https://accounts.google.com/page'

/** How something ended that had to fail: its cause, and what was said. */
export async function troubleIn(work: Promise<unknown>): Promise<{ readonly cause: string; readonly said: string }> {
  try {
    await work
  } catch (error) {
    if (error instanceof LiveTrouble) return { cause: error.trouble, said: error.message }
    throw error
  }
  throw new Error('it did not fail')
}
