import { type Pki, createPki } from '../../mocks/doors/pki.ts'
import { mockedHosts } from '../../mocks/google/endpoints.ts'
import type { ClientCredentials } from '../model/world.ts'
import type { Alterations } from '../model/alteration.ts'
import { type FarSide, google } from '../live/far-side.ts'
import { createRandom } from '../random.ts'
import { type OpenServedWorld, openServedWorld } from '../serve/open-served-world.ts'
import { readSetup } from '../serve/world-setup.ts'

/** The mocks of Google and Gmail as the far side of a live run: real sockets, real TLS; only host table and CA differ. */
export interface FarWorld extends AsyncDisposable {
  readonly farSide: FarSide
  readonly client: ClientCredentials
  readonly accounts: readonly string[]
  readonly world: OpenServedWorld
  readonly pki: Pki
  /** Plays the person in the browser: goes where the client sends it, decides, and follows the way back. */
  browser(person?: {
    readonly account?: string
    readonly decision?: 'grant' | 'deny'
    readonly scopes?: readonly string[]
  }): (url: string) => Promise<void>
}

let shared: Promise<Pki> | undefined

/**
 * @param file of a world; the usual one unless told
 * @param seed of everything that the world makes up
 */
export async function openFarWorld(file?: string, alterations: Alterations = {}, seed = 7): Promise<FarWorld> {
  const pki = await (shared ??= createPki())
  const setup = await readSetup(file, createRandom(1), Date.now())
  const world = await openServedWorld({ setup, seed, pki, at: { google: {}, imap: {}, proxy: {} }, alterations })
  const front = await alterations.door?.(world.ports.imap, pki)
  const here = (port: number) => ({ host: '127.0.0.1', port })
  const at = {
    ...Object.fromEntries(mockedHosts.map((host) => [`${host}:443`, here(world.ports.google)])),
    'imap.gmail.com:993': here(front?.port ?? world.ports.imap),
  }
  return {
    farSide: { ...google, authorities: pki.ca, at },
    client: setup.clients[0]!,
    accounts: setup.accounts.map(({ address }) => address),
    world,
    pki,
    browser:
      ({ account = setup.accounts[0]!.address, decision = 'grant', scopes } = {}) =>
      async (url) => {
        const end = await world.consent({ url, account, decision, ...(scopes === undefined ? {} : { scopes }) })
        if (end.end === 'redirected') await fetch(end.location)
      },
    async [Symbol.asyncDispose]() {
      await front?.[Symbol.asyncDispose]()
      await world[Symbol.asyncDispose]()
    },
  }
}
