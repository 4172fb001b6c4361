import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { environmentFor } from '../../mocks/doors/environment.ts'
import { mailHost } from '../../mocks/doors/pki.ts'
import { mockedHosts } from '../../mocks/google/endpoints.ts'

const { services, networks } = parse(await readFile(new URL('../../compose.yaml', import.meta.url), 'utf8'))

test('an application in a container finds the mock under the name of every host that it plays', () => {
  expect(services.gmail.networks.google.aliases).toEqual([...mockedHosts, mailHost].sort())
})

test('it has no other network, and that one has no way out', () => {
  expect(services.app.networks).toEqual(['google'])
  expect(networks.google).toEqual({ internal: true })
  expect(Object.values<object>(services).filter((service) => 'ports' in service)).toEqual([])
})

test('it is told of the authority as programs beside the mock are, and of no proxy', () => {
  const beside = environmentFor({ proxy: { port: 1 }, ca: '/oauth-imap/ca.pem', trustStore: '/oauth-imap/ca.p12' })
  const { JAVA_TOOL_OPTIONS: java, ...others } = services.app.environment
  expect(beside).toMatchObject(others)
  expect(beside.JAVA_TOOL_OPTIONS.split(' ')).toEqual(expect.arrayContaining(java.split(' ')))
  expect(JSON.stringify(services.app.environment)).not.toMatch(/proxy/i)
})

test('the image is built from a pinned version of Node.js, the same for both', async () => {
  const dockerfile = await readFile(new URL('../../Dockerfile', import.meta.url), 'utf8')
  const base = /^ARG BASE=(node:\d+\.\d+\.\d+-slim)$/m.exec(dockerfile)?.[1]
  expect(services.gmail.build.args.BASE).toBe(`\${BASE:-${base}}`)
  expect(services.app.image).toBe(`\${APP_IMAGE:-${base}}`)
})
