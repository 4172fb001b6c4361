import type { Act, ActOutcome } from '../model/act.ts'
import type { Capability } from '../model/capability.ts'
import type { WorldAccess } from '../model/world.ts'

export const protocolVersion = 1

/** What a subject says of itself when a world begins. */
export interface Manifest {
  readonly protocol: number
  readonly name: string
  readonly version: string
  readonly capabilities: readonly Capability[]
}

/** An HTTP message as plain JSON; `body` is base64. */
export interface RelayedRequest {
  readonly method: string
  readonly url: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
}
export interface RelayedResponse {
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
}

/** Plain JSON both ways, so that thread and process differ only in who carries it. */
export type ToStage =
  | { readonly message: 'load'; readonly module: string }
  | { readonly message: 'begin'; readonly access: WorldAccess; readonly home: string; readonly planted: string | null }
  | { readonly message: 'act'; readonly id: number; readonly act: Act }
  | { readonly message: 'clock'; readonly now: number }
  | { readonly message: 'pulse' }
  | { readonly message: 'end' }
  | { readonly message: 'answered'; readonly id: number; readonly response: RelayedResponse }
  | { readonly message: 'unanswered'; readonly id: number; readonly reason: string }
  | { readonly message: 'browsed'; readonly id: number }

export type FromStage =
  | { readonly message: 'loaded' }
  | { readonly message: 'begun'; readonly manifest: Manifest }
  | { readonly message: 'outcome'; readonly id: number; readonly outcome: ActOutcome }
  /** `due`: epoch milliseconds of the subject's earliest timer. */
  | { readonly message: 'ticked'; readonly due: number | null }
  | { readonly message: 'pulsed'; readonly due: number | null }
  | { readonly message: 'ended' }
  | { readonly message: 'request'; readonly id: number; readonly request: RelayedRequest }
  | { readonly message: 'browse'; readonly id: number; readonly url: string }
  | { readonly message: 'failed'; readonly during: 'load' | 'begin'; readonly reason: string }

export const toBase64 = (bytes: Uint8Array): string => {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(text)
}

export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0))

/** Octets of a body that are relayed: more than any door accepts, so that no answer changes by what is left out. */
const mostRelayed = 1024 * 1024

export const relayRequest = async (request: Request): Promise<RelayedRequest> => ({
  method: request.method,
  url: request.url,
  headers: [...request.headers],
  body: toBase64(await beginningOf(request)),
})

/** The thread or process that is sent a body must hold it, whoever made it and however long. */
async function beginningOf({ body }: Request): Promise<Uint8Array> {
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let left = mostRelayed
  for await (const chunk of body ?? []) {
    chunks.push(chunk.slice(0, left))
    left -= chunk.length
    if (left <= 0) break
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer())
}

export const requestOf = ({ method, url, headers, body }: RelayedRequest): Request =>
  new Request(url, {
    method,
    headers: headers.map(([name, value]) => [name, value] as [string, string]),
    ...(body === '' ? {} : { body: fromBase64(body) }),
  })

export const relayResponse = async (response: Response): Promise<RelayedResponse> => ({
  status: response.status,
  headers: [...response.headers],
  body: toBase64(new Uint8Array(await response.arrayBuffer())),
})

/** The Fetch standard's null body statuses refuse even an empty body. */
const isBodiless = (status: number): boolean => [204, 205, 304].includes(status)

export const responseOf = ({ status, headers, body }: RelayedResponse): Response =>
  new Response(isBodiless(status) ? null : fromBase64(body), {
    status,
    headers: headers.map(([name, value]) => [name, value] as [string, string]),
  })
