import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { mockedHosts } from '../../mocks/google/endpoints.ts'
import { challengeFor, redirectUri, verifier } from '../../mocks/google/flow.fixture.ts'
import { listen } from '../../mocks/doors/listen.ts'
import { type Pki, createPki } from '../../mocks/doors/pki.ts'
import { createRandom } from '../random.ts'
import { tlsFetch } from '../runtime/tls-fetch.ts'
import { openServedWorld } from './open-served-world.ts'
import { type OpenServed, openServed } from './served.ts'
import { readSetup } from './world-setup.ts'

const anywhere = { google: {}, imap: {}, proxy: {} }

async function open(at = anywhere, opener = openServedWorld) {
  const setup = await readSetup(undefined, createRandom(1), 0)
  const pki = await createPki()
  return { served: await openServed({ setup, seed: 7, pki, at }, opener), pki }
}

/** An access token of alice’s, asked for over the doors. */
async function signIn(served: OpenServed, { ca }: Pki): Promise<{ readonly token: string; live(): Promise<boolean> }> {
  const hosts = Object.fromEntries(mockedHosts.map((host) => [host, served.ports.google]))
  const { fetch } = tlsFetch({ hosts, ca })
  const { world } = served
  const parameters = new URLSearchParams({
    response_type: 'code',
    client_id: world.clients[0]!,
    redirect_uri: redirectUri,
    scope: 'https://mail.google.com/',
    code_challenge: challengeFor(verifier),
    code_challenge_method: 'S256',
  })
  const url = `https://accounts.google.com/o/oauth2/v2/auth?${parameters}`
  const end = await world.consent({ url, account: 'alice@example.com', decision: 'grant' })
  if (end.end !== 'redirected') throw new Error(end.title)
  const setup = await readSetup(undefined, createRandom(1), 0)
  const answer = await fetch('https://oauth2.googleapis.com/token', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: new URL(end.location).searchParams.get('code')!,
      client_id: world.clients[0]!,
      client_secret: setup.clients[0]!.client_secret,
      redirect_uri: redirectUri,
      code_verifier: verifier,
    }),
  })
  const { access_token: token } = (await answer.json()) as { access_token: string }
  const tokeninfo = (): Promise<Response> =>
    fetch(`https://oauth2.googleapis.com/tokeninfo?${new URLSearchParams({ access_token: token })}`)
  return { token, live: async () => (await tokeninfo()).ok }
}

test('a token lives its hour of the world’s time, and no longer than its world', async () => {
  const { served, pki } = await open()
  await using _ = served
  const first = await signIn(served, pki)
  expect(await first.live()).toBe(true)
  served.world.clock.advance(3_601_000)
  expect(await first.live()).toBe(false)

  const { token, live } = await signIn(served, pki)
  expect(await live()).toBe(true)
  const { ports } = served
  await served.reset()
  expect([served.ports, await live()]).toEqual([ports, false])
  // The new world makes up others, and knows the same client.
  const next = await signIn(served, pki)
  expect([await next.live(), next.token === token]).toEqual([true, false])
})

test('the record tells what happened and no secret, and begins anew with a reset', async () => {
  const { served, pki } = await open()
  await using _ = served
  const { token } = await signIn(served, pki)
  const seen = served.world.observations()
  expect(seen.map(({ type }) => type)).toEqual(expect.arrayContaining(['scenario.start', 'ua.decision', 'tls.done']))
  const secrets = [token, (await readSetup(undefined, createRandom(1), 0)).clients[0]!.client_secret]
  for (const secret of secrets) expect(JSON.stringify(seen)).not.toContain(secret.slice(8, 24))
  await served.reset()
  expect(served.world.observations().map(({ type }) => type)).toEqual(['scenario.start'])
})

test('resets that come all at once follow one another, and the end comes last', async () => {
  const { served } = await open()
  const worlds = new Set([served.world])
  const resets = Array.from({ length: 5 }, () => served.reset().then(() => worlds.add(served.world)))
  const ended = served[Symbol.asyncDispose]()
  await Promise.all([...resets, ended])
  expect(worlds.size).toBe(6)
  const server = createServer()
  expect(await listen(server, { port: served.ports.imap })).toBe(served.ports.imap)
  server.close()
})

describe('an address that is taken', () => {
  const taken = async () => {
    const server = createServer()
    const port = await listen(server)
    return { port, [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())) }
  }

  test.each(['google', 'imap', 'proxy'] as const)('%s: nothing stays open', async (door) => {
    await using other = await taken()
    const free = { google: {}, imap: {}, proxy: {}, [door]: { port: other.port } }
    await expect(open(free)).rejects.toMatchObject({ code: 'ADDRESS_UNAVAILABLE' })
  })

  test('at a reset: it fails, and another one succeeds when the address is free again', async () => {
    const other = createServer()
    let quicker = false
    const { served, pki } = await open(anywhere, async (options) => {
      if (quicker) await listen(other, options.at.imap)
      return openServedWorld(options)
    })
    await using _ = served
    quicker = true
    await expect(served.reset()).rejects.toMatchObject({ code: 'ADDRESS_UNAVAILABLE' })
    quicker = false
    await new Promise<void>((resolve) => other.close(() => resolve()))
    await served.reset()
    expect(await (await signIn(served, pki)).live()).toBe(true)
  })
})
