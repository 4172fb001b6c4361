import { toJsonSchema } from '@valibot/to-json-schema'
import type { GenericSchema } from 'valibot'
import type { Route, Success } from './route.ts'

const schemaOf = (schema: GenericSchema) => {
  const { $schema: _, ...rest } = toJsonSchema(schema, { target: 'draft-2020-12', errorMode: 'ignore' })
  return rest
}

const named = (examples: readonly unknown[]) =>
  Object.fromEntries(examples.map((value, at) => [`example-${at + 1}`, { value }]))

/** What the route takes: parameters of its query, or content. */
function taken({ method, input, examples }: Route) {
  const schema = schemaOf(input)
  if (method === 'POST') {
    const required = (schema.required ?? []).length > 0
    return { requestBody: { required, content: { 'application/json': { schema, examples: named(examples) } } } }
  }
  const parameters = Object.entries(schema.properties ?? {}).map(([name, own]) => ({ name, in: 'query', schema: own }))
  return parameters.length === 0 ? {} : { parameters }
}

const given = (success: Success) =>
  success.status === 204
    ? { 204: { description: 'Done.' } }
    : { 200: { description: 'Done.', content: { [success.type]: { schema: schemaOf(success.shows) } } } }

const operationOf = (route: Route) => ({
  operationId: `${route.method.toLowerCase()}-${route.path.slice(1).replace('.', '-')}`,
  summary: route.summary,
  ...taken(route),
  responses: { ...given(route.success), default: { $ref: '#/components/responses/problem' } },
})

function pathsOf(routes: readonly Route[]) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) (paths[route.path] ??= {})[route.method.toLowerCase()] = operationOf(route)
  return paths
}

const text = { type: 'string' }
const flaw = { type: 'object', required: ['pointer', 'detail'], properties: { pointer: text, detail: text } }
const page = {
  type: 'object',
  required: ['status', 'title', 'lines'],
  properties: { status: { type: 'integer' }, title: text, lines: { type: 'array', items: text } },
}

/** RFC 9457, with the flaws of an input, or the page of Google’s at which a sign-in ended. */
const problem = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: text,
    title: text,
    status: { type: 'integer' },
    detail: text,
    errors: { type: 'array', items: flaw },
    page,
  },
  additionalProperties: false,
}

/** The description of the interface that these routes are. */
export const describeRoutes = (routes: readonly Route[]) => ({
  openapi: '3.1.1',
  info: {
    title: 'Control of oauth-imap serve',
    version: '1.0.0',
    description:
      'Steers the mock of Google and Gmail. Address and token are printed by serve; it listens on loopback alone.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: 'http://127.0.0.1:{port}', variables: { port: { default: '80', description: 'As printed.' } } }],
  security: [{ token: [] }],
  paths: pathsOf(routes),
  components: {
    securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    responses: {
      problem: {
        description: 'Refused; the detail says why and what to do.',
        content: { 'application/problem+json': { schema: problem } },
      },
    },
  },
})

// node harness/serve/control/openapi.fixture.ts > FILE: how `openapi.json` is written when routes change.
if (import.meta.main) {
  const { routes } = await import('./routes.ts')
  process.stdout.write(`${JSON.stringify(describeRoutes(routes), null, 2)}\n`)
}
