import type { CredentialKind } from '../../model/configuration.ts'
import { placesIn } from '../tree.ts'
import { type PlainCredential, findCredentials } from './credentials.ts'

/** A credential where it was seen. The value goes no further than the registry of secrets. */
export interface Sighting {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly credential: PlainCredential
  readonly value: string
  /** The kind of the client file around it, if there is one. */
  readonly client: 'installed' | 'web' | null
  /** Ids of clients that stand near it. */
  readonly clientIds: readonly string[]
  readonly where: 'tracked' | 'untracked' | 'ignored' | 'history' | 'artefact'
  readonly commit: string | null
  readonly mode: string | undefined
}

export type Found = Pick<Sighting, 'file' | 'where' | 'commit' | 'mode'>

/** The credentials in a text, each value once. */
export async function sightingsIn(text: string, found: Found): Promise<readonly Sighting[]> {
  const place = placesIn(text)
  const seen = new Set<string>()
  const sightings: Sighting[] = []
  for (const { credential, offset, value: written } of await findCredentials(found.file, text)) {
    const value = plainValue(credential, written)
    if (seen.has(value)) continue
    seen.add(value)
    const around = { client: clientAround(text, offset), clientIds: clientIdsNear(text, offset) }
    sightings.push({ ...found, ...place(offset), credential, value, ...around })
  }
  return sightings
}

/** As it would be used: JSON may escape slashes, and a key has a frame, line ends and, in JSON, their escapes. */
const plainValue = (credential: PlainCredential, written: string): string =>
  credential === 'service-account-key'
    ? written.replaceAll(/-----[A-Z ]+-----|\\[nr]|\s/g, '')
    : written.replaceAll('\\/', '/')

const clientStart = /\\?"(installed|web)\\?"\s*:\s*\{/g
/** The oldest have no second part. */
const clientId = /(?<!\d)\d{6,}(?:-[a-z0-9]+)?\.apps\.googleusercontent\.com/g
const near = 2000
const beside = 400

/** A redirect that only clients of installed applications could ever have (google-facts 2.2, 7.4). */
const outOfBand = /urn:ietf:wg:oauth:2\.0:oob/

/**
 * Client files are short, so what begins one stands shortly before; gcloud’s own client is a desktop one, and so is one with
 * the redirect of such a program in the same lines.
 */
function clientAround(text: string, offset: number): Sighting['client'] {
  const starts = [...text.slice(Math.max(0, offset - near), offset).matchAll(clientStart)]
  const kind = starts.at(-1)?.[1]
  if (kind === 'installed' || kind === 'web') return kind
  if (/"type"\s*:\s*"authorized_user"/.test(text.slice(Math.max(0, offset - near), offset + near))) return 'installed'
  return outOfBand.test(text.slice(Math.max(0, offset - beside), offset + beside)) ? 'installed' : null
}

const clientIdsNear = (text: string, offset: number): readonly string[] => [
  ...new Set(text.slice(Math.max(0, offset - near), offset + near).match(clientId)),
]

/**
 * Says of each client secret whose it is, which decides how bad it is (google-facts 7.4): by the client file around it, by
 * another that holds the same secret, by one of a client that is named near it. What stays unknown counts as confidential.
 */
export function credentialKinds(sightings: readonly Sighting[]): (sighting: Sighting) => CredentialKind {
  const bySecret = new Map<string, 'installed' | 'web'>()
  const byId = new Map<string, 'installed' | 'web'>()
  for (const { credential, value, client, clientIds } of sightings) {
    if (credential !== 'client-secret' || client === null) continue
    // One that stands in a web client’s file too is confidential.
    if (bySecret.get(value) !== 'web') bySecret.set(value, client)
    for (const id of clientIds) byId.set(id, client)
  }
  return ({ credential, value, clientIds }) => {
    if (credential !== 'client-secret') return credential
    const named = new Set(clientIds.map((id) => byId.get(id)))
    const kind = bySecret.get(value) ?? (named.size === 1 ? [...named][0] : undefined)
    return kind === undefined ? 'client-secret' : `${kind}-client-secret`
  }
}
