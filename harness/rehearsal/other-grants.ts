import { addresses } from '../../mocks/google/endpoints.ts'
import { mailLife } from './mail-life.ts'
import { textOf } from './profile.ts'
import { type Signer, assertionOf } from './registered-service-account.ts'
import type { Steps } from './telling.ts'
import { type Playing, credentialsOf, endpointOf, refusal, requestTokens } from './token-request.ts'

const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const deviceCode = 'urn:ietf:params:oauth:grant-type:device_code'

/** A service account for the mailbox that `subject` names (RFC 7523 §2.1): no consent, and a new assertion each time. */
export async function* assertionGrant(playing: Playing, signer: Signer, scopes: readonly string[]): Steps {
  const { profile, stand } = playing
  const subject = textOf(profile, 'subject')
  const claims = { sub: subject, scope: scopes.join(' '), aud: endpointOf(profile, 'token-endpoint').url }
  return yield* mailLife(playing, subject ?? signer.email, async function* (moment) {
    const assertion = await assertionOf(signer, claims, stand.now())
    const form = { grant_type: jwtBearer, assertion }
    return (yield* requestTokens(playing, `token request${moment}`, form, ['subject']))?.access_token
  })
}

/** The device grant (RFC 8628), which no mail scope passes. */
export async function* deviceGrant(playing: Playing, scopes: readonly string[], registeredSecret: string): Steps {
  const { profile, stand, tell } = playing
  const { client_id = '', ...secret } = credentialsOf(profile, registeredSecret)
  const step = 'device authorization request'
  const asked = { client_id, scope: scopes.join(' ') }
  const response = await stand.post(addresses['device-authorization-endpoint'][0], asked)
  if (response.status !== 200) {
    yield refusal(playing, step, ['grantType'])
    return undefined
  }
  yield tell.done(step, ['grantType'])
  const { device_code } = (await response.json()) as { readonly device_code: string }
  const form = { grant_type: deviceCode, device_code, client_id, ...secret }
  for await (const told of requestTokens(playing, 'token request of the device', form, ['grantType']))
    yield told.answer.startsWith('428 ') ? tell.undecided(told.step, ['scopes'], nobodyThere) : told
  return undefined
}

const nobodyThere = 'nobody enters a device’s code here, and no scope that a device may ask for opens IMAP'

/** Any other grant goes to the token endpoint as it is. */
export async function* unknownGrant(playing: Playing, grantType: string, registeredSecret: string): Steps {
  const form = { grant_type: grantType, ...credentialsOf(playing.profile, registeredSecret) }
  yield* requestTokens(playing, 'token request', form, ['grantType'])
  return undefined
}
