import { readJsonTree } from '../json-tree.ts'
import { kindOfClientFile } from '../client-file.ts'
import type { Place } from '../../model/configuration.ts'
import { type Project, virtualProject } from '../project.ts'
import { type Tree, below, follow, plain, textOf } from '../tree.ts'

/**
 * One configuration of a fleet in one line: a client file as it is, or an object with `name`, `client`, and if known
 * `profile`, `settings` (by the names of `settingNames`) and `attestation`.
 */
export function rowProject(line: string, number: number, document: string): Project {
  const read = readJsonTree(line)
  const unnamed = `${document}:${number}`
  if ('problem' in read)
    return rowOf(unnamed, { 'row.json': line, ...gateOf({ client: 'row.json' }) }, number, document)
  const { tree } = read
  if (kindOfClientFile(tree) !== 'unknown')
    return rowOf(unnamed, { 'row.json': line, ...gateOf({ client: 'row.json' }) }, number, document)
  const name = stringAt(tree, '/name') ?? unnamed
  const settings = [...(follow(tree, '/settings')?.members?.keys() ?? [])]
  const gate = gateOf({
    profile: stringAt(tree, '/profile') ?? 'production',
    // What only variables hold has no client file.
    client: follow(tree, '/client') === undefined && settings.length > 0 ? undefined : 'row.json#/client',
    mapping: Object.fromEntries(settings.map((setting) => [setting, `row.json#${below('/settings', setting)}`])),
  })
  const attestation = follow(tree, '/attestation')
  const stated = attestation === undefined ? {} : { 'oauth-imap.attestation.json': JSON.stringify(plain(attestation)) }
  return rowOf(name, { 'row.json': line, ...gate, ...stated }, number, document)
}

interface Row {
  readonly profile?: string
  readonly client: string | undefined
  readonly mapping?: Readonly<Record<string, string>>
}

const gateOf = ({ profile = '', client, mapping = {} }: Row): Readonly<Record<string, string>> => ({
  'oauth-imap.gate.json': JSON.stringify({ profiles: { [profile]: { client, mapping } } }),
})

function rowOf(name: string, files: Readonly<Record<string, string>>, number: number, document: string): Project {
  // Only the row itself was written by whoever asked; what was put beside it has no columns of its own.
  const locate = ({ file, line, column }: Place): Place =>
    file === 'row.json'
      ? { file: document, line: number + line - 1, column }
      : { file: document, line: number, column: 1 }
  return virtualProject(name, files, locate)
}

function stringAt(tree: Tree, pointer: string): string | undefined {
  const found = follow(tree, pointer)
  return found && textOf(found)
}
