import type { Endpoint } from '../../harness/model/observation.ts'

/**
 * Every address of Google that the mock answers, by endpoint; the first of each is the one in the discovery document,
 * the others are older addresses that shipped programs still use (Google, discovery document; Thunderbird, mutt,
 * nodemailer).
 */
export const addresses = {
  discovery: ['https://accounts.google.com/.well-known/openid-configuration'],
  jwks: ['https://www.googleapis.com/oauth2/v3/certs'],
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
  'revocation-endpoint': ['https://oauth2.googleapis.com/revoke', 'https://accounts.google.com/o/oauth2/revoke'],
  tokeninfo: [
    'https://oauth2.googleapis.com/tokeninfo',
    'https://www.googleapis.com/oauth2/v3/tokeninfo',
    'https://www.googleapis.com/oauth2/v1/tokeninfo',
  ],
  userinfo: ['https://openidconnect.googleapis.com/v1/userinfo', 'https://www.googleapis.com/oauth2/v3/userinfo'],
} as const satisfies Record<Exclude<Endpoint, 'elsewhere'>, readonly string[]>

/** Where the consent form is posted; the address is the mock's own, no client ever sees it. */
export const consentAddress = 'https://accounts.google.com/signin/oauth/consent'
/** Where a refused authorization request ends (captured addresses, `flowName` included). */
export const errorPageAddress = 'https://accounts.google.com/signin/oauth/error/v2'

const endpoints = new Map<string, Endpoint>([
  ...Object.entries(addresses).flatMap(([endpoint, urls]) =>
    urls.map((url): [string, Endpoint] => [url, endpoint as Endpoint]),
  ),
  [consentAddress, 'authorization-endpoint'],
  [errorPageAddress, 'authorization-endpoint'],
])
const origins = new Set([...endpoints.keys()].map((address) => new URL(address).origin))

/** The endpoint at an address, compared exactly; `elsewhere` when the mock has none there. */
export const endpointAt = (origin: string, path: string): Endpoint => endpoints.get(origin + path) ?? 'elsewhere'

/** Whether a host is one that the mock plays. */
export const isMocked = (origin: string): boolean => origins.has(origin)

/** The hosts that the mock plays, such as `accounts.google.com`. */
export const mockedHosts: readonly string[] = [...origins].map((origin) => new URL(origin).host)
