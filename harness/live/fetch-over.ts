import { exchange } from '../runtime/http-exchange.ts'
import { Fault } from '../model/fault.ts'
import { requestOf, responseOf } from './http-request.ts'
import type { Budget } from './lines.ts'
import { addressOf, authorityOf, isLoopback } from './route.ts'
import { LiveTrouble } from './trouble.ts'
import type { Ways } from './ways.ts'

/** Octets of a body: Google’s keys, the longest that a run asks for, have some four thousand. */
const mostBody = 1024 * 1024

/**
 * One request on a connection of its own, its whole answer read before it is given back.
 *
 * @throws LiveTrouble; Fault `USAGE` for a URL that is not https, and not http to this machine itself
 */
export async function fetchOver(
  ways: Ways,
  url: URL,
  init: RequestInit,
  { patience }: Pick<Budget, 'patience'>,
): Promise<Response> {
  const to = addressOf(url)
  const where = authorityOf(to)
  const isClear = url.protocol === 'http:' && isLoopback(to.host)
  if (url.protocol !== 'https:' && !isClear)
    throw new Fault('USAGE', `${url.origin} is not asked: nothing there is kept from others`, 'Use its https address.')
  const request = await requestOf(url, init)
  const until = init.signal ?? undefined
  return given(until, where, () =>
    ways.named(where, async () => {
      const line = isClear
        ? await ways.reached('http', to, { until })
        : await ways.secured('http', to, { protocol: 'http/1.1', until })
      return responseOf(await exchange(line, request, { mostBody, patience }), where)
    }),
  )
}

/** As long as its caller has not given it up. */
async function given<T>(until: AbortSignal | undefined, where: string, work: () => Promise<T>): Promise<T> {
  if (until === undefined) return work()
  const givenUp = Promise.withResolvers<never>()
  const giveUp = (): void => {
    const { name } = until.reason instanceof Error ? until.reason : { name: '' }
    givenUp.reject(
      name === 'TimeoutError'
        ? new LiveTrouble('timed-out', `${where}: no answer in the time that was set`)
        : new LiveTrouble('interrupted', `${where}: the request was given up`),
    )
  }
  if (until.aborted) giveUp()
  until.addEventListener('abort', giveUp)
  try {
    return await Promise.race([givenUp.promise, work()])
  } finally {
    until.removeEventListener('abort', giveUp)
  }
}
