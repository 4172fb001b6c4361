import { createInterception } from '../../../mocks/doors/interception.ts'
import { exampleMessages } from '../../../mocks/gmail/gmail.fixture.ts'
import { createGmail } from '../../../mocks/gmail/gmail.ts'
import { desktop } from '../../../mocks/google/google.fixture.ts'
import { createGoogle } from '../../../mocks/google/handlers.ts'
import type { Account, MockWorld } from '../../../mocks/mock-world.ts'
import { createConsents } from '../../../mocks/user-agent/consent.ts'
import { createClock } from '../../clock.ts'
import { type Recorder, openJournal } from '../../journal.ts'
import type { Observation } from '../../model/observation.ts'
import { createRandom } from '../../random.ts'
import { openSecrets } from '../../secrets.ts'
import type { Served, ServedWorld } from '../served-world.ts'

export const alice: Account = { address: 'alice@example.com', sub: '100000000000000000001', name: 'Alice Example' }
const bob: Account = { address: 'bob@example.com', sub: '100000000000000000002', name: 'Bob Example' }
export const epoch = Date.UTC(2026, 10, 23, 9)

/** A world like a served one, in which time stands still until it is put forward. */
function openTestWorld() {
  const clock = createClock(epoch)
  const random = createRandom(7)
  const secrets = openSecrets(random)
  const journal = openJournal({ scenario: 'by hand', door: 'tls', seed: 7 }, clock.elapsed)
  const observed: Observation[] = []
  const recorder: Recorder = {
    record(stream, type, fields) {
      const at = journal.record(stream, type, fields)
      const position = Number(at.slice(at.lastIndexOf('#') + 1))
      observed.push({ type, stream, position, at: clock.elapsed(), phase: 'start', fields })
      return at
    },
  }
  const mocks: MockWorld = { journal: recorder, secrets, clock, random }
  const accounts = [alice, bob]
  const google = createGoogle(mocks, { clients: [desktop], accounts, overTls: true })
  const gmail = createGmail(mocks, { lookup: google.lookup, mailboxes: { [alice.address]: exampleMessages() } })
  const { respond } = createInterception(mocks, google.handlers)
  const world: ServedWorld = {
    accounts: accounts.map(({ address }) => address),
    clients: [desktop.client_id],
    clock: { ...clock, advance: (milliseconds) => clock.set(clock.now() + milliseconds) },
    google,
    gmail,
    consent: createConsents(mocks, { accounts, fetch: (request) => respond(request, 'user-agent') }),
    observations: () => observed,
  }
  return { world, gmail, google, secrets, ask: (request: Request) => respond(request, 'subject') }
}

export interface TestServed extends Served {
  /** What a test may look into. */
  readonly inner: ReturnType<typeof openTestWorld>
}

export function openTestServed(): TestServed {
  let inner = openTestWorld()
  return {
    get inner() {
      return inner
    },
    get world() {
      return inner.world
    },
    async reset() {
      inner.gmail.close()
      inner = openTestWorld()
    },
  }
}
