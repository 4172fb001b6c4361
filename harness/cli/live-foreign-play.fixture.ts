import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { usualBudget } from '../live/lines/lines.ts'
import type { Report } from '../model/report.ts'
import { systemDisk } from '../runtime/disk.ts'
import type { TokenStore } from '../subjects/reference/token-store.ts'
import { openVault } from '../vault/vault.ts'
import { verifyLive } from '../verify-live.ts'
import { liveCatalogue } from './catalogue.ts'
import { browserOf, client, person } from './live-foreign-issuer.fixture.ts'
import type { ForeignWorld } from './live-foreign.fixture.ts'
import { livePorts } from './live/ports.ts'

export interface Home extends AsyncDisposable {
  readonly directory: string
  readonly store: TokenStore
}

/** A vault of one’s own. */
export async function openHome(): Promise<Home> {
  const home = await mkdtemp(`${tmpdir()}/live-`)
  const directory = `${home}/vault`
  return {
    directory,
    store: await openVault({ directory, key: crypto.getRandomValues(new Uint8Array(32)), disk: systemDisk }),
    [Symbol.asyncDispose]: () => rm(home, { recursive: true }),
  }
}

export interface Wishes {
  readonly farSide?: Partial<ForeignWorld['farSide']>
  readonly client?: Partial<typeof client>
  readonly account?: string
  readonly writes?: boolean
  readonly revokes?: boolean
  /** Undefined: nobody is there. The person who signs in and grants access unless told. */
  readonly browser?: ((url: string) => Promise<void>) | undefined
}

/** Milliseconds for a person who presses buttons, on a busy machine. */
const patience = 30_000

/** What `oauth-imap live --issuer … --imap … --ca …` does once its options are read. */
export async function play(
  world: Pick<ForeignWorld, 'farSide' | 'pki'>,
  home: Home,
  wishes: Wishes = {},
): Promise<Report> {
  const { account = person.address, writes = false, revokes = false } = wishes
  const browser = 'browser' in wishes ? wishes.browser : browserOf(world.pki.ca)
  const asking =
    browser === undefined ? undefined : { openBrowser: browser, patience, hintAfter: patience, hint: () => {} }
  const { report } = await verifyLive(
    {
      farSide: { ...world.farSide, ...wishes.farSide },
      client: { ...client, ...wishes.client },
      accounts: [
        { account, store: home.store, from: 'vault', asking, again: false, directory: home.directory, writes, revokes },
      ],
      selection: { only: [], steps: [] },
      strict: false,
      includeMail: false,
      budget: usualBudget,
      lanes: 1,
      expectations: { looks: [], known: [] },
    },
    liveCatalogue,
    livePorts(new AbortController().signal),
  )
  return report
}

/** Verdict and reason of each check that did not pass, by its id. */
export const unlikePass = ({ checks }: Report): Readonly<Record<string, string>> =>
  Object.fromEntries(
    checks.filter(({ verdict }) => verdict !== 'pass').map(({ id, verdict, reason }) => [id, `${verdict}: ${reason}`]),
  )
