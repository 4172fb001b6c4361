import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { CallbackRequest, RedirectionEndpoint } from '../model/subject.ts'

const mostHeaderBytes = 16_384
const mostBodyBytes = 65_536

/**
 * The loopback listener with which a desktop program receives its authorization response (RFC 8252 §7.3).
 *
 * @param registered a loopback address that must be met exactly, as of a web client
 * @param anyPort whether a port that is free is put into it
 * @throws with code `EADDRINUSE` or `EACCES` where that port cannot be had
 */
export async function openRedirectionEndpoint(
  registered = 'http://127.0.0.1/',
  anyPort: boolean = registered === 'http://127.0.0.1/',
): Promise<RedirectionEndpoint> {
  const arrivals = queue<CallbackRequest>()
  const server = createServer({ maxHeaderSize: mostHeaderBytes }, (incoming, outgoing) => {
    outgoing.on('error', () => {})
    void receive(incoming, outgoing, redirectUri).then((request) => request && arrivals.add(request))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(anyPort ? 0 : portOf(registered), '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : address
  const redirectUri = anyPort ? registered.replace(/^http:\/\/[^/?#]+/, `$&:${port}`) : registered

  return {
    redirectUri,
    requests: arrivals,
    close: () =>
      new Promise<void>((resolve) => {
        arrivals.end()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const portOf = (url: string): number => Number(new URL(url).port || 80)

async function receive(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  base: string,
): Promise<CallbackRequest | undefined> {
  const answer = (status: number, html: string): Promise<void> => respond(outgoing, status, html)
  const url = URL.parse(incoming.url ?? '', base)
  if (url === null) return void (await answer(400, 'Bad request'))
  if (!(await isShort(incoming))) return void (await answer(413, 'Too much'))
  return { method: incoming.method ?? '', url, answer }
}

/** Reads the body to its end, since a browser may wait for that; nothing of it is kept. */
async function isShort(incoming: IncomingMessage): Promise<boolean> {
  let length = 0
  try {
    for await (const chunk of incoming) if ((length += (chunk as Uint8Array).length) > mostBodyBytes) return false
  } catch {
    // A browser that went away needs no answer, and answering it does no harm.
  }
  return true
}

/** Resolves when the answer is sent, or when nobody is there to take it. */
function respond(outgoing: ServerResponse, status: number, html: string): Promise<void> {
  return new Promise((resolve) => {
    if (outgoing.destroyed || outgoing.writableEnded) return resolve()
    outgoing.once('close', resolve)
    outgoing.once('finish', resolve)
    outgoing.writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'content-length': new TextEncoder().encode(html).length,
      // The URL of this page holds the code: it goes into no cache and no referrer.
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      connection: 'close',
    })
    outgoing.end(html)
  })
}

interface Queue<T> extends AsyncIterable<T> {
  add(item: T): void
  end(): void
}

function queue<T>(): Queue<T> {
  const items: T[] = []
  let ended = false
  let wake = (): void => {}
  const changed = (): void => wake()
  return {
    add(item) {
      items.push(item)
      changed()
    },
    end() {
      ended = true
      changed()
    },
    async *[Symbol.asyncIterator]() {
      while (true) {
        const item = items.shift()
        if (item !== undefined) yield item
        else if (ended) return
        else await new Promise<void>((resolve) => (wake = resolve))
      }
    },
  }
}
