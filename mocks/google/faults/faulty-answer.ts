import type { Json, ResponseFault } from '../../../harness/model/response-fault.ts'
import { spoil } from './transport.ts'

/** The Fetch standard's null body statuses; a Response of these refuses any body. */
const nullBodyStatuses: ReadonlySet<number> = new Set([204, 205, 304])

/** Whether a fault stands in front of the rules. */
export const replaces = ({ status, body, members, without }: ResponseFault): boolean =>
  (status !== undefined || body !== undefined) && members === undefined && without === undefined

/** What the fault says alone. Unless its headers tell otherwise, the body is served as what it looks like. */
export function replacement({ status = 200, body = '' }: ResponseFault): Response {
  const type = /^\s*[[{]/.test(body) ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8'
  return answerOf(status, body, new Headers({ 'content-type': type }))
}

/** The rules' own answer with what the fault names replaced. An answer that is no JSON object counts as an empty one. */
export async function altered(response: Response, fault: ResponseFault): Promise<Response> {
  const { members, without = [], status = response.status } = fault
  if (members === undefined && fault.without === undefined)
    return answerOf(status, await response.text(), response.headers)
  const changed = Object.entries({ ...jsonObject(await response.text()), ...members })
  const document = Object.fromEntries(changed.filter(([name]) => !without.includes(name)))
  return answerOf(status, `${JSON.stringify(document, null, 2)}\n`, response.headers)
}

/** The answer as it leaves: header fields last, because a date among them is that of the moment. */
export function leaving(
  answer: Response,
  { headers = {}, retryAfter, transport }: ResponseFault,
  now: number,
): Response {
  if (retryAfter !== undefined) answer.headers.set('retry-after', retryAfterOf(retryAfter, now))
  for (const [name, value] of Object.entries(headers))
    if (value === null) answer.headers.delete(name)
    else answer.headers.set(name, value)
  return transport === undefined ? answer : spoil(answer, transport)
}

/** Octets, because a Response made of text would add a content type of its own. */
const answerOf = (status: number, body: string, headers: Headers): Response =>
  new Response(nullBodyStatuses.has(status) || body === '' ? null : new TextEncoder().encode(body), { status, headers })

function jsonObject(text: string): Readonly<Record<string, Json>> {
  try {
    const document: unknown = JSON.parse(text)
    return typeof document === 'object' && document !== null && !Array.isArray(document)
      ? (document as Record<string, Json>)
      : {}
  } catch {
    return {}
  }
}

/** RFC 9110 §10.2.3 and §5.6.7. */
const retryAfterOf = ({ seconds, form }: NonNullable<ResponseFault['retryAfter']>, now: number): string =>
  form === 'delay-seconds' ? String(seconds) : new Date(now + seconds * 1000).toUTCString()
