import { request as httpsRequest } from 'node:https'

/** Sends requests for Google's hosts to a listener on this machine, over TLS that trusts one authority. */
export const httpsFetch =
  (port: number, ca: string) =>
  async (input: Request): Promise<Response> => {
    const url = new URL(input.url)
    const body = new Uint8Array(await input.arrayBuffer())
    const headers = { ...Object.fromEntries(input.headers), host: url.host, 'content-length': String(body.length) }
    return new Promise((resolve, reject) => {
      const outgoing = httpsRequest(
        {
          host: '127.0.0.1',
          port,
          ca,
          servername: url.hostname,
          method: input.method,
          path: url.pathname + url.search,
          headers,
          agent: false,
        },
        (incoming) => {
          const chunks: Uint8Array<ArrayBuffer>[] = []
          incoming.on('data', (chunk: Uint8Array<ArrayBuffer>) => chunks.push(chunk))
          incoming.on('error', reject)
          incoming.on('end', async () => {
            const received = await new Blob(chunks).arrayBuffer()
            const pairs = incoming.rawHeaders.flatMap((name, at): [string, string][] =>
              at % 2 === 0 ? [[name, incoming.rawHeaders[at + 1]!]] : [],
            )
            const init = { status: incoming.statusCode ?? 0, headers: new Headers(pairs) }
            resolve(new Response(received.byteLength === 0 ? null : received, init))
          })
        },
      )
      outgoing.on('error', reject)
      outgoing.end(body)
    })
  }
