import type { ServiceAccountRegistration } from '../../mocks/google/registration/service-accounts.ts'
import type { Random } from '../random.ts'
import type { FindProject } from './registrations.ts'
import type { ReadWorld } from './world-file.ts'

/** A service account whose private key is here, so that a key file can be written. */
export interface ServiceAccountWithKey extends ServiceAccountRegistration {
  /** PKCS #8 as PEM. */
  readonly privateKey: string
}

const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048 } as const

/** Every start makes new keys; delegations count at once. */
export const serviceAccountsOf = (
  { world }: ReadWorld,
  findProject: FindProject,
  random: Random,
): Promise<readonly ServiceAccountWithKey[]> =>
  Promise.all(
    (world.serviceAccounts ?? []).map(async (entry, index) => {
      const { email, delegations = [], clientId = `1${random.text(20, '0123456789')}` } = entry
      const project = findProject(entry.project, ['serviceAccounts', index, 'project'])
      const { privateKey, ...key } = await newKey(random.text(40, '0123456789abcdef'))
      return {
        email,
        clientId,
        project,
        keys: [key],
        delegations: delegations.map((delegation) => ({ ...delegation, clientId })),
        privateKey,
      }
    }),
  )

async function newKey(id: string) {
  const publicExponent = Uint8Array.of(1, 0, 1)
  const pair = await crypto.subtle.generateKey({ ...algorithm, publicExponent }, true, ['sign', 'verify'])
  const { n = '', e = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const octets = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey))
  const lines = btoa(String.fromCharCode(...octets)).match(/.{1,64}/g) ?? []
  const privateKey = ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n')
  return { id, n, e, privateKey }
}

/** A key file in the form of Google's download. */
export const keyFileOf = ({ email, clientId, project, keys, privateKey }: ServiceAccountWithKey) => ({
  type: 'service_account',
  project_id: `example-${project.id}`,
  private_key_id: keys[0]!.id,
  private_key: privateKey,
  client_email: email,
  client_id: clientId,
  auth_uri: 'https://accounts.google.com/o/oauth2/auth',
  token_uri: 'https://oauth2.googleapis.com/token',
  auth_provider_x509_cert_url: 'https://www.googleapis.com/oauth2/v1/certs',
  client_x509_cert_url: `https://www.googleapis.com/robot/v1/metadata/x509/${encodeURIComponent(email)}`,
  universe_domain: 'googleapis.com',
})
