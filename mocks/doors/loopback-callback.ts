import { type ClientRequest, get } from 'node:http'

/** Octets of an answer that are read before the connection is given up. */
const bodyLimit = 1024 * 1024
const loopbackHosts: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost'])

/**
 * Sends a GET to a redirection endpoint on this machine, as the user's browser does, and waits for the whole answer.
 * Rejects when the address is not a loopback one, nobody listens, or no answer comes in time.
 *
 * @param limit real milliseconds
 */
export function loopbackCallback(url: URL, limit = 10_000): Promise<{ readonly status: number }> {
  if (url.protocol !== 'http:' || !loopbackHosts.has(url.hostname))
    return Promise.reject(new Error('a callback goes to a loopback address only'))
  return new Promise((resolve, reject) => {
    // No pooling: a kept connection would hold the subject's listener open.
    const request = get(url, { agent: false, headers: { accept: 'text/html' } }, (response) => {
      let length = 0
      response.on('data', (chunk: Uint8Array) => {
        length += chunk.length
        if (length > bodyLimit) request.destroy(new Error('the answer is too long'))
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0 }))
      response.on('error', reject)
    })
    request.on('error', reject)
    endAfter(request, limit)
  })
}

/** A real timer: the callback is real traffic, whatever the world's clock says. */
function endAfter(request: ClientRequest, limit: number): void {
  const timer = setTimeout(() => request.destroy(new Error('no answer in time')), limit)
  request.on('close', () => clearTimeout(timer))
}
