import type { ValueSource } from '../model/configuration.ts'
import type { SecretKind } from '../model/secret.ts'
import {
  type SettingName,
  flagSettings,
  listSettings,
  scopeSettings,
  settingNames,
  settingSynonyms,
  uriSettings,
} from '../model/setting-name.ts'
import { recordUnknown, recordUris } from './client-file.ts'
import type { Into } from './into.ts'
import { isEnvironmentFile } from './read-tree.ts'
import { secretLook } from './secret-look.ts'
import { type Tree, below, listOf, textOf } from './tree.ts'
import { withoutUserinfo } from './uri.ts'

/** Values that name where a value comes from instead of being it. */
const references: readonly (readonly [RegExp, ValueSource])[] = [
  [/^\$\{?(?:vault|secret|sm):|^projects\/[^/]+\/secrets\//, 'store'],
  // AWS’s stores by their names, and what a template engine puts in.
  [/^arn:aws:(?:secretsmanager|ssm):|^\/copilot\/|^\{\{[^{}]*\}\}$/, 'store'],
  // SOPS, which keeps the value encrypted in the file.
  [/^ENC\[AES256_GCM,/, 'store'],
  [/^(?:vault|keyring|secret|gcp-secret|aws-secret|azure-keyvault|op|sops|k8s):/i, 'store'],
  [
    /^(?:env|environment):|^process\.env\.|^%[A-Z_][A-Z0-9_]*%$|^\$\{?[A-Z_][A-Z0-9_]*(?::?[-=?+][^}]*)?\}?$/i,
    'environment',
  ],
]

/** Where a value comes from; what looks like a secret of Google’s is one, though it be the default of a variable. */
export const sourceOf = (text: string): ValueSource =>
  secretLook(text) === undefined ? (references.find(([pattern]) => pattern.test(text))?.[1] ?? 'literal') : 'literal'

export interface Placed {
  readonly file: string
  readonly pointer: string
  readonly profile: string
}

const secretSettings: Readonly<Record<string, SecretKind>> = { clientSecret: 'client-secret', password: 'password' }

/**
 * Records one setting under our name for it; what may be a secret by reference, and what comes from somewhere else not at all
 * unless it is a secret.
 *
 * @returns what was expected instead, where it is not such a value
 */
export function recordSetting(name: string, tree: Tree, placed: Placed, to: Into): string | undefined {
  const { line, column } = tree
  const place = { file: placed.file, line, column, pointer: placed.pointer }
  if (!Object.hasOwn(settingNames, name)) {
    recordUnknown(name, Object.keys(settingNames), place, to)
    return undefined
  }
  const setting = name as SettingName
  const value = valueOf(setting, tree)
  if (value === undefined) return listSettings.has(name) ? 'a list, or a text' : 'one text, number or flag'
  const about = { ...place, profile: placed.profile, name: setting === 'clientId' ? 'client.client_id' : name }
  const source = typeof value === 'string' ? sourceOf(value) : 'literal'
  const secret = typeof value === 'string' ? (secretSettings[name] ?? secretLook(value)) : undefined
  if (secret !== undefined && source === 'literal' && value !== '') {
    // Who reads an environment file reads the environment.
    const from = isEnvironmentFile(placed.file) ? 'environment' : 'literal'
    to.record('config.value', { ...about, value: to.secrets.learn(secret, value as string), source: from })
    return undefined
  }
  if (source !== 'literal' && secret === undefined) return undefined
  const text = textOf(tree)?.trim()
  const written = typeof value === 'string' && text !== undefined && text !== value ? { written: text } : {}
  to.record('config.value', { ...about, value: withoutSecrets(value, to), ...written, source })
  if (listSettings.has(name)) recordItems(tree, about, to)
  if (uriSettings.has(name)) recordUris(tree, about, to)
  return undefined
}

/** A value as the checks know it: flags and synonyms in our words, scopes as they are written. */
function valueOf(name: SettingName, tree: Tree): string | readonly string[] | undefined {
  if (listSettings.has(name)) return listOf(tree, scopeSettings.has(name) ? /\s+/ : /[\s,]+/)
  if (uriSettings.has(name) && tree.items !== undefined) return listOf(tree)
  const text = textOf(tree)?.trim()
  if (text === undefined) return undefined
  const word = text.toLowerCase()
  if (flagSettings.has(name))
    return /^(?:1|true|yes|on)$/.test(word) ? 'true' : /^(?:0|false|no|off)$/.test(word) ? 'false' : text
  const synonyms = settingSynonyms[name] ?? {}
  return Object.hasOwn(synonyms, word) ? synonyms[word]! : text
}

function withoutSecrets(value: string | readonly string[], { secrets }: Into): string | readonly string[] {
  if (typeof value === 'string') return withoutUserinfo(value)
  const plain = value.filter((item) => {
    const kind = secretLook(item)
    if (kind !== undefined) secrets.learn(kind, item)
    return kind === undefined
  })
  return plain.map(withoutUserinfo)
}

function recordItems(tree: Tree, { file, pointer, profile, name }: Placed & { readonly name: string }, to: Into): void {
  for (const [index, item] of (tree.items ?? [tree]).entries()) {
    const value = textOf(item)
    if (value === undefined || secretLook(value) !== undefined) continue
    const { line, column } = item
    const at = tree.items === undefined ? pointer : below(pointer, index)
    to.record('config.item', { file, line, column, pointer: at, profile, name, value })
  }
}
