import type { Observed } from '../../harness/model/observation.ts'
import type { TransportFault } from '../../harness/model/response-fault.ts'
import { transportOf } from '../google/faults/transport.ts'

/** An answer as it is to leave. */
export interface WireAnswer {
  /** 0 stands for no answer at all. */
  readonly status: number
  /** `content-length` among them where RFC 9110 §8.6 wants it. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array<ArrayBuffer>
  readonly transport: TransportFault | undefined
}

type Told = Omit<Observed['http.response'], 'endpoint' | 'to'>

/** RFC 9110 §8.6: these carry no Content-Length. */
const bodiless: ReadonlySet<number> = new Set([204, 304])

/** Reads what the handlers answered, once. */
export async function wireAnswerOf(response: Response, method: string, now: number): Promise<WireAnswer> {
  const { status } = response
  if (response.type === 'error') return { status, headers: [], body: new Uint8Array(), transport: undefined }
  const content = new Uint8Array(await response.arrayBuffer())
  const headers = [...response.headers].filter(([name]) => name !== 'content-length' && name !== 'transfer-encoding')
  // RFC 9110 §6.6.1, in the world's own time.
  if (!response.headers.has('date')) headers.push(['date', new Date(now).toUTCString()])
  if (!bodiless.has(status)) headers.push(['content-length', String(content.length)])
  return { status, headers, body: method === 'HEAD' ? new Uint8Array() : content, transport: transportOf(response) }
}

/** What the client gets to know of an answer: a connection that breaks keeps the rest from it. */
export function toldBy({ status, headers, body, transport }: WireAnswer, mask: (text: string) => string): Told {
  if (transport?.kind === 'reset') return { status: 0, contentType: null, transport: transport.kind }
  const field = (name: string): string | null => headers.find(([other]) => other === name)?.[1] ?? null
  const arriving = transport?.kind === 'truncation' ? body.subarray(0, transport.after) : body
  return {
    status,
    contentType: field('content-type'),
    ...errorIn(field('content-type'), field('location'), arriving, mask),
    ...(transport === undefined ? {} : { transport: transport.kind }),
  }
}

/** The error that a JSON body or a redirect carries (RFC 6749 §5.2 and §4.1.2.1). */
function errorIn(
  contentType: string | null,
  location: string | null,
  body: Uint8Array,
  mask: (text: string) => string,
): Partial<Told> {
  const url = URL.parse(location ?? '')
  const members = url === null ? jsonMembers(contentType, body) : Object.fromEntries(url.searchParams)
  const { error, error_description: description } = members
  return {
    ...(typeof error === 'string' ? { error: mask(error) } : {}),
    ...(typeof description === 'string' ? { description: mask(description) } : {}),
  }
}

function jsonMembers(contentType: string | null, body: Uint8Array): Record<string, unknown> {
  if (contentType?.startsWith('application/json') !== true) return {}
  try {
    const document: unknown = JSON.parse(new TextDecoder().decode(body))
    return typeof document === 'object' && document !== null ? (document as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
