import { Validator } from '@seriousme/openapi-schema-validator'
import * as v from 'valibot'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Control, listenControl } from './control.ts'
import { openTestServed } from './control.fixture.ts'
import { describeRoutes } from './openapi.fixture.ts'
import description from './openapi.json' with { type: 'json' }
import { routes } from './routes.ts'

const headers = { authorization: 'Bearer a-token' }
const served = openTestServed()
let control: Control
beforeAll(async () => {
  control = await listenControl(served, { token: 'a-token' })
})
afterAll(() => control[Symbol.asyncDispose]())

interface Operation {
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly examples: object } } }
}

/** What the file describes, as `METHOD path`. */
const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    method: method.toUpperCase(),
    path,
    operation: operation as Operation,
  })),
)

test('the file is what the routes are; after a change, openapi.fixture.ts writes it anew', () => {
  expect(description).toEqual(JSON.parse(JSON.stringify(describeRoutes(routes))))
})

test('it is OpenAPI 3.1, and a flaw in it would be seen', async () => {
  expect(await new Validator().validate(structuredClone(description))).toEqual({ valid: true })
  const flawed = { ...description, info: { title: 'no version' } }
  expect(await new Validator().validate(flawed)).toMatchObject({ valid: false })
})

test('it is served', async () => {
  const response = await fetch(`${control.url}/openapi.json`, { headers })
  expect([response.headers.get('content-type'), await response.json()]).toEqual(['application/json', description])
})

test('what it describes is served, and what it does not describe is not', async () => {
  const described = operations.map(({ method, path }) => `${method} ${path}`)
  for (const path of Object.keys(description.paths))
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      const { status, body } = await fetch(control.url + path, { method, headers })
      await body?.cancel()
      expect([method, path, status === 405]).toEqual([method, path, !described.includes(`${method} ${path}`)])
    }
  expect(routes.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(described.toSorted())
})

const examples = operations.flatMap(({ method, path, operation }) =>
  Object.entries(operation.requestBody?.content['application/json'].examples ?? { none: { value: undefined } }).map(
    ([name, example]) => [method, path, name, (example as { value?: unknown }).value] as const,
  ),
)
test.each(examples)('%s %s works as in %s', async (method, path, _, value) => {
  await served.reset()
  const content = value === undefined ? {} : { body: JSON.stringify(value) }
  const response = await fetch(control.url + path, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    ...content,
  })
  const { success } = routes.find((route) => route.method === method && route.path === path)!
  const text = await response.text()
  expect([response.status, text]).toEqual([success.status, success.status === 204 ? '' : text])
  if (success.status === 204) return
  expect(response.headers.get('content-type')).toBe(success.type)
  const told: unknown = success.type === 'application/json' ? JSON.parse(text) : text
  expect(v.safeParse(success.shows, told).issues).toBeUndefined()
})
