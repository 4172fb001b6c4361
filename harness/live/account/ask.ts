import type { RedirectionEndpoint } from '../../model/subject.ts'
import { errorCode } from '../../runtime/error-code.ts'
import { openRedirectionEndpoint } from '../../runtime/redirection-endpoint.ts'
import { wallClock } from '../../runtime/wall-clock.ts'
import { type ReferencePolicy, referencePolicy } from '../../subjects/reference/policy.ts'
import { SignInProblem, signIn } from '../../subjects/reference/sign-in.ts'
import type { StoredGrant } from '../../subjects/reference/token-store.ts'
import { type LiveContext, shown } from '../context.ts'
import { LiveTrouble } from '../trouble.ts'
import { errorPageLines, openByHand } from './error-pages.ts'
import type { Asking } from './grant.ts'
import { type Issuer, authorizationError, troubleIn } from './openid.ts'
import { redirectOf } from './redirect.ts'

/**
 * Asks the account’s owner in the browser: records `live.consent`.
 *
 * @throws LiveTrouble
 */
export async function askForGrant(
  context: LiveContext,
  issuer: Issuer,
  account: string,
  asking: Asking,
): Promise<StoredGrant> {
  const { scope, mailScope } = context.farSide
  const browser = hintingBrowser(context, asking)
  const answered: Answered = { error: undefined }
  const ports = {
    policy: recordedPolicy(context, answered),
    server: () => Promise.resolve(issuer),
    now: () => context.now(),
    random: (length: number) => context.random(length),
    openBrowser: browser.open,
    redirectionEndpoint: () => redirectionEndpoint(context),
  }
  try {
    // With consent each time: of a grant that was given before, Google would not hand out a refresh token again.
    return await signIn(ports, account, true, { scope, mailScope, patience: asking.patience })
  } catch (error) {
    if (context.signal.aborted) throw new LiveTrouble('interrupted', 'while the browser was asked', { cause: error })
    throw askTrouble(error, answered)
  } finally {
    browser.done()
  }
}

/** An error of the authorization response that came with our `state` and without `iss`. */
interface Answered {
  error: string | undefined
}

/** Learns what the authorization response holds, and records how it ended, before anybody judges it. */
const recordedPolicy = ({ secrets, journal }: LiveContext, answered: Answered): ReferencePolicy => ({
  ...referencePolicy,
  acceptedState(callback, sent) {
    const accepted = referencePolicy.acceptedState(callback, sent)
    if (accepted === undefined) return undefined
    const code = callback.searchParams.get('code')
    if (code !== null) secrets.learn('authorization-code', code)
    const error = callback.searchParams.get('error')
    const told = error === null ? null : shown(error, secrets)
    if (told !== null && !callback.searchParams.has('iss')) answered.error = told
    journal.record('live', 'live.consent', { answer: error === null ? 'granted' : 'refused', error: told })
    return accepted
  },
})

/** Opens the browser without waiting for it, and helps whoever gets no further. */
function hintingBrowser(
  { secrets, farSide }: Pick<LiveContext, 'secrets' | 'farSide'>,
  asking: Asking,
): { open(url: string): Promise<void>; done(): void } {
  let isDone = false
  let cancel = (): void => {}
  const hint = (lines: readonly string[]): void => {
    if (!isDone) asking.hint(lines)
  }
  return {
    async open(url) {
      for (const kind of ['state', 'nonce'] as const) {
        const value = new URL(url).searchParams.get(kind)
        if (value !== null) secrets.learn(kind, value)
      }
      asking.openBrowser(url).catch(() => hint(openByHand(url)))
      cancel = wallClock.after(asking.hintAfter, () => hint(errorPageLines(url, farSide.issuer)))
    },
    done() {
      isDone = true
      cancel()
    },
  }
}

/** The listener that this client may name as its redirect; it closes when a person interrupts. */
async function redirectionEndpoint({ client, farSide, signal }: LiveContext): Promise<RedirectionEndpoint> {
  const { registered, anyPort } = redirectOf(client, farSide.issuer)
  const endpoint = await openRedirectionEndpoint(registered, anyPort).catch((cause: unknown) => {
    const why = `${registered} cannot be listened on (${errorCode(cause) ?? 'no reason told'})`
    throw new LiveTrouble('redirect-refused', why, { cause })
  })
  const close = (): void => void endpoint.close()
  signal.addEventListener('abort', close, { once: true })
  if (signal.aborted) close()
  return {
    ...endpoint,
    close: () => {
      signal.removeEventListener('abort', close)
      return endpoint.close()
    },
  }
}

const reasons = {
  unanswered: 'nobody-answered',
  refused: 'consent-refused',
  'scope-unticked': 'scope-unticked',
  'another-account': 'wrong-account',
  'no-refresh-token': 'no-refresh-token',
} as const

/** Google announces `iss` (RFC 9207); whether its errors have it is not established, and the library reads none without. */
const withoutIssuer = ({ error }: Answered) => (error === undefined ? undefined : { error, description: undefined })

/** The tokens of a refused answer are dropped, not stored: what was stored before is as good as it was. */
function askTrouble(error: unknown, answered: Answered): LiveTrouble {
  const told = authorizationError(error) ?? withoutIssuer(answered)
  if (told !== undefined) {
    const said = [told.error, told.description].filter((part) => part !== undefined).join(': ')
    return new LiveTrouble(told.error === 'access_denied' ? 'consent-denied' : 'consent-refused', said, {
      cause: error,
    })
  }
  // A refused code came from the token endpoint, which knows better what is wrong.
  if (error instanceof SignInProblem && error.reason !== 'refused')
    return new LiveTrouble(reasons[error.reason], error.message, { cause: error })
  return troubleIn(error)
}
