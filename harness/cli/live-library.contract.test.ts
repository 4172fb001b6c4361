import { expect, test } from 'vitest'
import { openLines, usualBudget } from '../live/lines/lines.ts'
import { withLibrary } from '../live/mail/library.ts'
import { openFarWorld } from './far-world.fixture.ts'
import { troubleOf } from './live-grant.fixture.ts'

/** The library begins TLS itself, with what the lines trust. */
test('shows a token to no server that nobody trusts', async () => {
  await using far = await openFarWorld()
  const { signal } = new AbortController()
  const credentials = { account: 'alice@example.com', accessToken: 'none' }
  const asked = async (farSide: typeof far.farSide) => {
    await using lines = openLines(farSide, { budget: usualBudget, signal })
    return await troubleOf(withLibrary({ lines, farSide, signal }, credentials, async () => {}))
  }
  const { authorities: _, ...untrusting } = far.farSide
  expect(await asked(untrusting)).toMatchObject({ cause: 'tls-intercepted' })
  const logins = () => far.world.observations().filter(({ type }) => type === 'imap.auth').length
  expect(logins()).toBe(0)
  expect(await asked(far.farSide)).toMatchObject({ cause: 'login-refused' })
  expect(logins()).toBe(1)
})
