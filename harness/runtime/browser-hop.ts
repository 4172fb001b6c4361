import { createServer } from 'node:http'
import { wallClock } from './wall-clock.ts'

export interface BrowserHop extends AsyncDisposable {
  /** `http://127.0.0.1:PORT/`: nothing of the address that it leads to. */
  readonly url: string
}

/** Milliseconds for which a hop that was used goes on to turn others away. */
const afterwards = 60_000
const longest = 15 * 60_000

/**
 * A way to an address that must not stand in the arguments of a program, where every user of this machine reads it: the
 * first visitor is led there, every later one is told that it was used. It keeps no process alive.
 */
export async function openBrowserHop(target: string): Promise<BrowserHop> {
  let isUsed = false
  let host = ''
  const server = createServer({ maxHeaderSize: 16_384 }, (request, response) => {
    const isVisit = request.method === 'GET' && request.url === '/' && request.headers.host === host
    const status = !isVisit ? 404 : isUsed ? 410 : 303
    const fields = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', connection: 'close' }
    response.on('error', () => {})
    response.writeHead(status, { ...fields, 'content-length': 0, ...(status === 303 ? { location: target } : {}) })
    response.end()
    if (status === 303) {
      isUsed = true
      cancel()
      cancel = wallClock.after(afterwards, close)
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const close = (): void => {
    cancel()
    server.close()
    server.closeAllConnections()
  }
  let cancel = wallClock.after(longest, close)
  server.unref()
  const address = server.address()
  host = `127.0.0.1:${typeof address === 'object' ? address?.port : address}`
  return { url: `http://${host}/`, [Symbol.asyncDispose]: async () => close() }
}
