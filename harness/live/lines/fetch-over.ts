import { exchange } from '../../runtime/http-exchange.ts'
import { requestOf, responseOf } from './http-request.ts'
import type { Budget } from './lines.ts'
import { addressOf, authorityOf, isLoopback } from './route.ts'
import { LiveTrouble } from '../trouble.ts'
import type { Ways } from './ways.ts'

/** Octets of a body: Google’s keys, the longest that a run asks for, have some four thousand. */
const mostBody = 1024 * 1024

/**
 * One request on a connection of its own, its whole answer read before it is given back.
 *
 * @param limits `clear`: the issuer is itself one of http, on this machine. Any other could lead a client’s secret to
 *   whatever else listens here
 * @throws LiveTrouble; `not-understood` for what is not https, and not http to this machine itself: a server told us to go
 *   there
 */
export async function fetchOver(
  ways: Ways,
  url: string | URL,
  init: RequestInit,
  { patience, clear }: Pick<Budget, 'patience'> & { readonly clear: boolean },
): Promise<Response> {
  const target = URL.parse(`${url}`)
  if (target === null) throw new LiveTrouble('not-understood', 'what shall be asked is no URL')
  const to = addressOf(target)
  const where = authorityOf(to)
  const isClear = clear && target.protocol === 'http:' && isLoopback(to.host)
  if (target.protocol !== 'https:' && !isClear)
    throw new LiveTrouble('not-understood', `${target.protocol}//${target.host} is not asked: it is not https`)
  const request = await requestOf(target, init)
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
