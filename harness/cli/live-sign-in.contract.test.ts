import { describe, expect, test } from 'vitest'
import { obtainGrant } from '../live/account/grant.ts'
import type { LiveContext } from '../live/context.ts'
import type { ResponseFault } from '../model/response-fault.ts'
import { earlierGrant, eachInFarWorld, troubleOf } from './live-grant.fixture.ts'

const far = eachInFarWorld()

interface Hindrance {
  readonly cause: string
  readonly said?: RegExp
  readonly told?: Partial<LiveContext>
  /** Does what goes wrong, and gives what plays the person. */
  play(): (url: string) => Promise<void>
}

const fault = (more: Partial<ResponseFault>) => (): ((url: string) => Promise<void>) => {
  far.planted(more)
  return far.world.browser()
}
/** A browser that comes back with an error, as a server of another make may send it. */
const comesBack =
  (error: string, own: object = { iss: 'https://accounts.google.com' }) =>
  () =>
  async (url: string) => {
    const { searchParams } = new URL(url)
    const back = new URL(searchParams.get('redirect_uri')!)
    back.search = new URLSearchParams({ error, state: searchParams.get('state')!, ...own }).toString()
    await fetch(back)
  }
const hour = 3_600_000

const hindrances: Readonly<Record<string, Hindrance>> = {
  'denied on the screen': { cause: 'consent-denied', play: () => far.world.browser({ decision: 'deny' }) },
  'ended with another error': {
    cause: 'consent-refused',
    said: /^temporarily_unavailable/,
    play: comesBack('temporarily_unavailable'),
  },
  'denied, by an answer without the issuer that was announced': {
    cause: 'consent-denied',
    said: /^access_denied$/,
    play: comesBack('access_denied', {}),
  },
  'an error in the name of another issuer': {
    cause: 'not-understood',
    play: comesBack('access_denied', { iss: 'https://issuer.example' }),
  },
  'signed in to another account': {
    cause: 'wrong-account',
    play: () => far.world.browser({ account: far.world.accounts[1]! }),
  },
  'mail left unticked': { cause: 'scope-unticked', play: () => far.world.browser({ scopes: [] }) },
  'no refresh token': { cause: 'no-refresh-token', play: fault({ without: ['refresh_token'] }) },
  'too many requests': { cause: 'throttled', said: /HTTP 429/, play: fault({ status: 429, body: '{}' }) },
  'a trouble of its own': { cause: 'server-error', said: /HTTP 503/, play: fault({ status: 503, body: 'no' }) },
  'a page of somebody else': {
    cause: 'captive-portal',
    play: fault({ status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html><p>Log in here' }),
  },
  'a way to somebody else': {
    cause: 'captive-portal',
    play: fault({ status: 302, headers: { location: 'https://portal.example/' }, body: '' }),
  },
  'an answer that says nothing': { cause: 'not-understood', play: fault({ status: 200, body: '{"half":' }) },
  'a wrong secret': {
    cause: 'client-refused',
    said: /"invalid_client"/,
    get told() {
      return { client: { ...far.world.client, client_secret: ['GOCSPX', 'of-another-client'].join('-') } }
    },
    play: () => far.world.browser(),
  },
  'a client that was deleted meanwhile': {
    cause: 'client-refused',
    said: /"deleted_client"/,
    play: () => async (url) => {
      const end = await far.world.world.consent({ url, account: far.world.accounts[0]!, decision: 'grant' })
      far.world.world.google.setClient(far.world.client.client_id, 'deleted')
      if (end.end === 'redirected') await fetch(end.location)
    },
  },
  'a clock that is two hours ahead': {
    cause: 'clock-wrong',
    told: { now: () => Date.now() + 2 * hour },
    play: () => far.world.browser(),
  },
  'a web client without a way back to this machine': {
    cause: 'redirect-refused',
    get told() {
      const redirect_uris = ['https://app.example.com/callback', 'http://127.0.0.1:8080']
      return { client: { ...far.world.client, kind: 'web' as const, redirect_uris } }
    },
    play: () => far.world.browser(),
  },
}

describe('of a sign-in that comes to no end', () => {
  test.for(Object.entries(hindrances))('%s has its own cause and costs no grant', async ([, hindrance]) => {
    const one = await far.signing(hindrance.told)
    await one.store.save(one.account, earlierGrant)
    const before = await one.vault()
    const browser = hindrance.play()
    const access = one.access({ again: true, asking: one.asking((url) => browser(url).catch(() => {})) })
    const { cause, said } = await troubleOf(obtainGrant(one.context, access))
    expect({ cause, said }).toEqual({ cause: hindrance.cause, said: expect.stringMatching(hindrance.said ?? /./) })
    expect(await one.vault()).toEqual(before)
    expect(one.fields('live.grant')).toEqual([])
    expect(one.context.secrets.scanner.scanText(JSON.stringify(one.journal()))).toEqual([])
  })

  test('a closed browser is named after a while, with what its pages mean and the address', async () => {
    const one = await far.signing()
    const opened: string[] = []
    const asking = one.asking(async (url) => void opened.push(url), { patience: 300, hintAfter: 10 })
    expect((await troubleOf(obtainGrant(one.context, one.access({ asking })))).cause).toBe('nobody-answered')
    expect(one.hints.at(-1)).toBe(opened[0])
    for (const text of [
      'has not completed the Google verification process',
      'redirect_uri_mismatch',
      'org_internal',
      'loopback flow',
      ': policy_enforced',
      'restricted_client',
    ])
      expect(one.hints.join('\n')).toContain(text)
  })

  test('without a browser the address is shown at once', async () => {
    const one = await far.signing()
    const addresses: string[] = []
    const asking = one.asking(
      async (url) => {
        addresses.push(url)
        throw new Error('no browser')
      },
      { patience: 300, hintAfter: 60_000 },
    )
    await troubleOf(obtainGrant(one.context, one.access({ asking })))
    expect(one.hints).toContain(addresses[0])
  })

  test('an interruption ends the wait', async () => {
    const interruption = new AbortController()
    const one = await far.signing({ signal: interruption.signal })
    // For longer than this test may take: the interruption ends it, and nothing else.
    const asking = one.asking(async () => interruption.abort(), { patience: 60_000 })
    expect((await troubleOf(obtainGrant(one.context, one.access({ asking })))).cause).toBe('interrupted')
  })
})
