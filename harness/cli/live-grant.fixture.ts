import { afterEach, beforeEach } from 'vitest'
import type { AccountAccess, Asking } from '../live/account/grant.ts'
import { LiveTrouble } from '../live/trouble.ts'
import type { LiveContext } from '../live/context.ts'
import { openLines, usualBudget } from '../live/lines/lines.ts'
import { openJournal } from '../journal.ts'
import type { LiveCause, ObservedLive } from '../model/live.ts'
import type { Journal } from '../model/observation.ts'
import type { ResponseFault } from '../model/response-fault.ts'
import { createRandom } from '../random.ts'
import { makeTemporaryDirectory, readBytes, removeTree, walk } from '../runtime/files.ts'
import { wallClock } from '../runtime/wall-clock.ts'
import { openSecrets } from '../secrets.ts'
import type { TokenStore } from '../subjects/reference/token-store.ts'
import { openVault } from '../vault/vault.ts'
import { type FarWorld, openFarWorld } from './far-world.fixture.ts'

export const vaultKey = new Uint8Array(32).fill(7)

/** One account of a live run against a world, with a vault of its own. */
export interface Signing extends AsyncDisposable {
  readonly context: LiveContext
  readonly account: string
  readonly directory: string
  readonly store: TokenStore
  /** What a person was told. */
  readonly hints: string[]
  /** What was recorded until now. */
  journal(): Journal
  fields<T extends keyof ObservedLive>(type: T): readonly ObservedLive[T][]
  access(told?: Partial<AccountAccess>): AccountAccess
  asking(openBrowser: Asking['openBrowser'], told?: Partial<Asking>): Asking
  /** Names and octets of the vault’s files. */
  vault(): Promise<Readonly<Record<string, string>>>
}

export async function openSigning(world: FarWorld, told: Partial<LiveContext> = {}): Promise<Signing> {
  const directory = await makeTemporaryDirectory('oauth-imap-grant')
  const store = await openVault({ directory, key: vaultKey })
  const secrets = openSecrets(createRandom(0))
  const journal = openJournal({ scenario: 'live-account', door: 'tls', seed: 0 }, () => 0)
  const signal = told.signal ?? new AbortController().signal
  const lines = openLines(world.farSide, { budget: usualBudget, signal })
  const [account] = world.accounts as [string]
  const hints: string[] = []
  const context: LiveContext = {
    ...{ farSide: world.farSide, client: world.client, journal, secrets, lines, signal, includeMail: false },
    now: wallClock.now,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    look: () => {},
    progress: () => {},
    ...told,
  }
  const soFar = (): Journal => ({ ...journal.seal(), observations: journal.soFar() }) as Journal
  return {
    ...{ context, account, directory, store, hints },
    journal: soFar,
    fields: (type) => journal.soFar().flatMap((each) => (each.type === type ? [each.fields as never] : [])),
    access: (more = {}) => ({ account, store, from: 'vault', asking: undefined, again: false, ...more }),
    asking: (openBrowser, more = {}) => ({
      ...{ openBrowser, patience: 8000, hintAfter: 20_000, hint: (lines) => void hints.push(...lines) },
      ...more,
    }),
    async vault() {
      const files = (await walk(directory)).map(async ({ path }) => {
        const text = new TextDecoder('latin1').decode(await readBytes(`${directory}/${path}`))
        return [path, text] as const
      })
      return Object.fromEntries(await Promise.all(files))
    },
    async [Symbol.asyncDispose]() {
      await lines[Symbol.asyncDispose]()
      await removeTree(directory)
    },
  }
}

/** The trouble that some work ends with. */
export const troubleOf = (work: Promise<unknown>): Promise<{ readonly cause: LiveCause; readonly said: string }> =>
  work.then(
    () => Promise.reject(new Error('there was no trouble')),
    (error: unknown) => {
      if (error instanceof LiveTrouble) return { cause: error.trouble, said: error.message }
      throw error
    },
  )

/** A world for each test of the file, and the accounts that sign in there. */
export interface EachFar {
  readonly world: FarWorld
  signing(told?: Partial<LiveContext>, of?: FarWorld): Promise<Signing>
  /** What the token endpoint answers from now on. */
  planted(answer: Partial<ResponseFault>): void
}

/** Opens the world before each test, and ends it and all signings afterwards. */
export function eachInFarWorld(): EachFar {
  let world: FarWorld
  const signings: Signing[] = []
  beforeEach(async () => {
    world = await openFarWorld()
  })
  afterEach(async () => {
    for (const signing of signings.splice(0)) await signing[Symbol.asyncDispose]()
    await world[Symbol.asyncDispose]()
  })
  return {
    get world() {
      return world
    },
    async signing(told, of = world) {
      const opened = await openSigning(of, told)
      signings.push(opened)
      return opened
    },
    planted: (answer) =>
      world.world.google.fault({ name: 'planted', endpoint: 'token-endpoint', occurrence: 'every', ...answer }),
  }
}

/** What an account has of an earlier run. */
export const earlierGrant = {
  refreshToken: ['1//', 'a grant of an earlier run'].join(''),
  scope: 'https://mail.google.com/',
}
