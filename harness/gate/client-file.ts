import type { ConfigurationFileKind } from '../model/configuration.ts'
import type { SecretKind } from '../model/secret.ts'
import { nearest } from '../nearest.ts'
import type { Into } from './into.ts'
import { type Tree, below, listOf, textOf } from './tree.ts'
import { parseUri } from './uri.ts'

/** The files of Google’s console and command line, by their distinguishing member (google-facts 7.4, 9). */
export function kindOfClientFile({ members }: Tree): ConfigurationFileKind {
  const kinds = (['installed', 'web'] as const).filter((key) => members?.get(key)?.members !== undefined)
  if (kinds.length > 1) return 'several'
  const type = members?.get('type')?.value
  return kinds[0] ?? (type === 'service_account' || type === 'authorized_user' ? type : 'unknown')
}

const secretMembers: Readonly<Record<string, SecretKind>> = {
  client_secret: 'client-secret',
  refresh_token: 'refresh-token',
  access_token: 'access-token',
  private_key: 'client-secret',
}

const uriMembers = new Set([
  'redirect_uris',
  'javascript_origins',
  'auth_uri',
  'token_uri',
  'auth_provider_x509_cert_url',
  'client_x509_cert_url',
])

/** What Google writes into such files, old ones included (google-facts 7.4). */
const known = new Set([
  ...Object.keys(secretMembers),
  ...uriMembers,
  ...['client_id', 'project_id', 'client_email', 'private_key_id', 'type', 'universe_domain', 'quota_project_id'],
  ...['account', 'token_type', 'expiry', 'scopes'],
])

/** Records every member of a client file; secrets by reference. */
export function recordClient(tree: Tree, given: { file: string; profile: string; pointer?: string }, to: Into): void {
  const kind = kindOfClientFile(tree)
  const inner = kind === 'installed' || kind === 'web' ? tree.members?.get(kind) : tree
  const base = kind === 'installed' || kind === 'web' ? below(given.pointer ?? '', kind) : (given.pointer ?? '')
  for (const [name, member] of inner?.members ?? []) {
    const { line, column } = member
    const place = { file: given.file, line, column, pointer: below(base, name) }
    if (!known.has(name) && kind !== 'unknown' && kind !== 'several')
      to.record('config.unknown', { ...place, name, nearest: nearest(name, [...known]) })
    const value = told(name, member, to)
    if (value === undefined) continue
    const about = { profile: given.profile, name: `client.${name}` }
    to.record('config.value', { ...place, ...about, value, source: 'literal' })
    if (uriMembers.has(name)) recordUris(member, { ...place, ...about }, to)
  }
}

interface Named {
  readonly file: string
  readonly pointer: string
  readonly profile: string
  readonly name: string
}

/** A URI, or each of a list, with its own place. */
export function recordUris(tree: Tree, { file, pointer, profile, name }: Named, to: Into): void {
  const each = tree.items?.map((item, index) => ({ item, at: below(pointer, index) })) ?? [{ item: tree, at: pointer }]
  for (const { item, at } of each) {
    const uri = textOf(item)
    if (uri === undefined) continue
    const { line, column } = item
    to.record('config.uri', { file, line, column, pointer: at, profile, name, uri, parsed: parseUri(uri) })
  }
}

function told(name: string, member: Tree, { secrets }: Into) {
  const kind = secretMembers[name]
  const text = textOf(member)
  if (kind !== undefined && text !== undefined && text !== '') return secrets.learn(kind, text)
  return member.items === undefined ? text : listOf(member)
}
