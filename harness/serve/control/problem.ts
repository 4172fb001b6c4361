import type { LastPage } from '../../../mocks/user-agent/browser.ts'

/** What is wrong where in a body or a query. */
export interface Flaw {
  /** A JSON Pointer as a fragment (RFC 6901 §6), such as `#/advance`. */
  readonly pointer: string
  readonly detail: string
}

export interface ProblemMore {
  readonly headers?: Readonly<Record<string, string>>
  readonly errors?: readonly Flaw[]
  /** A page of Google's. */
  readonly page?: LastPage
}

/** RFC 9110 §15, RFC 6585 §5. */
const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Content Too Large',
  414: 'URI Too Long',
  415: 'Unsupported Media Type',
  417: 'Expectation Failed',
  422: 'Unprocessable Content',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  505: 'HTTP Version Not Supported',
}

/** Problem details (RFC 9457) that say no more than their status, in words for a person. They repeat no value. */
export const problem = (status: number, detail: string, { headers = {}, errors, page }: ProblemMore = {}): Response => {
  const members = { ...(errors === undefined ? {} : { errors }), ...(page === undefined ? {} : { page }) }
  const details = { type: 'about:blank', title: titles[status], status, detail, ...members }
  return new Response(`${JSON.stringify(details)}\n`, {
    status,
    headers: { ...headers, 'content-type': 'application/problem+json' },
  })
}
