import { describe, expect, test } from 'vitest'
import { openJournal } from '../journal.ts'
import type { ObservedConfiguration } from '../model/configuration.ts'
import { isSecretRef } from '../model/secret.ts'
import { createRandom } from '../random.ts'
import { openSecrets } from '../secrets.ts'
import { virtualProject } from './project.ts'
import { profileOf } from './read-discovered.ts'
import { readProject } from './read-project.ts'
import { recognise } from './recognised-settings.ts'

// Put together here, so that no scanner takes them for real ones.
const secret = ['GOC', 'SPX-', 'EXAMPLE-planted-in-files-001'].join('')
const refreshToken = ['1/', '/0', 'EXAMPLEplantedInFiles00000000000000002'].join('')
const key = ['-----BEGIN ', 'PRIVATE KEY-----\nMIIEXAMPLEplanted\n-----END ', 'PRIVATE KEY-----\n'].join('')
const id = '300000000003-examplefileclient0000000000000000.apps.googleusercontent.com'

/** What is recorded of files in memory, as JSON and one by one. */
async function recorded(files: Readonly<Record<string, string>>) {
  const secrets = openSecrets(createRandom(0))
  const journal = openJournal({ scenario: 'configuration', door: 'interception', seed: 0 }, () => 0)
  await readProject(virtualProject('p', files), { journal, secrets, now: Date.UTC(2026, 0, 14) })
  const { observations } = journal.seal()
  const of = <T extends keyof ObservedConfiguration>(type: T) =>
    observations.filter((each) => each.type === type).map(({ fields }) => fields as ObservedConfiguration[T])
  const value = (name: string) => of('config.value').find((each) => each.name === name)?.value
  return { text: JSON.stringify(observations), of, value, secrets }
}

const mapped = (where: Readonly<Record<string, string>>): string =>
  JSON.stringify({ profiles: { development: { mapping: where } } })

describe('every shape of Google’s files (google-facts 7.4, 9)', () => {
  const inner = `"client_id": "${id}", "client_secret": "${secret}", "auth_uri": "https://accounts.google.com/o/oauth2/auth", "token_uri": "https://accounts.google.com/o/oauth2/token"`

  test.each([
    ['installed', `{"installed": {${inner}, "redirect_uris": ["urn:ietf:wg:oauth:2.0:oob", "http://localhost"]}}`],
    ['web', `{"web": {${inner}, "javascript_origins": ["https://mail.example.com"]}}`],
    [
      'service_account',
      JSON.stringify({ type: 'service_account', private_key: key, client_email: 'a@p.iam.gserviceaccount.com' }),
    ],
    [
      'authorized_user',
      JSON.stringify({ type: 'authorized_user', client_id: id, client_secret: secret, refresh_token: refreshToken }),
    ],
    [
      'authorized_user',
      JSON.stringify({
        token: `ya29.${'x'.repeat(30)}`,
        client_id: id,
        client_secret: secret,
        refresh_token: refreshToken,
      }),
    ],
    ['several', `{"installed": {${inner}}, "web": {${inner}}}`],
    ['several', `{"installed": {${inner}}, "type": "service_account"}`],
    ['unknown', `{${inner}}`],
    ['unknown', `[{"installed": {${inner}}}]`],
    ['unknown', 'null'],
    ['unknown', `{"installed": [${JSON.stringify(secret)}]}`],
    ['unknown', JSON.stringify({ type: 'external_account', client_secret: secret })],
  ])('%s %#', async (kind, text) => {
    const { of, text: journal } = await recorded({ 'client_secret.json': text })
    expect(of('config.file').map((file) => file.kind)).toEqual([kind])
    for (const value of [secret, refreshToken, 'MIIEXAMPLEplanted', 'ya29.']) expect(journal).not.toContain(value)
  })

  test('secrets are told by reference, in lists and under wrong names not at all', async () => {
    const { of, text, secrets } = await recorded({
      'client_secret.json': JSON.stringify({
        web: {
          client_id: secret,
          client_secret: [secret],
          client_secrt: secret,
          redirect_uris: [`https://a.example/${secret}`],
          [secret]: 1,
        },
      }),
    })
    expect(text).not.toContain(secret)
    expect(
      of('config.value')
        .filter(({ value }) => isSecretRef(value))
        .map(({ name }) => name),
    ).toEqual(['client.client_id'])
    expect(of('config.unknown').map(({ name, nearest }) => [name, nearest])).toEqual([
      ['client_secrt', 'client_secret'],
      ['…', null],
    ])
    expect(secrets.refer(secret)?.kind).toBe('client-secret')
  })

  test('numbers and null are no texts', async () => {
    const { of } = await recorded({
      'client_secret.json':
        '{"installed": {"client_id": 12, "client_secret": null, "auth_uri": "", "redirect_uris": "x"}}',
    })
    expect(of('config.file')[0]!.members).toEqual({
      client_id: 'other',
      client_secret: 'other',
      auth_uri: 'empty',
      redirect_uris: 'text',
    })
  })

  test('what our own words may hold is referred to, and searched for nowhere', async () => {
    const { text, value } = await recorded({
      '.env': `GOOGLE_CLIENT_ID=${id}\nGOOGLE_CLIENT_SECRET=your_client_secret\n`,
    })
    expect(value('clientSecret')).toMatchObject({ ref: 'guessable-1', kind: 'client-secret' })
    expect(text).not.toContain('your_client_secret')
  })
})

