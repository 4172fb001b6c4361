import type { CallbackVariant } from '../../harness/model/observation.ts'
import type { UserScript } from '../../harness/model/scenario.ts'
import { Masking } from '../doors/masking.ts'
import type { Account, MockWorld } from '../mock-world.ts'
import { Browser, described } from './browser.ts'
import { callbackUrl } from './callback-variants.ts'

export interface UserAgentPorts {
  /** Reaches the mocked hosts; it does not follow redirects. */
  fetch(request: Request): Promise<Response>
  /** Sends a GET to the redirection endpoint; rejects when nobody listens there. */
  callback(url: URL): Promise<{ readonly status: number }>
  readonly account: Account
}

export interface UserAgent {
  /** Opens a URL as the system's browser would, and plays the user until the last callback is answered. */
  open(url: string): Promise<void>
  /** How the user behaves from now on; what is not named stays as it was. */
  script(script: Partial<UserScript>): void
}

/** A user who agrees to everything. */
export const agreeable: UserScript = {
  decision: 'allow',
  ticks: 'all',
  warning: 'continue',
  accessFor: null,
  callbacks: ['true'],
}

/** One user with a browser of their own: cookies last for the world's life. */
export function createUserAgent(world: MockWorld, { fetch, callback, account }: UserAgentPorts): UserAgent {
  const { journal, secrets } = world
  const browser = new Browser(world, fetch)
  let script = agreeable

  const send = async (variant: CallbackVariant, response: URL): Promise<void> => {
    const url = callbackUrl(response, variant, secrets)
    const parameters = new Masking(secrets).parameters(url.searchParams)
    const answer = await callback(url).catch(() => null)
    const status = answer?.status ?? null
    journal.record('user-agent', 'ua.callback.sent', { variant, to: described(url.href, world), parameters, status })
  }

  return {
    async open(url) {
      const journey = await browser.open(url, { account, script })
      if (journey.end === 'redirected')
        for (const variant of script.callbacks) await send(variant, new URL(journey.location))
    },
    script: (changes) => {
      script = { ...script, ...changes }
    },
  }
}
