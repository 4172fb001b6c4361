import { describe, expect, test } from 'vitest'
import { type ClientType, registerClient } from '../../mocks/google/registration/clients.ts'
import { createProject } from '../../mocks/google/registration/projects.ts'
import { redirectUriProblem } from '../../mocks/google/registration/redirect-uris.ts'
import type { Runtime } from '../facts/clients.ts'
import { blamed } from './redirects.fixture.ts'

/** The gate foretells what the mock of Google does: both read one table, and where they differ there is a reason. */

const runtimes: Readonly<Record<Exclude<ClientType, 'tv' | 'chrome'>, Runtime>> = {
  web: 'server',
  desktop: 'desktop',
  ios: 'ios',
  android: 'android',
}

/** The console registers what is HTTP for web clients; nothing for the others. */
const refusedByMock = (type: ClientType, uri: string): boolean => {
  const client = registerClient(
    {
      ...{ kind: type === 'web' ? 'web' : 'installed', type, project: createProject('1') },
      ...{
        client_id: '1-a.apps.googleusercontent.com',
        client_secret: '',
        redirect_uris: /^https?:/.test(uri) ? [uri] : [],
      },
    },
    0,
  )
  return redirectUriProblem(uri, client) !== undefined
}

const both = [
  'https://mail.example.com/oauth/callback',
  'https://mail.example.com:8443/cb?lang=de',
  'https://example-mail.github.io/cb',
  'https://xn--bcher-kva.example.com/cb',
  'http://localhost',
  'http://localhost:8080/cb',
  'http://127.0.0.1:0/cb',
  'http://[::1]:8080/cb',
  'http://mail.example.com/cb',
  'https://192.168.1.9/cb',
  'http://10.0.0.1:3000/cb',
  'https://203.0.113.9/cb',
  'https://[2001:db8::1]/cb',
  'https://goo.gl/x',
  'https://goo.gl/google-callback/x',
  'https://a.googleusercontent.com/cb',
  'https://alice:p@mail.example.com/cb',
  'https://mail.example.com/a/../cb',
  'https://mail.example.com/a/%2e%2e/cb',
  'https://mail.example.com/a\\..\\cb',
  'https://*.example.com/cb',
  'https://mail.example.com/cb#done',
  'https://mail.example.com/cb%',
  'https://mail.example.com/cb%00',
  'https://mail.example.com/cb%C0%80',
  'https://mail.example.com/a b',
  'https://mail.example.com:99999/cb',
  'https:/mail.example.com/cb',
  '/oauth/callback',
  'localhost:3000',
  'mail.example.com:8443/cb',
  'myapp://cb',
  'com.example.mail://cb',
  'com.googleusercontent.apps.1-a:/cb',
  'com.googleusercontent.apps.2-b:/cb',
  'urn:ietf:wg:oauth:2.0:oob',
  'oob',
]

describe.each(Object.entries(runtimes) as readonly [ClientType, Runtime][])('%s clients', (type, runtime) => {
  test.each(both)('%s', (uri) => {
    expect(blamed(uri, runtime).length > 0).toBe(refusedByMock(type, uri))
  })
})

describe('the gate alone refuses', () => {
  test.each([
    ['https://nas.local/cb', 'the mock lets names of no public suffix pass: those for tests are such names'],
    ['https://mail.test/cb', 'the same'],
    ['https://bit.ly/x', 'Google names goo.gl alone; the other shorteners are our reading'],
    [
      'https://mail.example.com/cb?next=https://example.com',
      'the console looks for open redirects, a request is not seen to',
    ],
    ['http://2130706433/cb', 'a browser makes 127.0.0.1 of it, and the mock reads URIs as one does'],
  ] as const)('%s: %s', (uri, _reason) => {
    expect(blamed(uri)).not.toEqual([])
    expect(refusedByMock('web', uri)).toBe(false)
  })
})

describe('the mock alone refuses', () => {
  test.each([
    ['web', 'http://127.0.0.2/cb', 'all of 127.0.0.0/8 is loopback (RFC 1122 §3.2.1.3); Google names 127.0.0.1'],
    ['desktop', 'http://127.0.0.2/cb', 'the same'],
    ['ios', 'com.example.mail:/cb', 'the mock knows which bundle id is registered, and no file tells'],
  ] as const)('%s: %s', (type, uri, _reason) => {
    expect(blamed(uri, runtimes[type])).toEqual([])
    expect(refusedByMock(type, uri)).toBe(true)
  })
})
