import { createPki } from '../doors/pki.ts'

/** A process of its own that starts one server, gets one token from it, and tells how much memory that took. */
const starts = {
  ours: async () => (await import('./ours.fixture.ts')).startOurs(await createPki()),
  'oauth2-mock-server': async () => (await import('./competitors.fixture.ts')).startMockServer(await createPki()),
  'oidc-provider': async () => (await import('./competitors.fixture.ts')).startProvider(await createPki()),
}

// What the others say of themselves costs them nothing here.
console.info = () => {}
console.warn = () => {}
await using competitor = await starts[process.argv[2] as keyof typeof starts]()
// Ours cannot be refreshed without a token before.
if (process.argv[2] !== 'ours') await competitor.refresh()
