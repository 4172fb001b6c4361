import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createScanner } from '../../harness/secret-scanner.ts'
import { addresses, mockedHosts } from '../google/endpoints.ts'
import { authorizationParameters, exchangeForm, refreshForm } from '../google/flow.fixture.ts'
import { desktop, openGoogle } from '../google/google.fixture.ts'
import { type WireRequest, createExchange } from './http-observation.ts'
import { refusalPage } from './refusals.ts'

// Assembled, so that no scanner takes them for real ones.
const token = `ya${'29'}.Zq7tRk2wXv9LmB4nHs8PdYc3JfGu6AeTo1iQy5rWzKx`
const refreshToken = `1${'//'}0Hs8PdYc3JfGu6AeTo1iQy5rWzKxZq7tRk2wXv9LmB4n`
const planted = {
  'client-secret': desktop.client_secret,
  'access-token': token,
  'refresh-token': refreshToken,
} as const

/** A request as one text for each of its parts, so that anything can happen to any of them. */
interface Parts {
  readonly method: string
  readonly origin: string
  readonly target: string
  readonly headers: string
  readonly body: string
}

const at = (address: string, query = ''): Pick<Parts, 'origin' | 'target'> => {
  const { origin, pathname } = new URL(address)
  return { origin, target: pathname + query }
}
const form = 'content-type: application/x-www-form-urlencoded'
const formOf = (parameters: Readonly<Record<string, string>>): string => String(new URLSearchParams(parameters))
const basic = `authorization: Basic ${btoa(`${desktop.client_id}:${desktop.client_secret}`)}`
const bearer = `authorization: Bearer ${token}`
const parameters = await authorizationParameters({ state: refreshToken })

const good: readonly Parts[] = [
  { method: 'GET', ...at(addresses['authorization-endpoint'][0], `?${parameters}`), headers: 'cookie: a=b', body: '' },
  { method: 'POST', ...at(addresses['token-endpoint'][0]), headers: form, body: formOf(refreshForm(refreshToken)) },
  {
    method: 'POST',
    ...at(addresses['token-endpoint'][1]),
    headers: `${form}\n${basic}`,
    body: formOf(exchangeForm('4/0A')),
  },
  { method: 'POST', ...at(addresses['revocation-endpoint'][0], `?token=${token}`), headers: form, body: '' },
  { method: 'GET', ...at(addresses.tokeninfo[0], `?access_token=${token}`), headers: '', body: '' },
  { method: 'GET', ...at(addresses.userinfo[0]), headers: bearer, body: '' },
  { method: 'GET', ...at(addresses.discovery[0]), headers: `${bearer}\naccept: */*`, body: '' },
]

const fragments = [
  '%',
  '%00',
  '%E0%A4',
  '\0',
  '\r\n',
  '\n',
  'é',
  '日本',
  '&',
  '=',
  ';',
  '?',
  '#',
  '/../',
  '\\',
  '"',
  '{',
  '+',
  ':',
  ' ',
  token,
]
interface Edit {
  readonly part: keyof Parts
  readonly from: number
  readonly cut: number
  readonly times: number
  readonly text: string
}
const edit: fc.Arbitrary<Edit> = fc.record({
  part: fc.constantFrom('method', 'origin', 'target', 'headers', 'body'),
  from: fc.nat(400),
  cut: fc.nat(20),
  times: fc.constantFrom(1, 1, 1, 2, 300),
  text: fc.oneof(fc.constantFrom('', ...fragments), fc.string({ unit: 'binary', maxLength: 12 })),
})

function edited(parts: Parts, { part, from, cut, times, text }: Edit): Parts {
  const old = parts[part]
  const start = Math.min(from, old.length)
  return { ...parts, [part]: old.slice(0, start) + text.repeat(times) + old.slice(start + cut) }
}
const wireOf = ({ method, origin, target, headers, body }: Parts): WireRequest => ({
  method,
  origin: origin === '' ? null : origin,
  target,
  headers: headers
    .split('\n')
    .map((line) => line.split(/: ?(.*)/s))
    .map(([name = '', value = '']) => [name, value] as const),
  body: new TextEncoder().encode(body),
})

test('whatever happens to a request, it is answered, and the journal shows no secret', async () => {
  const scanner = createScanner()
  for (const [kind, value] of Object.entries(planted))
    scanner.add({ ref: kind, kind: kind as keyof typeof planted, value })
  const hostile = fc.tuple(fc.constantFrom(...good), fc.array(edit, { minLength: 1, maxLength: 4 }))
  await fc.assert(
    fc.asyncProperty(hostile, async ([parts, edits]) => {
      const { world, google, sealed, secrets } = openGoogle()
      for (const [kind, value] of Object.entries(planted)) secrets.learn(kind as keyof typeof planted, value)
      const exchange = createExchange(world, google.handlers, {
        elsewhere: () => refusalPage('misdirected'),
        spoils: true,
      })
      const { status } = await exchange.answer(wireOf(edits.reduce(edited, parts)), 'subject')
      expect(status).toBeGreaterThanOrEqual(200)
      expect(status).toBeLessThan(500)
      expect(scanner.scanText(JSON.stringify(sealed().observations))).toEqual([])
    }),
    { seed: 1, numRuns: 200 },
  )
})

test('no host but the mocked ones is ever answered for', async () => {
  await fc.assert(
    fc.asyncProperty(fc.webUrl({ withQueryParameters: true }), fc.boolean(), async (url, mocked) => {
      const { origin, pathname, search } = new URL(url)
      const { world, google, seen } = openGoogle()
      const exchange = createExchange(world, google.handlers, { elsewhere: () => Response.error(), spoils: false })
      const at = mocked ? `https://${mockedHosts[0]}` : origin
      const wire = { method: 'GET', origin: at, target: pathname + search, headers: [], body: new Uint8Array() }
      expect((await exchange.answer(wire, 'subject')).status === 0).toBe(!mocked)
      expect(seen('http.request')[0]!.stream).toBe('elsewhere')
    }),
    { seed: 1, numRuns: 50 },
  )
})
