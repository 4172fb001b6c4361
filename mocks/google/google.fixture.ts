import { createClock } from '../../harness/clock.ts'
import { type Recorder, openJournal } from '../../harness/journal.ts'
import { type Observation, type ObservationType, all } from '../../harness/model/observation.ts'
import { createRandom } from '../../harness/random.ts'
import { openSecrets } from '../../harness/secrets.ts'
import { createInterception } from '../doors/interception.ts'
import type { Account, MockWorld } from '../mock-world.ts'
import type { ClientRegistration } from './registration/clients.ts'
import { createProject } from './registration/projects.ts'
import { type GoogleOptions, createGoogle } from './handlers.ts'
import type { Switches } from './switches.ts'

export const alice: Account = { address: 'alice@example.test', sub: '100000000000000000001', name: 'Alice Example' }
export const bob: Account = { address: 'bob@example.test', sub: '100000000000000000002', name: 'Bob Example' }

const exampleMail = createProject('123456789012')

export const desktop: ClientRegistration = {
  kind: 'installed',
  client_id: '123456789012-desktopdesktopdesktopdesktopdesk.apps.googleusercontent.com',
  client_secret: 'GOCSPX-desktop-secret-for-tests-only',
  redirect_uris: ['http://localhost'],
  project: exampleMail,
}
export const web: ClientRegistration = {
  kind: 'web',
  client_id: '123456789012-webwebwebwebwebwebwebwebwebwebwe.apps.googleusercontent.com',
  client_secret: 'GOCSPX-website-secret-for-tests-only',
  redirect_uris: ['https://mail.example.test/callback', 'http://localhost:8080/callback'],
  project: exampleMail,
}

/** A Google in a world of its own, reached through the interception door. */
export function openGoogle(switches: Partial<Switches> = {}, setup: Partial<GoogleOptions> = {}) {
  const clock = createClock(Date.UTC(2026, 0, 14, 9))
  const random = createRandom(7)
  const journal = openJournal({ scenario: 'test', door: 'interception', seed: 7 }, clock.elapsed)
  const secrets = openSecrets(random)
  const observed: Observation[] = []
  const recorder: Recorder = {
    record(stream, type, fields) {
      const at = journal.record(stream, type, fields)
      const position = Number(at.slice(at.lastIndexOf('#') + 1))
      observed.push({ type, stream, position, at: clock.elapsed(), phase: 'start', fields })
      return at
    },
  }
  const world: MockWorld = { journal: recorder, secrets, clock, random }
  const google = createGoogle(world, { clients: [desktop, web], accounts: [alice, bob], switches, ...setup })
  const { respond } = createInterception(world, google.handlers)
  return {
    world,
    clock,
    secrets,
    google,
    respond,
    /** How many observations there are. */
    size: () => journal.size,
    /** Seals the journal. */
    sealed: () => journal.seal(),
    /** What was recorded of one type so far. */
    seen: <T extends ObservationType>(type: T) =>
      all({ scenario: 'test', door: 'interception', seed: 7, observations: observed }, type),
  }
}

export type OpenGoogle = ReturnType<typeof openGoogle>
