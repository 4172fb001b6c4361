import { type JWTHeaderParameters, type JWTPayload, SignJWT, importPKCS8 } from 'jose'
import keyFile from '../../../fixtures/keys/test-only-service-account.json' with { type: 'json' }
import publicKeys from '../../../fixtures/keys/test-only-service-account.public.json' with { type: 'json' }
import foreign from '../../../fixtures/keys/test-only-google-signing-key-3.json' with { type: 'json' }
import { type OpenGoogle, openGoogle } from '../google.fixture.ts'
import type { AccountRegistration } from '../registration/accounts.ts'
import { createProject } from '../registration/projects.ts'
import type { Delegation, ServiceAccountRegistration } from '../registration/service-accounts.ts'
import type { Switches } from '../switches.ts'

export const mail = 'https://mail.google.com/'
export const calendar = 'https://www.googleapis.com/auth/calendar'
export const assertionGrant = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

/** A member of a Workspace organisation. */
export const member: AccountRegistration = {
  address: 'member@example.com',
  sub: '100000000000000000003',
  name: 'Member Example',
  organisation: 'example.com',
}
/** Somebody with an account of their own at Google. */
const consumer: AccountRegistration = { address: 'alice@example.test', sub: '100000000000000000001', name: 'Alice' }

export const email = keyFile.client_email
export const clientId = keyFile.client_id
export const keyId = keyFile.private_key_id

const [publicKey] = publicKeys.keys
export const robot: ServiceAccountRegistration = {
  email,
  clientId,
  project: createProject('123456789012'),
  keys: [
    { id: keyId, n: publicKey!.n, e: publicKey!.e },
    { id: 'another-key', n: foreign.n, e: foreign.e },
  ],
  delegations: [{ clientId, organisation: 'example.com', scopes: [mail] }],
}

interface Setup {
  readonly switches?: Partial<Switches>
  readonly delegations?: readonly Delegation[]
  /** Domain of the organisation to whose members an internal project is open. */
  readonly internalTo?: string
}

/** A Google with a service account whose delegation is in force, unless told otherwise. */
export function openDelegated({ switches = {}, delegations, internalTo }: Setup = {}): OpenGoogle {
  const project =
    internalTo === undefined
      ? robot.project
      : createProject('123456789012', { userType: 'internal', organisation: internalTo })
  const account = { ...robot, project, ...(delegations === undefined ? {} : { delegations }) }
  return openGoogle(switches, { accounts: [member, consumer], serviceAccounts: [account] })
}

export interface Told {
  /** Claims that differ from a good assertion's; null leaves one out. */
  readonly claims?: Readonly<Record<string, string | number | null>>
  readonly header?: Readonly<Record<string, string | null>>
  /** Seconds that the signer's clock is ahead. */
  readonly ahead?: number
}

let imported: ReturnType<typeof importPKCS8> | undefined

/** A JWT as Google's libraries make it: RS256, `iat` and an hour. */
export async function assertion({ clock }: OpenGoogle, { claims = {}, header = {}, ahead = 0 }: Told = {}) {
  const now = Math.floor(clock.now() / 1000) + ahead
  const usual = {
    iss: email,
    sub: member.address,
    scope: mail,
    aud: 'https://oauth2.googleapis.com/token',
    iat: now,
    exp: now + 3600,
  }
  imported ??= importPKCS8(keyFile.private_key, 'RS256')
  return new SignJWT(told({ ...usual, ...claims }))
    .setProtectedHeader(told({ alg: 'RS256', typ: 'JWT', kid: keyId, ...header }) as JWTHeaderParameters)
    .sign(await imported)
}

const told = (members: object): JWTPayload =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null))
