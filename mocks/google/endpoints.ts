import type { Endpoint } from '../../harness/model/observation.ts'
import { signInPages } from './sign-in/addresses.ts'

/**
 * Every address of Google that the mock answers, by endpoint; the first of each is the one in the discovery document,
 * the others are older addresses that shipped programs still use (Google, discovery document; Thunderbird, mutt,
 * nodemailer; google-auth libraries for the certificates).
 */
export const addresses = {
  discovery: [
    'https://accounts.google.com/.well-known/openid-configuration',
    'https://accounts.google.com/.well-known/oauth-authorization-server',
  ],
  jwks: ['https://www.googleapis.com/oauth2/v3/certs', 'https://www.googleapis.com/oauth2/v1/certs'],
  'authorization-endpoint': [
    'https://accounts.google.com/o/oauth2/v2/auth',
    'https://accounts.google.com/o/oauth2/auth',
  ],
  'token-endpoint': [
    'https://oauth2.googleapis.com/token',
    'https://accounts.google.com/o/oauth2/token',
    'https://www.googleapis.com/oauth2/v3/token',
    'https://www.googleapis.com/oauth2/v4/token',
  ],
  'device-authorization-endpoint': ['https://oauth2.googleapis.com/device/code'],
  'revocation-endpoint': ['https://oauth2.googleapis.com/revoke', 'https://accounts.google.com/o/oauth2/revoke'],
  tokeninfo: [
    'https://oauth2.googleapis.com/tokeninfo',
    'https://www.googleapis.com/oauth2/v3/tokeninfo',
    'https://www.googleapis.com/oauth2/v2/tokeninfo',
    'https://www.googleapis.com/oauth2/v1/tokeninfo',
  ],
  userinfo: [
    'https://openidconnect.googleapis.com/v1/userinfo',
    'https://www.googleapis.com/oauth2/v3/userinfo',
    'https://www.googleapis.com/oauth2/v2/userinfo',
    'https://www.googleapis.com/oauth2/v1/userinfo',
  ],
} as const satisfies Record<Exclude<Endpoint, 'elsewhere'>, readonly string[]>

/** Whether it is the address of the metadata of RFC 8414, which is not quite the discovery document. */
export const isAuthorizationServerMetadata = (address: string): boolean =>
  address.endsWith('/oauth-authorization-server')

/** Whether an address is of Google's first two versions of an API, whose members have other names. */
export const isOldVersion = (address: string): boolean => /\/oauth2\/v[12]\//.test(address)

const endpoints = new Map<string, Endpoint>([
  ...Object.entries(addresses).flatMap(([endpoint, urls]) =>
    urls.map((url): [string, Endpoint] => [url, endpoint as Endpoint]),
  ),
  ...Object.values(signInPages).map((url): [string, Endpoint] => [url, 'authorization-endpoint']),
])
const origins = new Set([...endpoints.keys()].map((address) => new URL(address).origin))

/** The endpoint at an address, compared exactly; `elsewhere` when the mock has none there. */
export const endpointAt = (origin: string, path: string): Endpoint => endpoints.get(origin + path) ?? 'elsewhere'

/** Whether a host is one that the mock plays. */
export const isMocked = (origin: string): boolean => origins.has(origin)

/** The hosts that the mock plays, such as `accounts.google.com`. */
export const mockedHosts: readonly string[] = [...origins].map((origin) => new URL(origin).host)
