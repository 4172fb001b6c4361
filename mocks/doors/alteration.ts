import type { RequestHandler } from 'msw'
import { http } from 'msw/http'
import { getResponse } from 'msw/utils/get-response'
import type { Alteration } from '../../harness/model/alteration.ts'

/** The handlers behind an alteration; themselves when there is none. */
export function alteredHandlers(
  handlers: readonly RequestHandler[],
  alteration: Alteration | undefined,
): readonly RequestHandler[] {
  if (alteration === undefined) return handlers
  const list = [...handlers]
  const answer = alteration(async (request) => (await getResponse(list, request)) ?? Response.error())
  return [http.all('*', ({ request }) => answer(request))]
}
