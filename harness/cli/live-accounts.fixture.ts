import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openJournal } from '../journal.ts'
import { obtainGrant } from '../live/account/grant.ts'
import { accountKey, google } from '../live/far-side.ts'
import { readClient } from '../live/keeping/client-source.ts'
import { openLines, usualBudget } from '../live/lines/lines.ts'
import { openVaultPlace } from '../live/keeping/vault-place.ts'
import type { GmailRefusal } from '../model/gmail-setup.ts'
import { type Journal, type Observation, all } from '../model/observation.ts'
import type { Report } from '../model/report.ts'
import { createRandom } from '../random.ts'
import { wallClock } from '../runtime/wall-clock.ts'
import { openSecrets } from '../secrets.ts'
import type { Ready } from '../serve/serving.ts'
import { type Running, start } from './program.fixture.ts'
import type { StoredGrant, TokenStore } from '../subjects/reference/token-store.ts'
import { type StartedServe, control, startServe } from './serve.fixture.ts'

/** Google and Gmail in a process of their own, with many accounts, all of which have signed in once. */
export interface FleetWorld extends AsyncDisposable {
  readonly ready: Ready
  readonly served: StartedServe
  readonly addresses: readonly string[]
  readonly vault: string
  /** How often each account was given tokens for its refresh token, in the order of `addresses`. */
  refreshes(): Promise<readonly number[]>
  live(args: readonly string[], cwd: string, env?: Readonly<Record<string, string>>): Running
  /** What is stored of an account. */
  grantOf(index: number): Promise<StoredGrant>
}

export interface FleetWorldOptions {
  /** Where the world file and the vault go. */
  readonly folder: string
  readonly accounts: number
  /** How Gmail ends the logins of some, by their index. */
  readonly refusals?: Readonly<Record<number, GmailRefusal>>
}

export const addressOf = (index: number): string => `user${index}@example.com`

export async function openFleetWorld({ folder, accounts, refusals = {} }: FleetWorldOptions): Promise<FleetWorld> {
  const addresses = Array.from({ length: accounts }, (_, index) => addressOf(index))
  const world = {
    accounts: addresses.map((address, index) => ({
      ...{ address, mailbox: 'example' },
      ...(refusals[index] === undefined ? {} : { imapRefusal: refusals[index] }),
    })),
  }
  await writeFile(join(folder, 'world.json'), JSON.stringify(world))
  const served = await startServe(['--world', join(folder, 'world.json')], folder)
  const { ready } = served
  const vault = join(folder, 'vault')
  await signInAll(ready, addresses, vault)
  return {
    ...{ ready, served, addresses, vault },
    async refreshes() {
      const counts = new Map<string, number>()
      const journal = { observations: await observations(ready) } as Journal
      for (const { fields } of all(journal, 'as.token.issued'))
        if (fields.by === 'refresh_token') counts.set(fields.account, (counts.get(fields.account) ?? 0) + 1)
      return addresses.map((address) => counts.get(address) ?? 0)
    },
    live: (args, cwd, env = {}) => {
      const where = args.includes('--vault') ? [] : ['--vault', vault]
      return start(['live', '--client', ready.client.file, ...where, ...args], cwd, { env: { ...ready.env, ...env } })
    },
    grantOf: async (index) => (await (await storeIn(vault)).load(addressOf(index)))!,
    [Symbol.asyncDispose]: () => served[Symbol.asyncDispose](),
  }
}

const observations = async (ready: Ready): Promise<readonly Observation[]> =>
  (await (await control(ready, '/journal')).text())
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Observation)

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))

const storeIn = async (directory: string): Promise<TokenStore> =>
  (await openVaultPlace({ directory, environment: {}, random })).store

/** Everybody consents, and the grants lie in a vault as the command makes one. */
async function signInAll(ready: Ready, addresses: readonly string[], vault: string): Promise<void> {
  const store = await storeIn(vault)
  const farSide = { ...google, authorities: await readFile(ready.ca, 'utf8'), proxy: ready.proxy }
  const { signal } = new AbortController()
  await using lines = openLines(farSide, { budget: { ...usualBudget, mostBytes: 2 ** 30, pause: 0 }, signal })
  const client = await readClient(ready.client.file, {})
  const journal = openJournal({ scenario: 'live-account', door: 'tls', seed: 0 }, () => 0)
  const secrets = openSecrets(createRandom(0))
  const context = {
    ...{ farSide, client, journal, secrets, lines, signal, random, includeMail: false },
    ...{ now: wallClock.now, look: () => {}, progress: () => {} },
  }
  for (const account of addresses) {
    const openBrowser = async (url: string): Promise<void> => {
      const answer = await control(ready, '/consent', { url, account, decision: 'grant' })
      const { location } = (await answer.json()) as { readonly location: string }
      await fetch(location)
    }
    const asking = { openBrowser, patience: 20_000, hintAfter: 20_000, hint: () => {} }
    await obtainGrant(context, { account, store, from: 'vault', asking, again: true })
  }
}

export const reportIn = async (folder: string): Promise<Report> =>
  JSON.parse(await readFile(join(folder, 'conformance-report', 'report.json'), 'utf8')) as Report

export const keyOf = (index: number): Promise<string> => accountKey(addressOf(index))

/** Resolves when standard output holds the text, or the program has ended. */
export const prints = ({ child, ended }: Running, text: string): Promise<unknown> => {
  let said = ''
  const heard = new Promise<void>((resolve) =>
    child.stdout!.on('data', (chunk: string) => {
      said += chunk
      if (said.includes(text)) resolve()
    }),
  )
  return Promise.race([heard, ended])
}
