import { describe, expect, test } from 'vitest'
import { post, tokenUrl, userAgentFor } from '../flow.fixture.ts'
import { type OpenGoogle, alice, bob, desktop } from '../google.fixture.ts'
import { hour, login, openLife, pass, refreshed, revoke } from '../life.fixture.ts'

const { client_id } = desktop

describe('an access token', () => {
  type End = readonly [name: string, end: (google: OpenGoogle) => unknown]
  const runsOut: End = ['runs out', (google) => pass(google, hour)]
  const isRevoked: End = ['is revoked', ({ google }) => google.removeAccess(alice.address)]
  const losesItsClient: End = ['loses its client', ({ google }) => google.setClient(client_id, 'deleted')]
  const losesItsAccount: End = ['loses its account', ({ google }) => google.setAccount(alice.address, 'disabled')]
  test.each([
    ['expired', runsOut, isRevoked],
    ['revoked', isRevoked, runsOut],
    ['expired', runsOut, losesItsAccount],
    ['revoked', losesItsAccount, runsOut],
    ['expired', runsOut, losesItsClient],
  ] as const)('is %s when it first %o and then %o', async (status, [, first], [, second]) => {
    const google = openLife()
    const { accessToken } = await login(google)
    await first(google)
    await second(google)
    expect(google.google.lookup(accessToken)).toEqual({ status, address: alice.address })
  })

  test('of a client that is restored lives again', async () => {
    const google = openLife()
    const { accessToken } = await login(google)
    google.google.setClient(client_id, 'disabled')
    expect(google.google.lookup(accessToken).status).toBe('revoked')
    google.google.setClient(client_id, 'active')
    expect(google.google.lookup(accessToken).status).toBe('live')
  })

  test('whose hour is declared over has expired; what the account gets next lives its hour, and so do others', async () => {
    const google = openLife()
    const [first, second] = [await login(google), await login(google)]
    const others = await login(google, { browser: userAgentFor(google, bob) })
    expect(google.google.expire(alice.address, 'access-tokens')).toBe(2)
    for (const { accessToken } of [first, second])
      expect(google.google.lookup(accessToken)).toEqual({ status: 'expired', address: alice.address })
    expect(google.google.lookup(others.accessToken).status).toBe('live')
    expect(google.google.expire(alice.address, 'access-tokens')).toBe(0)
    const { accessToken } = await login(google)
    pass(google, hour - 1001)
    expect(google.google.lookup(accessToken).status).toBe('live')
    expect(await refreshed(google, first.refreshToken)).toBe('granted')
  })

  test('that no longer lives opens nothing and revokes nothing', async () => {
    const google = openLife()
    const { accessToken, refreshToken } = await login(google)
    pass(google, hour)
    expect((await revoke(google, accessToken)).body).toMatchObject({ error: 'invalid_token' })
    expect(await refreshed(google, refreshToken)).toBe('granted')
  })
})

test('a code is worth nothing when its account or its administrator forbids', async () => {
  for (const [forbid, error] of [
    [(google: OpenGoogle) => google.google.setAccount(alice.address, 'disabled'), 'invalid_grant'],
    [(google: OpenGoogle) => google.google.setPolicy(alice.address, 'restricted'), 'admin_policy_enforced'],
  ] as const) {
    const google = openLife()
    const issued = google.seen('as.token.issued').length
    google.google.fault({ name: 'down', endpoint: 'token-endpoint', occurrence: 1, status: 503 })
    const { form } = await login(google)
    forbid(google)
    expect((await post(google, tokenUrl, form)).body).toMatchObject({ error })
    expect(google.seen('as.token.issued')).toHaveLength(issued)
  }
})
