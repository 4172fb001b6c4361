import type { Alterations } from '../model/alteration.ts'
import type { Look } from '../model/drift.ts'
import type { LiveCause, ObservedLive } from '../model/live.ts'
import { type Journal, all } from '../model/observation.ts'
import { openJournal } from '../journal.ts'
import { createRandom } from '../random.ts'
import { openSecrets } from '../secrets.ts'
import { realWait } from '../runtime/real-time.ts'
import type { LiveContext } from '../live/context.ts'
import type { FarSide } from '../live/far-side.ts'
import { type Budget, type Lines, openLines, usualBudget } from '../live/lines/lines.ts'
import { LiveTrouble } from '../live/trouble.ts'
import { type FarWorld, openFarWorld } from './far-world.fixture.ts'

export const alice = 'alice@example.com'

/** One part played alone against a far world, and what came of it. */
export interface Stand extends AsyncDisposable {
  readonly far: FarWorld
  readonly context: LiveContext
  readonly lines: Lines
  readonly looks: readonly Look[]
  /** Somebody else at the same far world, whom no interruption ends. */
  another(): Promise<Pick<LiveContext, 'farSide' | 'lines'> & AsyncDisposable>
  /** Resolves once it is so. */
  until(isSo: () => boolean): Promise<void>
  /** Interrupts, as Ctrl-C does. */
  interrupt(): void
  /** Observations of a type, so far. */
  seen<Type extends keyof ObservedLive>(type: Type): readonly ObservedLive[Type][]
  /** Sealed journal and looks as text, in which a secret must not be. */
  everything(): string
}

export interface StandOptions {
  readonly alterations?: Alterations
  readonly includeMail?: boolean
  /** Where else an address is. */
  readonly at?: FarSide['at']
  readonly now?: () => number
  readonly budget?: Budget
}

export async function openStand({
  alterations,
  includeMail = false,
  at = {},
  now = () => Date.now(),
  budget = usualBudget,
}: StandOptions = {}): Promise<Stand> {
  await using open = new AsyncDisposableStack()
  const far = open.use(await openFarWorld(undefined, alterations))
  const farSide = { ...far.farSide, at: { ...far.farSide.at, ...at } }
  const interruption = new AbortController()
  const lines = open.use(openLines(farSide, { budget, signal: interruption.signal }))
  const secrets = openSecrets(createRandom(0))
  const random = createRandom(5)
  const journal = openJournal({ scenario: 'live-account', door: 'tls', seed: 0 }, () => 0)
  const looks: Look[] = []
  if (!includeMail) secrets.learn('account-address', alice)
  secrets.learn('client-secret', far.client.client_secret)
  const context: LiveContext = {
    ...{ farSide, client: far.client, journal, secrets, lines, now, includeMail, signal: interruption.signal },
    random: (length) => random.bytes(length),
    look: (look) => void looks.push(look),
    progress: () => {},
  }
  const opened = open.move()
  let sealed: Journal | undefined
  return {
    ...{ far, context, lines, looks },
    async another() {
      const own = openLines(farSide, { budget: usualBudget, signal: new AbortController().signal })
      return { farSide, lines: own, [Symbol.asyncDispose]: () => own[Symbol.asyncDispose]() }
    },
    async until(isSo) {
      while (!isSo()) await realWait(5)
    },
    interrupt: () => interruption.abort(),
    seen: (type) =>
      all({ observations: journal.soFar() } as unknown as Journal, type).map(({ fields }) => fields) as never,
    everything: () => JSON.stringify([(sealed ??= journal.seal()), looks]),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/** An access token that Google issued for alice, in the way of an application. */
export async function issuedToken(
  { far, lines }: Pick<Stand, 'far' | 'lines'>,
  scope = far.farSide.scope,
): Promise<string> {
  const { client_id, client_secret } = far.client
  const redirect_uri = 'http://127.0.0.1:1/'
  const asked = new URLSearchParams({ client_id, redirect_uri, scope, response_type: 'code', access_type: 'offline' })
  const url = `https://accounts.google.com/o/oauth2/v2/auth?${asked}`
  const end = await far.world.consent({ url, account: alice, decision: 'grant' })
  const code = end.end === 'redirected' ? (new URL(end.location).searchParams.get('code') ?? '') : ''
  const body = new URLSearchParams({ grant_type: 'authorization_code', client_id, client_secret, code, redirect_uri })
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const answer = await lines.fetch('https://oauth2.googleapis.com/token', { method: 'POST', headers, body: `${body}` })
  const { access_token: token } = (await answer.json()) as { access_token?: string }
  if (token === undefined) throw new Error('the far world issued no token')
  return token
}

/** What keeps a part from its end; anything else than a trouble is thrown on. */
export const troubleOf = (playing: Promise<unknown>): Promise<{ cause: LiveCause; said: string } | undefined> =>
  playing.then(
    () => undefined,
    (error: unknown) => {
      if (!(error instanceof LiveTrouble)) throw error
      return { cause: error.trouble, said: error.message }
    },
  )