describe('settings are read as the gate knows them', () => {
  test.each([
    ['runtime', 'Electron', 'desktop'],
    ['runtime', 'cli', 'cli'],
    ['imap.tls', true, 'implicit'],
    ['imap.tls', 'STARTTLS', 'STARTTLS'],
    ['imap.port', 993, '993'],
    ['tls.rejectUnauthorized', '0', 'false'],
    ['log.wire', 'on', 'true'],
    ['scopes', 'https://mail.google.com/,openid email', ['https://mail.google.com/,openid', 'email']],
    ['scopes', ['a b', 'c'], ['a b', 'c']],
    ['mechanisms', 'XOAUTH2, OAUTHBEARER', ['XOAUTH2', 'OAUTHBEARER']],
    ['redirectUri', ['https://a.example/'], ['https://a.example/']],
    ['imap.host', '${IMAP_HOST:-imap.gmail.com}', undefined],
  ])('%s: %j', async (name, given, told) => {
    const { value } = await recorded({
      'oauth-imap.gate.json': mapped({ [name]: 's.json#/a~1b/~0' }),
      's.json': JSON.stringify({ 'a/b': { '~': given } }),
    })
    expect(value(name)).toEqual(told)
  })

  test.each([
    ['a list for one text', 'imap.host', '["a"]', 's.json', 'expected one text, number or flag for imap.host'],
    ['an object for a list', 'scopes', '{}', 's.json', 'expected a list, or a text for scopes'],
    ['null', 'imap.host', 'null', 'oauth-imap.gate.json', 'expected a value that exists: s.json#/a'],
  ])('%s is a problem of its place', async (_, name, given, file, problem) => {
    const { of } = await recorded({
      'oauth-imap.gate.json': mapped({ [name]: 's.json#/a' }),
      's.json': `{"a": ${given}}`,
    })
    expect(of('config.file').filter((each) => each.problem !== undefined)).toMatchObject([{ file, problem }])
  })

  test('a secret is told with where it comes from', async () => {
    const sources = async (text: string) => {
      const gate = { profiles: { p: { settings: { clientSecret: text } } } }
      const { of, text: journal } = await recorded({ 'oauth-imap.gate.json': JSON.stringify(gate) })
      expect(journal).not.toContain(secret)
      return of('config.value').map(({ source }) => source)
    }
    expect(await sources('env:GOOGLE_CLIENT_SECRET')).toEqual(['environment'])
    expect(await sources('vault:mail/secret')).toEqual(['store'])
    expect(await sources(secret)).toEqual(['literal'])
    expect(await sources(`\${SECRET:-${secret}}`)).toEqual(['literal'])
  })

  test('a file that several values are taken from is told once', async () => {
    const { of } = await recorded({
      'oauth-imap.gate.json': mapped({ 'imap.host': 's.yaml#/h', 'imap.port': 's.yaml#/p' }),
      's.yaml': 'h: a\np: 1\n',
    })
    expect(of('config.file').map(({ file }) => file)).toEqual(['oauth-imap.gate.json', 's.yaml'])
  })

  test('an attestation that is named and missing is a problem of its name', async () => {
    const { of } = await recorded({ 'oauth-imap.gate.yaml': 'attestation: nowhere.yaml\n' })
    expect(of('config.file')).toMatchObject([
      {},
      { file: 'oauth-imap.gate.yaml', line: 1, problem: 'expected a file that exists' },
    ])
  })
})

