/**
 * The settings of an application that the gate looks at, by names of our own; a gate file maps an application’s settings to
 * them once. A list is a list of texts, a flag is `true` or `false`, a number is told in digits; times are in seconds.
 */
export const settingNames = {
  runtime: 'how it runs: desktop, cli, server, android, ios or chrome-extension',
  clientId: 'the client id, where there is no client file',
  scopes: 'list: what is asked for at the consent screen',
  scopesDeclared: 'list: scopes beyond mail and sign-in that the application is known to need',
  scopesOptional: 'list: data scopes that it works without',
  redirectUri: 'the redirect_uri that it sends',
  grantType: 'authorization_code, device_code, jwt-bearer …',
  responseType: 'response_type of the authorization request',
  accessType: 'access_type of the authorization request',
  prompt: 'prompt of the authorization request',
  approvalPrompt: 'approval_prompt of the authorization request',
  subject: 'the mailbox that a service account impersonates',
  clientSecret: 'the client secret, or where it comes from, such as env:GOOGLE_CLIENT_SECRET',
  authorizationEndpoint: 'URL',
  tokenEndpoint: 'URL',
  mechanisms: 'list: SASL mechanisms',
  password: 'a password for IMAP; only that there is one is recorded',
  'imap.host': 'name of the IMAP host',
  'imap.port': 'number',
  'imap.tls': 'implicit, starttls or none',
  'imap.connections': 'number: connections to one account at a time, at most',
  'tls.rejectUnauthorized': 'flag: certificates are verified',
  'tls.minVersion': 'such as TLSv1.2',
  'store.kind': 'keyring, file, database or vault',
  'store.path': 'where tokens lie',
  'store.encryption': 'none, or the name of the cipher',
  'store.keySource': 'keyring, environment, store, or the path of a file',
  'retry.limit': 'number of attempts; infinite where there is no end',
  'retry.delay': 'seconds before the first one',
  'retry.jitter': 'flag',
  'log.level': 'error, warn, info, debug or trace',
  'log.redaction': 'flag: secrets are left out',
  'log.wire': 'flag: what goes over the wire is written down as it is',
  homePage: 'URL of the application’s home page',
  privacyPolicy: 'URL of its privacy policy',
  owners: 'list: addresses that Google writes to',
} as const satisfies Readonly<Record<string, string>>
export type SettingName = keyof typeof settingNames

/** What else applications write for the same thing, in lower case; the gate reads the left word as the right one. */
export const settingSynonyms: Partial<Record<SettingName, Readonly<Record<string, string>>>> = {
  runtime: {
    electron: 'desktop',
    tauri: 'desktop',
    native: 'desktop',
    installed: 'desktop',
    terminal: 'cli',
    'command-line': 'cli',
    web: 'server',
    backend: 'server',
  },
  'imap.tls': {
    true: 'implicit',
    ssl: 'implicit',
    tls: 'implicit',
    'ssl/tls': 'implicit',
    false: 'none',
    plain: 'none',
  },
}

/** Settings that are `true` or `false`; `1`, `yes` and `on`, `0`, `no` and `off` are read as those. */
export const flagSettings: ReadonlySet<string> = new Set<SettingName>([
  'tls.rejectUnauthorized',
  'retry.jitter',
  'log.redaction',
  'log.wire',
])

/** Settings that hold a list; every other one holds one value. */
export const listSettings: ReadonlySet<string> = new Set<SettingName>([
  'scopes',
  'scopesDeclared',
  'scopesOptional',
  'mechanisms',
  'owners',
])
/** Lists whose members blanks alone part (RFC 6749 §3.3); those of the others may be parted by commas too. */
export const scopeSettings: ReadonlySet<string> = new Set<SettingName>(['scopes', 'scopesDeclared', 'scopesOptional'])

/** Settings whose value is a URI that is told in parts too. */
export const uriSettings: ReadonlySet<string> = new Set<SettingName>([
  'redirectUri',
  'authorizationEndpoint',
  'tokenEndpoint',
  'homePage',
  'privacyPolicy',
])
