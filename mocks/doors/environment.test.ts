import { expect, test } from 'vitest'
import { environmentFor } from './environment.ts'

const files = { ca: '/srv/mocks/ca.pem', trustStore: '/srv/mocks/ca.p12' }
const env = environmentFor({ proxy: { port: 49152 }, ...files })

/** The options of `JAVA_TOOL_OPTIONS` as HotSpot reads them: split at white space, quotes of either kind taken off. */
const javaOptions = (text: string): readonly string[] =>
  Array.from(text.matchAll(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g), ([option]) =>
    option.replaceAll(/'([^']*)'|"([^"]*)"/g, '$1$2'),
  )

test('every stack is led to the proxy, and away from it on this machine', () => {
  const names = Object.keys(env)
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'])
    expect(names).toEqual(expect.arrayContaining([name, name.toLowerCase()]))
  expect(
    new Set(Object.entries(env).flatMap(([name, value]) => (/(?:http|all).*proxy$/i.test(name) ? value : []))),
  ).toEqual(new Set(['http://127.0.0.1:49152']))
  expect(env.NO_PROXY).toBe('localhost,127.0.0.1,::1')
  expect(env.no_proxy).toBe(env.NO_PROXY)
})

test('every stack is told whom to trust', () => {
  for (const [name, value] of Object.entries(env)) if (/CERT|BUNDLE/.test(name)) expect(value).toBe(files.ca)
  expect(javaOptions(env.JAVA_TOOL_OPTIONS)).toEqual([
    '-Dhttp.proxyHost=127.0.0.1',
    '-Dhttp.proxyPort=49152',
    '-Dhttps.proxyHost=127.0.0.1',
    '-Dhttps.proxyPort=49152',
    '-Djavax.net.ssl.trustStore=/srv/mocks/ca.p12',
    '-Djavax.net.ssl.trustStoreType=PKCS12',
    '-Djavax.net.ssl.trustStorePassword=changeit',
  ])
})

test('a runtime asks nobody for a newer one of itself', () => {
  expect(env.DENO_NO_UPDATE_CHECK).toBe('1')
})

test('an IPv6 address stands in brackets in a URL, and bare where Java wants a host', () => {
  const onIpv6 = environmentFor({ proxy: { host: '::1', port: 8080 }, ...files })
  expect(onIpv6.HTTPS_PROXY).toBe('http://[::1]:8080')
  expect(javaOptions(onIpv6.JAVA_TOOL_OPTIONS)).toContain('-Dhttps.proxyHost=::1')
})

test.each(['/tmp/with a space/ca.p12', "/tmp/with a ' in it/ca.p12", '/tmp/with a " in it/ca.p12'])(
  'Java reads %s as one path',
  (trustStore) => {
    const { JAVA_TOOL_OPTIONS } = environmentFor({ proxy: { port: 1 }, ca: '/ca.pem', trustStore })
    expect(javaOptions(JAVA_TOOL_OPTIONS)).toContain(`-Djavax.net.ssl.trustStore=${trustStore}`)
  },
)