describe('names that applications use are recognised, and others’ left alone', () => {
  test.each([
    ['GOOGLE_CLIENT_ID', 'clientId'],
    ['AUTH_GOOGLE_SECRET', 'clientSecret'],
    ['VITE_GOOGLE_CLIENT_ID', 'clientId'],
    ['GMAIL_OAUTH_CLIENT_SECRET', 'clientSecret'],
    ['GOOGLE_REDIRECT_URI', 'redirectUri'],
    ['OAUTH2_CALLBACK_URL', 'redirectUri'],
    ['IMAP_SERVER', 'imap.host'],
    ['IMAP_USE_SSL', 'imap.tls'],
    ['NODE_TLS_REJECT_UNAUTHORIZED', 'tls.rejectUnauthorized'],
    ['retryDelay', undefined],
    ['GITHUB_CLIENT_ID', undefined],
    ['id', undefined],
    ['secret', undefined],
    ['SMTP_HOST', undefined],
    ['scopeDepth', undefined],
  ])('%s is %s', (name, setting) => {
    expect(recognise([name], 'x')?.name).toBe(setting)
  })

  test.each([
    ['client_secret.json', 'default'],
    ['config/prod/google.json', 'production'],
    ['.env.production.local', 'production'],
    ['product/client.json', 'default'],
  ])('%s is of profile %s', (path, profile) => {
    expect(profileOf(path)).toBe(profile)
  })
})

test('a mapped name that nobody knows is told where the gate file has it, with the one that was meant', async () => {
  const gate = 'profiles:\n  production:\n    mapping:\n      connections: s.json#/max\n'
  const { of, value } = await recorded({ 'oauth-imap.gate.yaml': gate, 's.json': '{\n\n"max": 20}' })
  expect(of('config.unknown')).toEqual([
    expect.objectContaining({
      file: 'oauth-imap.gate.yaml',
      line: 4,
      name: 'connections',
      nearest: 'imap.connections',
    }),
  ])
  expect(value('imap.connections')).toBeUndefined()
})

test.each(['constructor', 'prototype', '__proto__'])('a profile called %s is not passed over', async (name) => {
  const { of } = await recorded({ 'oauth-imap.gate.yaml': `profiles:\n  ${name}:\n    settings: { imap.tls: none }\n` })
  expect(of('config.file')).toMatchObject([{ line: 2, column: 3, problem: `expected another name than ${name}` }])
})

test('a name that is a secret is told in no mistake', async () => {
  const { of, text } = await recorded({ 'oauth-imap.gate.yaml': `profiles:\n  ${secret}: { client: 5 }\n` })
  expect(of('config.file')).toMatchObject([{ line: 2, problem: '…: expected string, saw a number' }])
  expect(text).not.toContain(secret)
})

test('an attestation that states a secret does not show it', async () => {
  const { of, text } = await recorded({
    'oauth-imap.attestation.yaml': `checkedOn: 2026-01-10\nprojects: { "1": { name: ${secret} } }\nclients: { ${id}: { secrets: [{ created: 2026-01-01, value: ${secret} }] } }\n`,
  })
  expect(of('attestation').map(({ value }) => value)).toEqual(['2026-01-10', '…', '…'])
  expect(text).not.toContain(secret)
})
