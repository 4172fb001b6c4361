import type { LiveCause } from '../model/live.ts'
import { frontEndTrouble, isTooMany } from './front-end.ts'
import type { Members } from './json-object.ts'

/**
 * What an HTTP answer is that no issuer gives, or gives for now only: pages and redirects in its place, 429, 5xx.
 *
 * @returns undefined for an answer of the issuer’s own, a refusal among them
 */
export function foreignAnswer(response: Response, text: string, members: Members | undefined): LiveCause | undefined {
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
export function answeredWith({ status, headers }: Response, text: string): string {
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
