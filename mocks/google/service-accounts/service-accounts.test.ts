import { expect, test } from 'vitest'
import { checkToken } from '../../gmail/front/token-check.ts'
import type { GmailWorld } from '../../gmail/gmail-world.ts'
import { post, tokenUrl } from '../flow.fixture.ts'
import type { OpenGoogle } from '../google.fixture.ts'
import {
  type Told,
  assertion,
  assertionGrant,
  calendar,
  clientId,
  email,
  keyId,
  mail,
  member,
  openDelegated,
} from './service-account.fixture.ts'

const day = 24 * 3_600_000

async function asked(google: OpenGoogle, told: Told = {}, address = tokenUrl) {
  return post(google, address, { grant_type: assertionGrant, assertion: await assertion(google, told) })
}

test('a delegated service account gets an access token for the mailbox, and no refresh token', async () => {
  const google = openDelegated()
  const { status, body } = await asked(google)
  expect(status).toBe(200)
  expect(Object.keys(body)).toEqual(['access_token', 'expires_in', 'token_type'])
  expect(body).toMatchObject({ expires_in: 3599, token_type: 'Bearer' })
  const token = String(body['access_token'])
  expect(google.google.lookup(token)).toEqual({
    status: 'live',
    address: member.address,
    scopes: [mail],
    expiresAt: google.clock.now() + 3_599_000,
    delegated: true,
  })
  expect(google.seen('as.token.issued').map(({ fields }) => fields)).toMatchObject([
    { by: 'jwt-bearer', account: member.address, refreshToken: null, grant: email, scope: mail },
  ])
})

test('the token opens the mailbox that it was asked for, and none under the service account’s own name', async () => {
  const google = openDelegated()
  const token = String((await asked(google)).body['access_token'])
  const gmail = { lookup: google.google.lookup, clock: google.clock } as Partial<GmailWorld> as GmailWorld
  expect(checkToken(gmail, member.address, token)).toMatchObject({ accepted: true, address: member.address })
  expect(checkToken(gmail, email, token).accepted).toBe(false)
  expect(checkToken(gmail, 'alice@example.test', token)).toEqual({ accepted: false, refusal: 'wrong-user' })
})

test('gmail.imap_admin opens a mailbox by delegation, and by nothing else', async () => {
  const admin = 'https://www.googleapis.com/auth/gmail.imap_admin'
  const google = openDelegated({ delegations: [{ clientId, organisation: 'example.com', scopes: [admin] }] })
  const { body } = await asked(google, { claims: { scope: admin } })
  const token = String(body['access_token'])
  const gmail = { lookup: google.google.lookup, clock: google.clock } as Partial<GmailWorld> as GmailWorld
  expect(checkToken(gmail, member.address, token)).toMatchObject({ accepted: true, address: member.address })
  const consented = { ...gmail, lookup: (asked: string) => ({ ...gmail.lookup(asked), delegated: undefined }) }
  expect(checkToken(consented as GmailWorld, member.address, token)).toMatchObject({ refusal: 'wrong-scope' })
})

test('without a subject it is the service account’s own', async () => {
  const google = openDelegated({ delegations: [] })
  const { body } = await asked(google, { claims: { sub: null } })
  expect(google.google.lookup(String(body['access_token']))).toMatchObject({ status: 'live', address: email })
})

test.each<[string, Told, string?]>([
  ['an hour and five minutes', { claims: { exp: Date.UTC(2026, 0, 14, 9) / 1000 + 3900 } }],
  ['a clock four minutes ahead', { ahead: 240 }],
  ['a clock an hour behind, but for a minute', { ahead: -3540 }],
  ['no key identifier', { header: { kid: null } }],
  [
    'the older address',
    { claims: { aud: 'https://accounts.google.com/o/oauth2/token' } },
    'https://accounts.google.com/o/oauth2/token',
  ],
  ['a mailbox in capitals', { claims: { sub: member.address.toUpperCase() } }],
])('%s is good enough', async (_, told, address) => {
  expect((await asked(openDelegated(), told, address)).status).toBe(200)
})

test('a delegation counts a day after it was entered, under the numeric identifier', async () => {
  const google = openDelegated({ delegations: [] })
  const both = { claims: { scope: `${mail} ${calendar}` } }
  google.google.delegate({ clientId, organisation: 'example.com', scopes: [mail] })
  google.clock.set(google.clock.now() + day)
  expect((await asked(google)).status).toBe(200)
  expect((await asked(google, both)).body['error']).toBe('access_denied')
  google.google.turn({ delegationSpread: 0 })
  google.google.delegate({ clientId, organisation: 'example.com', scopes: [calendar] })
  expect((await asked(google, both)).status).toBe(200)
})

test('what was disabled can be enabled again', async () => {
  const google = openDelegated()
  google.google.setServiceAccountKey(email, keyId, 'disabled')
  google.google.setServiceAccount(email, 'disabled')
  expect((await asked(google)).body['error']).toBe('disabled_client')
  google.google.setServiceAccountKey(email, keyId, 'enabled')
  expect((await asked(google)).body['error']).toBe('disabled_client')
  google.google.setServiceAccount(email, 'active')
  expect((await asked(google)).status).toBe(200)
})

test('its token ends after an hour, with the user, and by revocation', async () => {
  const google = openDelegated()
  const status = async (event: (token: string) => unknown) => {
    const token = String((await asked(google)).body['access_token'])
    await event(token)
    return google.google.lookup(token).status
  }
  expect(await status((token) => post(google, 'https://oauth2.googleapis.com/revoke', { token }))).toBe('revoked')
  expect(await status(() => google.clock.set(google.clock.now() + 3_599_000))).toBe('expired')
  expect(await status(() => google.google.setAccount(member.address, 'disabled'))).toBe('revoked')
})

test('tokeninfo tells whose it is', async () => {
  const google = openDelegated()
  const token = String((await asked(google)).body['access_token'])
  const { body } = await post(google, 'https://oauth2.googleapis.com/tokeninfo', { access_token: token })
  expect(body).toMatchObject({ azp: clientId, sub: member.sub, scope: mail, access_type: 'online' })
})

test('no assertion reaches the journal', async () => {
  const google = openDelegated()
  const jwt = await assertion(google)
  await post(google, tokenUrl, { grant_type: assertionGrant, assertion: jwt })
  const journal = JSON.stringify(google.sealed().observations)
  expect(journal).not.toContain(jwt.split('.')[2])
  expect(google.secrets.scanner.scanText(journal)).toEqual([])
  expect(journal).toContain('assertion-1')
})

test('an assertion in JSON is known as a secret too', async () => {
  const google = openDelegated()
  const jwt = await assertion(google)
  const body = JSON.stringify({ grant_type: assertionGrant, assertion: jwt })
  const headers = { 'content-type': 'application/json' }
  const response = await google.respond(new Request(tokenUrl, { method: 'POST', headers, body }), 'subject')
  expect(response.status).toBe(200)
  expect(google.secrets.refer(jwt)?.kind).toBe('assertion')
})

test('names that Google does not know are errors of the scenario', () => {
  const { google } = openDelegated()
  expect(() => google.setServiceAccount('nobody@example.com', 'disabled')).toThrow('nobody@example.com')
  expect(() => google.setServiceAccountKey(email, 'nobody', 'disabled')).toThrow('nobody')
})
