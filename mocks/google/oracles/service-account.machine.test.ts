import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import keyFile from '../../../fixtures/keys/test-only-service-account.json' with { type: 'json' }
import published from '../../../fixtures/keys/test-only-service-account.public.json' with { type: 'json' }
import { alice, desktop } from '../google.fixture.ts'
import { programs, scriptOf } from './program.fixture.ts'
import { openStand } from './stand.fixture.ts'

/** An organisation that lets a service account read its users' mail and do nothing else in their names. */
const open = () =>
  openStand({
    accounts: [{ ...alice, organisation: 'example.test' }],
    serviceAccounts: [
      {
        email: keyFile.client_email,
        clientId: keyFile.client_id,
        project: desktop.project,
        keys: published.keys.map(({ kid: id, n, e }) => ({ id, n, e })),
        delegations: [
          { clientId: keyFile.client_id, organisation: 'example.test', scopes: ['https://mail.google.com/'] },
        ],
      },
    ],
  })

const args = [
  fileURLToPath(new URL('../../../fixtures/keys/test-only-service-account.json', import.meta.url)),
  alice.address,
]

/** What the organisation's users and scopes make of the five requests that every program sends. */
const refusals = [
  [
    'for a scope that nobody delegated',
    401,
    'unauthorized_client',
    'Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.',
  ],
  ['for a user who does not exist', 400, 'invalid_grant', 'Invalid email or User ID'],
  ['for a scope that does not exist', 400, 'invalid_scope', 'Invalid OAuth scope or ID token audience provided.'],
] as const

const sent = [
  'POST token-endpoint 200',
  'POST token-endpoint 200',
  'POST token-endpoint 401',
  'POST token-endpoint 400',
  'POST token-endpoint 400',
]

async function play(command: string, ...before: readonly string[]) {
  await using stand = await open()
  const { told, output, code } = await stand.play(command, ...before, ...args)
  expect({ output, code }).toEqual({ output: '', code: 0 })
  expect(stand.requests()).toEqual(sent)
  // One token for the robot itself and one for the user, for whom the administrator let it act.
  expect(stand.seen('as.token.issued').map(({ fields: { account, by } }) => [account, by])).toEqual([
    [keyFile.client_email, 'jwt-bearer'],
    [alice.address, 'jwt-bearer'],
  ])
  return told
}

test('google-auth-library', async () => {
  const credentials = { accessToken: 'ya29.', token_type: 'Bearer', seconds: expect.closeTo(3599, -1) }
  expect(await play(process.execPath, scriptOf('node/service-account.ts'))).toMatchObject([
    { step: 'for itself', ...credentials },
    { step: 'for a user', ...credentials },
    ...refusals.map(([step, status, error, description]) => ({
      step,
      message: `${error}: ${description}`,
      status,
      body: { error, error_description: description },
    })),
  ])
})

test('google-auth', async () => {
  expect(await play(programs.python, '-u', scriptOf('python/service_account_journey.py'))).toMatchObject([
    { step: 'for itself', valid: true, expired: false, token: 'ya29.' },
    { step: 'for a user', valid: true, expired: false, token: 'ya29.' },
    ...refusals.map(([step, , error, description]) => ({
      step,
      class: 'google.auth.exceptions.RefreshError',
      message: expect.stringContaining(`('${error}: ${description}', {`),
    })),
  ])
})

test('golang.org/x/oauth2', async () => {
  const token = { type: 'Bearer', valid: true, seconds: expect.closeTo(3599, -1), refreshToken: false }
  expect(await play(programs.go)).toMatchObject([
    { step: 'for itself', ...token },
    { step: 'for a user', ...token },
    // For assertions the library shows the body as it came.
    ...refusals.map(([step, status, error, description]) => ({
      step,
      class: '*oauth2.RetrieveError',
      status,
      message: expect.stringContaining(`"error": "${error}",\n  "error_description": "${description}"`),
    })),
  ])
})
