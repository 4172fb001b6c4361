/** How the pages of Google’s front end are called, before whatever host it stands: `Error 404 (Not Found)!!1`. */
const ownPage = /<title>\s*Error (\d{3})\b[^<]*!!1\s*<\/title>/i

/** Where it leads a network whose requests look like a machine’s. */
const suspicion = 'https://www.google.com/sorry/'

/**
 * What Google’s own front end tells by a page or a redirect: neither comes from a network that wants a login first. Who
 * refreshes too often gets a page with 403 (github.com/googleapis/google-oauth-java-client issue 57).
 *
 * @returns undefined for what is none of its, and for what is not there
 */
export function frontEndTrouble(
  { status, headers }: Pick<Response, 'status' | 'headers'>,
  text: string,
): 'throttled' | 'not-understood' | undefined {
  if (status === 404) return undefined
  if (headers.get('location')?.startsWith(suspicion) === true) return 'throttled'
  const [, told] = ownPage.exec(text) ?? []
  if (told === undefined) return undefined
  return ['403', '429'].includes(told) ? 'throttled' : 'not-understood'
}

/** RFC 6585 §4; Google tells some by 403, in `error` or in `error_code` (limited-input device guide). */
export const isTooMany = (status: number, answer: Readonly<Record<string, unknown>> | undefined): boolean =>
  status === 429 || [answer?.['error'], answer?.['error_code']].includes('rate_limit_exceeded')
