import { Fault } from '../../harness/model/fault.ts'
import { addresses, isMocked } from '../google/endpoints.ts'
import type { Account, MockWorld } from '../mock-world.ts'
import { Browser, type JourneyEnd } from './browser.ts'
import { agreeable } from './user-agent.ts'

/** What a person would do in the browser at an authorization URL. */
export interface Consent {
  readonly url: string
  /** The address of one of the world's accounts. */
  readonly account: string
  readonly decision: 'grant' | 'deny'
  /** Which of the scopes that may be unticked stay ticked; all unless told. */
  readonly scopes?: readonly string[]
}

export interface ConsentPorts {
  readonly accounts: readonly Account[]
  /** Reaches the mocked hosts; it does not follow redirects. */
  fetch(request: Request): Promise<Response>
}

/**
 * Plays the owner of any account at an authorization URL and tells where that ended; the client's redirection endpoint is
 * not visited. Each account has a browser of its own, whose cookies last for the world's life.
 *
 * @throws Fault `USAGE` for an address that is none of Google's, `UNKNOWN_NAME` for an unknown account
 */
export function createConsents(
  world: MockWorld,
  { accounts, fetch }: ConsentPorts,
): (consent: Consent) => Promise<JourneyEnd> {
  const browsers = new Map(accounts.map((account) => [account, new Browser(world, fetch)]))
  return async ({ url, account: address, decision, scopes }) => {
    const account = accounts.find((each) => each.address === address)
    const browser = account && browsers.get(account)
    // Neither address is repeated: whoever mistakes one member for another may send a secret in it.
    if (account === undefined || browser === undefined)
      throw new Fault('UNKNOWN_NAME', 'This world has no such account.', `Its accounts: ${known(accounts)}.`)
    if (!isMocked(URL.parse(url)?.origin ?? ''))
      throw new Fault(
        'USAGE',
        'The URL is no address of Google’s.',
        `Such as ${addresses['authorization-endpoint'][0]}?…`,
      )
    const script = { ...agreeable, decision: decision === 'grant' ? 'allow' : 'deny', ticks: scopes ?? 'all' } as const
    return browser.open(url, { account, script })
  }
}

const known = (accounts: readonly Account[]): string => accounts.map(({ address }) => address).join(', ')
