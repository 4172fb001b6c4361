import { describe, expect, test } from 'vitest'
import {
  fakeAccessToken,
  fakeOldSecret,
  fakeRefreshToken,
  fakeSecret,
  fakeServiceAccount,
  webClientFile,
  webClientId,
} from '../../../fixtures/counterexamples/configurations/fake-credentials.ts'
import { credentialKinds, sightingsIn } from './sighting.ts'
import { mayHoldCredentials } from './traces.ts'

const found = { file: 'mail.txt', where: 'tracked', commit: null, mode: undefined } as const
const told = async (text: string): Promise<readonly string[]> => {
  // What the search for traces would pass over would never be looked at.
  if (!mayHoldCredentials(Buffer.from(text))) return []
  return (await sightingsIn(text, found)).map(({ credential, line, column }) => `${credential} ${line}:${column}`)
}

describe('credentials, wherever they stand', () => {
  const token = fakeRefreshToken(1)
  test.each([
    [`a\nsecret: "${fakeSecret(1)}"`, 'client-secret 2:10'],
    [`GOOGLE_CLIENT_SECRET=${fakeOldSecret(1)}\n`, 'client-secret 1:22'],
    [`// google\nconst clientSecret = '${fakeOldSecret(1)}'`, 'client-secret 2:23'],
    [`{\\"google\\":1,\\"client_secret\\":\\"${fakeOldSecret(1)}\\"}`, 'client-secret 1:35'],
    [`<refresh>${token}</refresh>`, 'refresh-token 1:10'],
    [`refresh_token=${encodeURI(token)}&grant_type=refresh_token`, 'refresh-token 1:15'],
    [token.replaceAll('/', '\\/'), 'refresh-token 1:1'],
    [`?access_token=${fakeAccessToken(1)}&x=1`, 'access-token 1:15'],
    [`Authorization: Bearer ${fakeAccessToken(1)}`, 'access-token 1:23'],
    [fakeServiceAccount(1), 'service-account-key 5:19'],
    [`${'x'.repeat(40_000)} ${fakeSecret(1)} ${'y'.repeat(40_000)}`, 'client-secret 1:40002'],
  ])('%#', async (text, expected) => {
    expect(await told(text)).toEqual([expected])
  })

  test('each value once, however often it stands there', async () => {
    const [a, b] = [fakeSecret(1), fakeSecret(2)]
    expect(await told(`${a}\n${b}\n${a}\n`)).toEqual(['client-secret 1:1', 'client-secret 2:1'])
  })

  test.each([
    ['another provider’s secret', `github:\n  client_secret: ${fakeOldSecret(1)}`],
    ['a part of something longer', `a${fakeSecret(1)} ${fakeSecret(1)}${fakeSecret(2)}`],
    ['a path in base64', `sha512-abc+${fakeRefreshToken(1)}==`],
    ['a key that is no service account’s', JSON.parse(fakeServiceAccount(1)).private_key],
    ['words', `GOC${'SPX'}-this-is-not-a-client-secret-x GOC${'SPX'}-EXAMPLE-not-a-secret-web`],
    ['a name in a program', 'google(); const client_secret = readClientSecretFromVault()'],
  ])('%s is none', async (_, text) => {
    expect(await told(text)).toEqual([])
  })
})

describe('whose a secret is', () => {
  const kinds = async (...texts: readonly string[]): Promise<readonly string[]> => {
    const sightings = (await Promise.all(texts.map((text) => sightingsIn(text, found)))).flat()
    return sightings.map(credentialKinds(sightings))
  }
  const [one, other] = [fakeSecret(3), fakeSecret(4)]
  const desktop = (secret: string): string => `{"installed":{"client_secret":"${secret}"}}`

  test.each([
    ['the client file around it', [webClientFile(one)], ['web-client-secret']],
    ['a desktop client’s', [desktop(one)], ['installed-client-secret']],
    ['a file within a text', [`CLIENT="${desktop(one).replaceAll('"', '\\"')}"`], ['installed-client-secret']],
    [
      'another file with the same secret',
      [`x ${one}`, desktop(one)],
      ['installed-client-secret', 'installed-client-secret'],
    ],
    ['the worse of two', [desktop(one), webClientFile(one)], ['web-client-secret', 'web-client-secret']],
    [
      'a client that is named near it',
      [webClientFile(one), `${webClientId} ${other}`],
      ['web-client-secret', 'web-client-secret'],
    ],
    ['nobody’s', [`x ${one}`], ['client-secret']],
    ['gcloud’s own', [`{"type": "authorized_user", "client_secret": "${one}"}`], ['installed-client-secret']],
  ])('%s', async (_, texts, expected) => {
    expect(await kinds(...texts)).toEqual(expected)
  })
})

test('secrets by the thousand among long numbers take no time', async () => {
  const numbers = Array.from({ length: 500 }, (_, index) => index)
  const text = numbers.map((index) => `${fakeSecret(index)}\n${'1'.repeat(900)}\n`).join('')
  const started = performance.now()
  expect((await sightingsIn(text, found)).length).toBeGreaterThan(490)
  // With each digit as a beginning of its own it takes more than four seconds.
  expect(performance.now() - started).toBeLessThan(2_000)
})
