import { type LiveContext, shown } from '../context.ts'
import { frontEndTrouble, isTooMany } from '../front-end.ts'
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
  const trouble = troubleOf(response, text, members)
  if (trouble !== undefined) throw new LiveTrouble(trouble, shown(`${url} answered ${told(response, text)}`, secrets))
  return { status, headers, members, ahead }
}

function troubleOf(response: Response, text: string, members: Members | undefined) {
  const { status, headers } = response
  // RFC 6585 §6: a network that wants a login first.
  if (status === 511) return 'captive-portal'
  if (isTooMany(status, members)) return 'throttled'
  if (status >= 500) return 'server-error'
  const own = frontEndTrouble(response, text)
  if (own !== undefined) return own
  // Google has no page where JSON is to be, but for addresses that do not exist.
  if (status >= 300 && status < 400) return 'captive-portal'
  return isPage(headers, text, members) && status !== 404 ? 'captive-portal' : undefined
}

const isPage = (headers: Headers, text: string, members: Members | undefined): boolean =>
  mediaType(headers) === 'text/html' || (members === undefined && /^\s*</.test(text))

/** Enough to see who it was that answered: where it leads to, or what the page is called. */
function told({ status, headers }: Response, text: string): string {
  const location = headers.get('location')
  if (location !== null) return `${status} and leads to ${hostIn(location)}`
  const [, title = ''] = /<title[^>]*>\s*([^<]{1,100})/i.exec(text) ?? []
  return title === '' ? `${status}` : `${status} with the page “${title.trim()}”`
}

function hostIn(location: string): string {
  const url = URL.parse(location)
  return url === null ? 'another path' : url.host
}

/** `text/html` of `Text/HTML; charset=utf-8`; empty where nothing is said. */
export const mediaType = (headers: Headers): string =>
  (headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase()

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
