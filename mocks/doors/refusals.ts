import { page } from '../google/answers.ts'

/** What HTTP itself answers, before any handler is asked. */
const refusals = {
  malformed: [400, 'Bad Request'],
  'content-too-large': [413, 'Content Too Large'],
  'target-too-long': [414, 'URI Too Long'],
  'expectation-unknown': [417, 'Expectation Failed'],
  misdirected: [421, 'Misdirected Request'],
  'fields-too-large': [431, 'Request Header Fields Too Large'],
  failed: [500, 'Internal Server Error'],
  'not-implemented': [501, 'Not Implemented'],
  'version-not-supported': [505, 'HTTP Version Not Supported'],
} as const

/** Why a request is refused by HTTP (RFC 9110 §15, RFC 6585 §5). */
export type Problem = keyof typeof refusals

export const refusalPage = (problem: Problem): Response => {
  const [status, title] = refusals[problem]
  return page(status, `Error ${status} (${title})!!1`, `<p><b>${status}.</b> ${title}.</p>`)
}

/** Octets of what an honest client sends, with room: an authorization request of some two thousand, a form of as many. */
export const limits = { target: 16 * 1024, fields: 32 * 1024, body: 64 * 1024 } as const

interface Measured {
  readonly target: string
  readonly headers: readonly (readonly [name: string, value: string])[]
}

/**
 * RFC 9110 §15.5.15, RFC 6585 §5, RFC 9110 §15.5.14: the first part of a request that is longer than any honest one.
 *
 * @param longestBody octets
 */
export function tooLarge(
  { target, headers }: Measured,
  bodyLength: number,
  longestBody: number = limits.body,
): Problem | undefined {
  if (target.length > limits.target) return 'target-too-long'
  if (headers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0) > limits.fields)
    return 'fields-too-large'
  return bodyLength > longestBody ? 'content-too-large' : undefined
}
