import type { ValueSource } from '../model/configuration.ts'
import { listSettings, settingNames, uriSettings } from '../model/setting-name.ts'
import { nearest } from '../nearest.ts'
import { recordUris } from './client-file.ts'
import type { Into } from './into.ts'
import { type Tree, below, listOf, textOf } from './tree.ts'

/** Values that name where a secret comes from instead of being it. */
const references: readonly (readonly [RegExp, ValueSource])[] = [
  [/^(?:env|environment):|^\$\{?[A-Z_][A-Z0-9_]*\}?$|^%[A-Z_][A-Z0-9_]*%$|^process\.env\./i, 'environment'],
  [/^(?:vault|keyring|secret|gcp-secret|aws-secret|azure-keyvault|op|sops|k8s):|^\$\{?(?:vault|secret|sm):/i, 'store'],
  [/^projects\/[^/]+\/secrets\//, 'store'],
]

export const sourceOf = (text: string): ValueSource =>
  references.find(([pattern]) => pattern.test(text))?.[1] ?? 'literal'

export interface Placed {
  readonly file: string
  readonly pointer: string
  readonly profile: string
}

/** Records one setting under our name for it; what may be a secret by reference. */
export function recordSetting(name: string, tree: Tree, { file, pointer, profile }: Placed, to: Into): void {
  const { line, column } = tree
  const place = { file, line, column, pointer }
  if (!(name in settingNames)) {
    to.record('config.unknown', { ...place, name, nearest: nearest(name, Object.keys(settingNames)) })
    return
  }
  const text = textOf(tree)
  const isSecret = name === 'clientSecret' || name === 'password'
  const source = isSecret && text !== undefined ? sourceOf(text) : 'literal'
  const value = listSettings.has(name) ? listOf(tree) : text
  if (value === undefined) return
  const told =
    isSecret && source === 'literal' && typeof value === 'string' && value !== ''
      ? to.secrets.learn(name === 'password' ? 'password' : 'client-secret', value)
      : value
  to.record('config.value', { ...place, profile, name, value: told, source })
  if (listSettings.has(name)) recordItems(tree, { ...place, profile, name }, to)
  if (uriSettings.has(name)) recordUris(tree, { ...place, profile, name }, to)
}

function recordItems(tree: Tree, { file, pointer, profile, name }: Placed & { readonly name: string }, to: Into): void {
  for (const [index, item] of (tree.items ?? [tree]).entries()) {
    const value = textOf(item)
    if (value === undefined) continue
    const { line, column } = item
    const at = tree.items === undefined ? pointer : below(pointer, index)
    to.record('config.item', { file, line, column, pointer: at, profile, name, value })
  }
}
