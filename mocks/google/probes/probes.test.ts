import { afterAll, describe, expect, test } from 'vitest'
import authorizationErrors from '../../../fixtures/google/authorization-errors.json' with { type: 'json' }
import headers from '../../../fixtures/google/headers.json' with { type: 'json' }
import tokenErrors from '../../../fixtures/google/token-errors.json' with { type: 'json' }
import { openGoogle } from '../google.fixture.ts'
import { assertionProbes } from './assertion.probes.ts'
import { authorizationProbes } from './authorization.probes.ts'
import { endpointProbes } from './endpoint.probes.ts'
import { lifeProbes } from './life.probes.ts'
import type { Probe } from './probe.fixture.ts'
import { redirectUriProbes } from './redirect-uri.probes.ts'
import { tokenProbes } from './token.probes.ts'

/** Every table; a new one is added here. */
const tables: Readonly<Record<string, readonly Probe[]>> = {
  'authorization endpoint': authorizationProbes,
  'redirect URIs': redirectUriProbes,
  'what once was good': lifeProbes,
  'token endpoint': tokenProbes,
  'service accounts': assertionProbes,
  'other endpoints': endpointProbes,
}
const probes = Object.values(tables).flat()
const rows: Readonly<Record<string, object>> = {
  'authorization-errors': authorizationErrors,
  'token-errors': tokenErrors,
  headers,
}

afterAll(() => console.log(`${probes.length} probes, each refused in Google's own words`))

describe.each(Object.entries(tables))('%s', (_, table) => {
  test.each(table.map((probe) => [probe.name, probe] as const))('%s', async (_name, { ask, answer }) => {
    expect(await ask(openGoogle())).toMatchObject(answer)
  })
})

test('every probe names a source that exists, and no two are the same', () => {
  for (const { name, source } of probes) {
    const [file = '', row = ''] = source.split('/', 2)
    expect(/^(?:RFC|OpenID) /.test(source) || row in (rows[file] ?? {}), `${name}: ${source}`).toBe(true)
  }
  expect(new Set(probes.map(({ name }) => name)).size).toBe(probes.length)
})
