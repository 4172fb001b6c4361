import { createClock } from '../../harness/clock.ts'
import { type Recorder, openJournal } from '../../harness/journal.ts'
import { createRandom } from '../../harness/random.ts'
import { openSecrets } from '../../harness/secrets.ts'
import { createInterception } from '../doors/interception.ts'
import type { MockWorld } from '../mock-world.ts'
import { createUserAgent } from '../user-agent/user-agent.ts'
import { authorizationParameters, exchangeForm, tokenUrl } from './flow.fixture.ts'
import { formType } from './competitors.fixture.ts'
import { alice, desktop } from './google.fixture.ts'
import { createGoogle } from './handlers.ts'

/**
 * A process of its own that signs in again and again in one world, and tells what that world grew by, in megabytes.
 * Arguments: how often, and `journal` where what happened is kept too.
 */
const signIns = Number(process.argv[2])
const keepsJournal = process.argv[3] === 'journal'

const clock = createClock(Date.UTC(2026, 0, 14, 9))
const random = createRandom(7)
const journal = openJournal({ scenario: 'grants', door: 'interception', seed: 7 }, clock.elapsed)
const recorder: Recorder = keepsJournal ? journal : { record: (stream) => `${stream}#1` }
const world: MockWorld = { journal: recorder, secrets: openSecrets(random), clock, random }
const { handlers } = createGoogle(world, { clients: [desktop], accounts: [alice] })
const { respond } = createInterception(world, handlers)
let arrived = new URL('about:blank')
const userAgent = createUserAgent(world, {
  account: alice,
  fetch: (request) => respond(request, 'user-agent'),
  async callback(url) {
    arrived = url
    return { status: 200 }
  },
})
const url = `https://accounts.google.com/o/oauth2/v2/auth?${await authorizationParameters()}`

/** Consent, code and tokens, an id_token among them. */
async function signIn(): Promise<void> {
  await userAgent.open(url)
  const body = String(new URLSearchParams(exchangeForm(arrived.searchParams.get('code') ?? '')))
  const request = new Request(tokenUrl, { method: 'POST', body, headers: { 'content-type': formType } })
  const { status } = await respond(request, 'subject')
  if (status !== 200) throw new Error(`the exchange was answered with ${status}`)
}

function settled(): NodeJS.MemoryUsage {
  globalThis.gc?.()
  globalThis.gc?.()
  return process.memoryUsage()
}

for (let warm = 0; warm < 100; warm++) await signIn()
const before = settled()
for (let at = 0; at < signIns; at++) await signIn()
const after = settled()
const grown = (name: 'heapUsed' | 'external' | 'rss'): number => Math.round((after[name] - before[name]) / 1e6)
const [heap, external, rss] = [grown('heapUsed'), grown('external'), grown('rss')]
process.stdout.write(JSON.stringify({ signIns, heap, external, rss, observations: journal.size }))
