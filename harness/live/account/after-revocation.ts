import { realWait } from '../../runtime/real-time.ts'
import type { LiveContext } from '../context.ts'
import { type Issuer, type OneMore, tryRefresh } from './openid.ts'

/** Milliseconds in which a revocation must be known everywhere. */
const usualPatience = 20_000

/** Shares of the patience, each pause twice as long as the one before. */
const pauses = [1, 2, 4, 8].map((part) => part / 15)

/**
 * How a refresh ends after a revocation. One that still gives tokens is tried again: “it might take some time before the
 * revocation has full effect” (Google, web-server guide; RFC 7009 §2 calls it a propagation delay).
 *
 * @param patience milliseconds; after them what is granted is granted
 */
export async function afterRevocation(
  issuer: Issuer,
  context: LiveContext,
  { account, refreshToken }: { readonly account: string; readonly refreshToken: string },
  patience = usualPatience,
): Promise<OneMore> {
  let latest = await tryRefresh(issuer, context, account, refreshToken)
  for (const pause of patience === 0 ? [] : pauses) {
    if (latest.after !== 'granted') break
    await waited(patience * pause, context.signal)
    if (context.signal.aborted) break
    const next = await tryRefresh(issuer, context, account, latest.refreshToken)
    // Who could not ask again knows no more than before.
    if (next.after !== 'not-asked') latest = next
  }
  return latest
}

/** Milliseconds between two looks at whether a person has pressed Ctrl-C. */
const step = 200

async function waited(milliseconds: number, signal: AbortSignal): Promise<void> {
  for (let left = milliseconds; left > 0 && !signal.aborted; left -= step) await realWait(Math.min(step, left))
}
