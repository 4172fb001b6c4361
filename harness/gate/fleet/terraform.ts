import { type Tree, follow, textOf } from '../tree.ts'
import type { Bag, Entry } from './bag.ts'

/** Whether a document is what `terraform show -json` prints, of a plan or of a state, or a state file itself. */
export const isTerraform = (tree: Tree): boolean =>
  follow(tree, '/format_version') !== undefined ? true : follow(tree, '/terraform_version') !== undefined

/** Resources that hold secrets or settings, by where they hold them (Terraform Registry, each resource’s page). */
const holders: Readonly<Record<string, readonly string[]>> = {
  google_secret_manager_secret_version: ['secret_data'],
  google_secret_manager_regional_secret_version: ['secret_data'],
  aws_secretsmanager_secret_version: ['secret_string'],
  aws_ssm_parameter: ['value'],
  azurerm_key_vault_secret: ['value'],
  vault_kv_secret_v2: ['data_json'],
  kubernetes_secret: ['data'],
  kubernetes_secret_v1: ['data'],
  kubernetes_config_map: ['data'],
  kubernetes_config_map_v1: ['data'],
}

/** One configuration for each resource that holds something, by its address. */
export function bagsOfTerraform(tree: Tree): readonly Bag[] {
  const modules = ['/planned_values/root_module', '/values/root_module', '/prior_state/values/root_module']
  const found = modules.map((pointer) => follow(tree, pointer)).find((module) => module !== undefined)
  const resources = found === undefined ? ofStateFile(tree) : ofModule(found)
  return resources
    .map(({ address, type, values }) => ({ name: address, entries: entriesOf(type, values) }))
    .filter(({ entries }) => entries.length > 0)
}

interface Resource {
  readonly address: string
  readonly type: string
  readonly values: Tree
}

const text = (tree: Tree, pointer: string): string => {
  const found = follow(tree, pointer)
  return (found && textOf(found)) ?? ''
}

const ofModule = (module: Tree): readonly Resource[] => [
  ...(follow(module, '/resources')?.items ?? []).flatMap((resource) => {
    const values = follow(resource, '/values')
    return values === undefined ? [] : [{ address: text(resource, '/address'), type: text(resource, '/type'), values }]
  }),
  ...(follow(module, '/child_modules')?.items ?? []).flatMap(ofModule),
]

/** A state file, version 4: instances lie below the resources, and addresses are put together. */
const ofStateFile = (tree: Tree): readonly Resource[] =>
  (follow(tree, '/resources')?.items ?? []).flatMap((resource) => {
    const type = text(resource, '/type')
    const address = [text(resource, '/module'), type, text(resource, '/name')].filter((part) => part !== '').join('.')
    return (follow(resource, '/instances')?.items ?? []).flatMap((instance, index) => {
      const values = follow(instance, '/attributes')
      const key = text(instance, '/index_key')
      return values === undefined
        ? []
        : [{ address: key === '' && index === 0 ? address : `${address}[${key === '' ? index : key}]`, type, values }]
    })
  })

function entriesOf(type: string, values: Tree): readonly Entry[] {
  return (holders[type] ?? []).flatMap((name) => {
    const held = follow(values, `/${name}`)
    if (held === undefined) return []
    if (held.members !== undefined)
      return [...held.members].flatMap(([key, member]) => {
        const value = textOf(member)
        return value === undefined ? [] : [{ name: key, text: value, at: member }]
      })
    const value = textOf(held)
    // The resource says no name of its own for what it holds.
    return value === undefined ? [] : [{ name: text(values, '/name') || `${name}.json`, text: value, at: held }]
  })
}
