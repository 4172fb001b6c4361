import type { ClientType } from '../registration/clients.ts'
import { type Circumstances, probe, says } from './authorization-probe.fixture.ts'
import type { Probe, Seen } from './probe.fixture.ts'

type Reason = readonly [row: string, answer: (uri: string) => Seen]

const policy = "You can't sign in to this app because it doesn't comply with Google's OAuth 2.0 policy"
const detail = (uri: string): readonly string[] => [`redirect_uri=${uri}`]
const invalid =
  (description: string): ((uri: string) => Seen) =>
  () =>
    says(400, 'invalid_request', description)

const mismatch: Reason = [
  'redirect-uri-mismatch',
  (uri) =>
    says(
      400,
      'redirect_uri_mismatch',
      `${policy}.\n\nIf you're the app developer, register the redirect URI in the Google Cloud Console.`,
      detail(uri),
    ),
]
const breaksRules: Reason = [
  'redirect-uri-invalid',
  (uri) =>
    says(
      400,
      'invalid_request',
      `${policy} for keeping apps secure.\n\nYou can let the app developer know that this app doesn't comply with one or more Google validation rules.`,
      detail(uri),
    ),
]
const privateAddress: Reason = [
  'private-address',
  (uri) => says(400, 'invalid_request', `device_id and device_name are required for private IP: ${uri}`),
]
const outOfBand: Reason = [
  'out-of-band',
  (uri) =>
    says(
      400,
      'invalid_request',
      'The out-of-band (OOB) flow has been blocked in order to keep users secure. Follow the Out-of-Band (OOB) flow migration guide linked in the developer docs below to migrate your app to an alternative method.',
      detail(uri),
    ),
]
const outOfBandWeb: Reason = [
  'out-of-band-web',
  (uri) =>
    says(
      400,
      'redirect_uri_mismatch',
      `The redirect URI in the request, ${uri}, can only be used by a Client ID for native application. It is not allowed for the WEB client type. You can create a Client ID for native application at https://console.developers.google.com/apis/credentials/oauthclient`,
    ),
]
const loopback: Reason = [
  'loopback-blocked',
  invalid(
    'The loopback flow has been blocked in order to keep users secure. Follow the Loopback IP Address flow migration guide linked in the developer docs below to migrate your app to an alternative method.',
  ),
]
const customScheme = {
  android: ['custom-scheme-disabled', invalid('Custom URI scheme is not enabled for your Android client.')],
  chrome: ['custom-scheme-chrome', invalid('Custom URI scheme is not supported on Chrome apps.')],
  web: ['custom-scheme-web', invalid("Custom scheme URIs are not allowed for 'WEB' client type.")],
} as const satisfies Partial<Record<ClientType, Reason>>
const device: Reason = ['loopback-device', invalid("Localhost URI is not allowed for 'NATIVE_DEVICE' client type.")]

const registered: Readonly<Record<ClientType, readonly string[]>> = {
  web: ['https://mail.example.test/callback', 'http://localhost:8080/callback'],
  desktop: ['http://localhost'],
  ios: ['com.example.mail:/'],
  android: ['com.example.mail:/'],
  chrome: [],
  tv: [],
}

const refused = (type: ClientType, uri: string, [row, answer]: Reason, circumstances: Circumstances = {}): Probe =>
  probe(
    `${type}${circumstances === switchedOn ? ' with custom schemes' : circumstances === testing ? ' in Testing' : ''}: ${JSON.stringify(uri)}`,
    `authorization-errors/${row}`,
    { redirect_uri: uri },
    answer(uri),
    {
      ...circumstances,
      client: {
        kind: type === 'web' ? 'web' : 'installed',
        type,
        redirect_uris: registered[type],
        ...circumstances.client,
      },
    },
  )

const switchedOn: Circumstances = { client: { customScheme: true } }
const testing: Circumstances = { project: { publishingStatus: 'testing', testUsers: ['alice@example.test'] } }
const oob = 'urn:ietf:wg:oauth:2.0:oob'

/** Google, web-server guide, "Redirect URI validation rules", and native-app guide; whatever the client's type. */
const breaking: readonly string[] = [
  '/callback',
  'callback',
  'localhost:3000',
  'https:/mail.example.test/callback',
  'http://mail.example.test/callback',
  'http://127.0.0.1.example.test/',
  'https://93.184.215.14/callback',
  'https://[2001:db8::1]/callback',
  'http://0.0.0.0:18179/oauth/callback',
  'https://alice@mail.example.test/callback',
  'http://alice:secret@127.0.0.1:53789/',
  'https://mail.example.test/a/../callback',
  'https://mail.example.test/a\\..\\callback',
  'https://mail.example.test/a/%2e%2E/callback',
  'http://127.0.0.1:53789/callback#part',
  'https://*.example.test/callback',
  'https://mail.example.test/%zz',
  'https://mail.example.test/100%',
  'https://mail.example.test/%00',
  'https://mail.example.test/%C0%80',
  'https://mail.example.test/\u0007',
  'https://mail.example.test/two words',
  'https://mail.googleusercontent.com/callback',
  'https://goo.gl/callback',
  'myapp:/callback',
  'javascript:alert(1)',
]

/** Redirect URIs that a client of some type may not name. */
export const redirectUriProbes: readonly Probe[] = [
  ...breaking.map((uri) => refused(uri.startsWith('http://127') ? 'desktop' : 'web', uri, breaksRules)),
  refused('web', 'http://192.168.1.5/callback', privateAddress),
  refused('web', 'https://10.0.0.7:8443/callback', privateAddress),
  refused('desktop', 'http://172.16.0.1:53789/', privateAddress),
  refused('web', 'http://localhost:8081/callback', mismatch),
  refused('web', 'http://localhost/callback', mismatch),
  refused('web', 'http://127.0.0.1:8080/callback', mismatch),
  refused('web', 'https://mail.example.test/callback/', mismatch),
  refused('web', 'https://mail.example.test/Callback', mismatch),
  refused('web', 'https://mail.example.test/callback?next=1', mismatch),
  refused('web', 'https://MAIL.example.test/callback', mismatch),
  refused('web', 'https://mail.example.test:443/callback', mismatch),
  refused('web', 'com.example.mail:/callback', customScheme.web),
  refused('web', 'testauth.example.test:3000', customScheme.web),
  refused('web', oob, outOfBandWeb),
  refused('web', oob, outOfBandWeb, testing),
  refused('desktop', 'https://mail.example.test/callback', mismatch),
  refused('desktop', 'https://127.0.0.1:53789/', mismatch),
  refused('desktop', 'com.example.mail:/callback', mismatch),
  refused('desktop', oob, outOfBand),
  refused('desktop', `${oob}:auto`, outOfBand),
  refused('desktop', 'oob', outOfBand),
  refused('ios', 'http://127.0.0.1:53789/', loopback),
  refused('ios', 'com.example.other:/callback', mismatch),
  refused('ios', 'com.example.mail://callback', breaksRules),
  refused('ios', oob, outOfBand, testing),
  refused('android', 'com.example.mail:/callback', customScheme.android),
  refused('android', 'http://localhost:53789/', loopback),
  refused('android', 'http://[::1]:53789/', loopback, switchedOn),
  refused('android', 'com.example.other:/callback', mismatch, switchedOn),
  refused('chrome', 'com.example.mail:/callback', customScheme.chrome),
  refused('chrome', 'http://127.0.0.1:53789/', loopback),
  refused('chrome', 'https://mail.example.test/callback', mismatch),
  refused('tv', 'http://127.0.0.1:53789/', device),
  refused('tv', 'https://mail.example.test/callback', mismatch),
]
