import { type LiveContext, shown } from '../context.ts'
import { answeredWith, foreignAnswer } from '../foreign-answer.ts'
import { type Members, jsonObjectIn } from '../json-object.ts'
import { LiveTrouble } from '../trouble.ts'

export type { Members }

/** What an issuer answered over HTTP, as far as it is an issuer’s answer. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** Of a JSON object; undefined where the body is none. */
  readonly members: Members | undefined
  /** Our time less the server’s, whole seconds; undefined where the server tells no time. */
  readonly ahead: number | undefined
}

/**
 * Asks and tells apart what no issuer says.
 *
 * @throws LiveTrouble `captive-portal`, `throttled`, `server-error`, and whatever the way there throws
 */
export async function askIssuer(
  { lines, now, secrets }: Pick<LiveContext, 'lines' | 'now' | 'secrets'>,
  url: string,
  init?: RequestInit,
): Promise<Answer> {
  const sent = now()
  const response = await lines.fetch(url, init)
  const { status, headers } = response
  const ahead = secondsAhead(headers, sent, now())
  const text = await response.text()
  const members = jsonObjectIn(text)
  const trouble = foreignAnswer(response, text, members)
  if (trouble !== undefined)
    throw new LiveTrouble(trouble, shown(`${url} answered ${answeredWith(response, text)}`, secrets))
  return { status, headers, members, ahead }
}

/**
 * Date has whole seconds and is cut, not rounded; a cache says in Age for how long it has had the answer (RFC 9110 §6.6.1,
 * RFC 9111 §5.1). Nothing is ahead that these and the time on the way explain.
 */
function secondsAhead(headers: Headers, sent: number, received: number): number | undefined {
  const date = Date.parse(headers.get('date') ?? '')
  if (Number.isNaN(date)) return undefined
  const age = /^\d{1,9}$/.test(headers.get('age') ?? '') ? Number(headers.get('age')) : 0
  const earliest = date + age * 1000
  if (received < earliest) return Math.round((received - earliest) / 1000)
  const latest = earliest + 1000
  return sent > latest ? Math.round((sent - latest) / 1000) : 0
}
