import { expect, test } from 'vitest'
import type { ResponseFault } from '../../harness/model/scenario.ts'
import { authorizationParameters, consent, exchangeForm, post, refreshForm, signIn, tokenUrl } from './flow.fixture.ts'
import { openGoogle } from './google.fixture.ts'

const unavailable: ResponseFault = {
  name: 'the front end is down',
  endpoint: 'token-endpoint',
  occurrence: 2,
  status: 503,
  headers: { 'retry-after': '30' },
  body: '<h1>503</h1>',
}

test('a fault strikes the answer that it names, counted from when it was armed', async () => {
  const google = openGoogle()
  const { refreshToken } = await signIn(google)
  google.google.fault(unavailable)
  const ask = () =>
    google.respond(
      new Request(tokenUrl, {
        method: 'POST',
        body: String(new URLSearchParams(refreshForm(refreshToken))),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }),
      'subject',
    )
  const [first, second, third] = [await ask(), await ask(), await ask()]
  expect([first, second, third].map(({ status }) => status)).toEqual([200, 503, 200])
  expect(second.headers.get('retry-after')).toBe('30')
  expect(second.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(await second.text()).toBe('<h1>503</h1>')
  expect(google.seen('fault.fired').map(({ fields }) => fields)).toEqual([
    { fault: 'the front end is down', at: 'token-endpoint' },
  ])
  expect(google.seen('as.token.issued')).toHaveLength(3)
})

test('a fault of every answer strikes until it is cleared', async () => {
  const google = openGoogle()
  const { refreshToken } = await signIn(google)
  google.google.fault({ ...unavailable, occurrence: 'every', body: '{}' })
  const status = async () => (await post(google, tokenUrl, refreshForm(refreshToken))).status
  expect([await status(), await status()]).toEqual([503, 503])
  google.google.clearFaults()
  expect(await status()).toBe(200)
})

test('a fault of one endpoint leaves the others alone', async () => {
  const google = openGoogle()
  google.google.fault({ ...unavailable, occurrence: 'every' })
  const response = await google.respond(new Request('https://www.googleapis.com/oauth2/v3/certs'), 'subject')
  expect(response.status).toBe(200)
})

test('a fault in front of the rules leaves the code unused', async () => {
  const google = openGoogle()
  const arrived = await consent(google, await authorizationParameters())
  const form = exchangeForm(arrived!.searchParams.get('code')!)
  google.google.fault({ ...unavailable, occurrence: 1, body: '{}' })
  expect((await post(google, tokenUrl, form)).status).toBe(503)
  expect((await post(google, tokenUrl, form)).status).toBe(200)
})

test('members of a JSON answer are replaced, added and removed after the rules have decided', async () => {
  const google = openGoogle()
  const json = { expires_in: '3599', refresh_token: null, extra: true }
  google.google.fault({ name: 'odd members', endpoint: 'token-endpoint', occurrence: 1, json })
  const { tokens } = await signIn(google)
  expect(tokens.body).toMatchObject({ expires_in: '3599', extra: true, token_type: 'Bearer' })
  expect(tokens.body).not.toHaveProperty('refresh_token')
  expect(google.seen('as.token.issued')).toHaveLength(1)
})

test('a delay holds the answer back on the world’s clock alone', async () => {
  const google = openGoogle()
  google.google.fault({ name: 'slow', endpoint: 'jwks', occurrence: 1, delay: 60_000 })
  let answered = false
  const answer = google
    .respond(new Request('https://www.googleapis.com/oauth2/v3/certs'), 'subject')
    .then((response) => {
      answered = true
      return response.status
    })
  await expect.poll(() => google.clock.nextDue).toBe(google.clock.now() + 60_000)
  google.clock.set(google.clock.now() + 59_999)
  await new Promise((resolve) => setImmediate(resolve))
  expect(answered).toBe(false)
  google.clock.set(google.clock.now() + 1)
  expect(await answer).toBe(200)
})

test('of two faults for one answer the first that was armed fires, and both have counted it', async () => {
  const google = openGoogle()
  const { refreshToken } = await signIn(google)
  google.google.fault({ ...unavailable, name: 'first', occurrence: 1, body: '{}' })
  google.google.fault({ ...unavailable, name: 'second', occurrence: 2, status: 500, body: '{}' })
  const status = async () => (await post(google, tokenUrl, refreshForm(refreshToken))).status
  expect([await status(), await status(), await status()]).toEqual([503, 500, 200])
})
