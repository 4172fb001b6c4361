import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLogReader } from '../diagnosis/log.ts'
import { diagnose as rank } from '../diagnosis/rank.ts'
import { obtainGrant } from '../live/account/grant.ts'
import { type Diagnosed, diagnose } from '../live/diagnose.ts'
import type { LiveCause } from '../model/live.ts'
import type { Observation } from '../model/observation.ts'
import { type FarWorld, openFarWorld } from './far-world.fixture.ts'
import { type Signing, openSigning } from './live-grant.fixture.ts'

let world: FarWorld
let one: Signing

const open = async (file?: string): Promise<void> => {
  world = await openFarWorld(file)
  one = await openSigning(world)
  await obtainGrant(one.context, one.access({ asking: one.asking(world.browser()) }))
}
beforeEach(() => open())
afterEach(async () => {
  await one[Symbol.asyncDispose]()
  await world[Symbol.asyncDispose]()
})

/** Diagnoses, and shows that nothing was stored, recorded or told that must not be. */
async function diagnosed(): Promise<Diagnosed & { readonly likeliest: readonly string[] }> {
  const before = [await one.vault(), one.journal().observations.length]
  const found = await diagnose(one.context, one.access())
  expect([await one.vault(), one.journal().observations.length]).toEqual(before)
  const told = found.lines.join('\n')
  expect(one.context.secrets.scanner.scanText(told)).toEqual([])
  expect(told.toLowerCase()).not.toContain(one.account.toLowerCase())
  const log = createLogReader()
  for (const line of found.lines) log.add(line)
  const { incidents } = log.end()
  return { ...found, likeliest: incidents.flatMap((incident) => rank(incident, {}).suspects[0]?.cause.id ?? []) }
}

test('what is as it must be, is told to be so', async () => {
  const { lines, cause, likeliest } = await diagnosed()
  expect({ cause, likeliest }).toEqual({ cause: undefined, likeliest: [] })
  expect(lines).toEqual([
    expect.stringMatching(/^token endpoint answered 200: .*"expires_in":\d+.*https:\/\/mail\.google\.com\//),
    expect.stringMatching(/^tokeninfo answered 200: .*"expires_in":"\d+"/),
    'AUTHENTICATE with the new access token: accepted',
  ])
})

test('a refresh token that takes the place of the stored one is kept: the old one would be dead', async () => {
  const rotated = ['1//', 'rotated'].join('')
  const members = { refresh_token: rotated }
  google().fault({ name: 'rotation', endpoint: 'token-endpoint', occurrence: 1, members })
  await diagnose(one.context, one.access())
  expect(await one.store.load(one.account)).toMatchObject({ refreshToken: rotated })
})

test('one request of each kind is made, and no address holds a token', async () => {
  const isRequest = (each: Observation): each is Observation<'http.request'> => each.type === 'http.request'
  const requests = () => world.world.observations().filter(isRequest)
  const before = requests().length
  await diagnosed()
  const made = requests().slice(before)
  expect(made.map(({ fields: { method, path, query } }) => [method, path, query])).toEqual([
    ['GET', '/.well-known/openid-configuration', []],
    ['POST', '/token', []],
    ['POST', '/tokeninfo', []],
  ])
})

const google = () => world.world.google
const stories: Readonly<Record<string, readonly [LiveCause, RegExp, () => void]>> = {
  'access was removed': ['grant-dead', /"invalid_grant"/, () => google().removeAccess(one.account)],
  'the client was deleted': [
    'client-refused',
    /"deleted_client"/,
    () => google().setClient(world.client.client_id, 'deleted'),
  ],
  'Google has a trouble': ['server-error', /HTTP 503/, () => fault('token-endpoint', 503)],
  'Google is asked too often': ['throttled', /HTTP 429/, () => fault('token-endpoint', 429)],
  'the look at the token fails': ['server-error', /HTTP 500/, () => fault('tokeninfo', 500)],
  'the mailbox has IMAP off': [
    'imap-off',
    /not enabled for IMAP use/i,
    () => world.world.gmail.refuse(one.account, 'imap-not-enabled'),
  ],
}
const fault = (endpoint: 'token-endpoint' | 'tokeninfo', status: number): void =>
  google().fault({ name: 'planted', endpoint, occurrence: 'every', status, body: '{}' })

test.for(Object.entries(stories))('%s is named', async ([, [cause, said, happen]]) => {
  happen()
  const found = await diagnosed()
  expect(found.cause).toBe(cause)
  expect(found.lines.at(-1)).toMatch(said)
  // A bare status is no error that a log would be read for.
  expect(found.likeliest.length > 0).toBe(!/HTTP \d/.test(found.lines.at(-1)!))
})
