import type { ConfigurationFileKind, MemberShape } from '../model/configuration.ts'
import type { SecretKind } from '../model/secret.ts'
import { near } from '../nearest.ts'
import type { Into } from './into.ts'
import { secretLook } from './secret-look.ts'
import { type Tree, below, textOf } from './tree.ts'
import { parseUri, withoutUserinfo } from './uri.ts'

/** The files of Google’s console and command line, by their distinguishing member (google-facts 7.4, 9). */
export function kindOfClientFile({ members }: Tree): ConfigurationFileKind {
  const wrapped = (['installed', 'web'] as const).filter((key) => members?.get(key)?.members !== undefined)
  const type = members?.get('type')?.value
  const typed = type === 'service_account' || type === 'authorized_user' ? ([type] as const) : []
  const kinds = [...wrapped, ...typed]
  if (kinds.length > 1) return 'several'
  return kinds[0] ?? (type === undefined && isTokenFile(members) ? 'authorized_user' : 'unknown')
}

/** What google-auth writes for one user names no type (google.oauth2.credentials.Credentials.to_json). */
const isTokenFile = (members: Tree['members']): boolean =>
  typeof members?.get('refresh_token')?.value === 'string' && typeof members.get('client_id')?.value === 'string'

const secretMembers: Readonly<Record<string, SecretKind>> = {
  client_secret: 'client-secret',
  refresh_token: 'refresh-token',
  access_token: 'access-token',
  token: 'access-token',
  id_token: 'id-token',
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
const known = [
  ...Object.keys(secretMembers),
  ...uriMembers,
  ...['client_id', 'project_id', 'client_email', 'private_key_id', 'type', 'universe_domain', 'quota_project_id'],
  ...['account', 'token_type', 'expiry', 'expiry_date', 'scope', 'scopes', 'rapt_token'],
]

interface Found {
  readonly file: string
  readonly profile: string
  readonly pointer: string
}

/** The object that holds the members, and the pointer to it. */
function innerOf(tree: Tree, pointer: string): { readonly inner: Tree; readonly base: string } {
  const kind = kindOfClientFile(tree)
  return kind === 'installed' || kind === 'web'
    ? { inner: tree.members!.get(kind)!, base: below(pointer, kind) }
    : { inner: tree, base: pointer }
}

/** What stands behind each known member of a client, for checks of its form. */
export const shapesOf = (tree: Tree): Readonly<Record<string, MemberShape>> =>
  Object.fromEntries(
    [...(innerOf(tree, '').inner.members ?? [])]
      .filter(([name]) => known.includes(name))
      .map(([name, member]) => [name, shapeOf(member)]),
  )

function shapeOf({ value, items }: Tree): MemberShape {
  if (typeof value === 'string') return value.trim() === '' ? 'empty' : 'text'
  return items !== undefined && items.every((item) => typeof item.value === 'string') ? 'texts' : 'other'
}

/** Records every known member of a client file; secrets by reference, what nobody knows by its name alone. */
export function recordClient(tree: Tree, { file, profile, pointer }: Found, to: Into): void {
  const kind = kindOfClientFile(tree)
  const { inner, base } = innerOf(tree, pointer)
  for (const [name, member] of inner.members ?? []) {
    const place = { file, line: member.line, column: member.column, pointer: below(base, name) }
    if (!known.includes(name)) {
      if (kind !== 'unknown' && kind !== 'several') recordUnknown(name, known, place, to)
      continue
    }
    const value = told(member, secretMembers[name], to)
    if (value === undefined) continue
    const about = { profile, name: `client.${name}` }
    to.record('config.value', { ...place, ...about, value, source: 'literal' })
    if (uriMembers.has(name)) recordUris(member, { ...place, ...about }, to)
  }
  if (base === pointer) return
  for (const [name, member] of tree.members ?? [])
    if (name !== kind) recordUnknown(name, [], { file, ...member, pointer: below(pointer, name) }, to)
}

interface Spot {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly pointer: string
}

/** A name that nobody knows, with the one that was meant where that is plain; one that looks like a secret is not told. */
export function recordUnknown(name: string, among: readonly string[], at: Spot, to: Into): void {
  const { file, line, column, pointer } = at
  const shown = secretLook(name) === undefined ? name.slice(0, 60) : '…'
  const where = shown === name ? pointer : pointer.slice(0, pointer.lastIndexOf('/') + 1)
  const nearest = near(name, among) ?? among.find((known) => known.endsWith(`.${name}`)) ?? null
  to.record('config.unknown', { file, line, column, pointer: where, name: shown, nearest })
}

interface Named extends Found {
  readonly name: string
}

/** A URI, or each of a list, with its own place. */
export function recordUris(tree: Tree, { file, pointer, profile, name }: Named, to: Into): void {
  const each = tree.items?.map((item, index) => ({ item, at: below(pointer, index) })) ?? [{ item: tree, at: pointer }]
  for (const { item, at } of each) {
    const uri = textOf(item)
    if (uri === undefined || secretLook(uri) !== undefined) continue
    const { line, column } = item
    const about = { file, line, column, pointer: at, profile, name }
    const shown = withoutUserinfo(uri)
    to.record('config.uri', { ...about, uri: shown, parsed: parseUri(shown) })
  }
}

/**
 * A value for the journal, where it is a text or a list of texts. What is a secret by its place, or by its look in any place,
 * is told by reference; one that stands in a list is left out.
 */
function told(member: Tree, kind: SecretKind | undefined, { secrets }: Into) {
  const learn = (text: string, as: SecretKind) => secrets.learn(as, text)
  const { value: text } = member
  if (typeof text === 'string') {
    const secret = kind ?? secretLook(text)
    return secret === undefined || text === '' ? withoutUserinfo(text) : learn(text, secret)
  }
  const items = member.items?.map(textOf).filter((item) => item !== undefined)
  const plain = items?.filter((item) => {
    const secret = kind ?? secretLook(item)
    if (secret !== undefined && item !== '') learn(item, secret)
    return secret === undefined
  })
  return plain?.map(withoutUserinfo)
}
