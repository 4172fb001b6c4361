import { type SettingName, settingNames } from '../model/setting-name.ts'
import { clientsWithin } from './client-place.ts'
import { discover, isTemplate } from './discover.ts'
import { profileOf } from './read-discovered.ts'
import { settingsIn } from './recognised-settings.ts'
import type { RecordedFiles } from './recorded-files.ts'
import { type Tree, follow, textOf } from './tree.ts'
import { readYamlTree } from './yaml-tree.ts'

/** What a first look at a folder finds for its gate file. */
export interface FirstLook {
  readonly profiles: readonly FirstProfile[]
  /** Client ids that the clients have, for the attestation. */
  readonly clientIds: readonly string[]
}

export interface FirstProfile {
  readonly name: string
  /** `FILE` or `FILE#/pointer`. */
  readonly clients: readonly string[]
  readonly mapping: ReadonlyMap<SettingName, string>
}

interface Sighting {
  readonly profile: string
  readonly client?: string
  readonly clientId?: string
  readonly settings: ReadonlyMap<SettingName, string>
}

/** Looks for clients and for settings under names that are recognised; what belongs to every profile is given to each. */
export async function firstLook(files: RecordedFiles, paths: readonly string[]): Promise<FirstLook> {
  const [real, templates] = [paths.filter((path) => !isTemplate(path)), paths.filter(isTemplate)]
  const seen = await sightingsOf(files, real)
  // What is to be filled in says something only where nothing is filled in yet.
  const filled = seen.some(({ settings }) => settings.size > 0)
  const sightings = filled ? seen : [...seen, ...(await sightingsOf(files, templates))]
  const named = [...new Set(sightings.map(({ profile }) => profile))].filter((name) => name !== 'default')
  const names = named.length === 0 && sightings.length > 0 ? ['default'] : named
  const shared = sightings.filter(({ profile }) => profile === 'default')
  return {
    clientIds: [...new Set(sightings.flatMap(({ clientId = [] }) => clientId))],
    profiles: names.map((name) => {
      const own = name === 'default' ? [] : sightings.filter(({ profile }) => profile === name)
      const clients = [own, shared].map((some) => some.flatMap(({ client = [] }) => client))
      return {
        name,
        clients: clients.find((some) => some.length > 0) ?? [],
        mapping: new Map([...shared, ...own].flatMap(({ settings }) => [...settings])),
      }
    }),
  }
}

const sightingsOf = async (files: RecordedFiles, paths: readonly string[]): Promise<readonly Sighting[]> =>
  (await Promise.all(paths.map((path) => sightingsIn(files, path)))).flat()

async function sightingsIn(files: RecordedFiles, path: string): Promise<readonly Sighting[]> {
  const found = await discover(files, path)
  const profile = profileOf(path)
  if (found?.is === 'client') return [{ profile, client: path, ...idOf(found.tree), settings: new Map() }]
  if (found?.is !== 'settings') return []
  const clients = await clientsWithin(files.project, path, found.tree)
  const settings = [...settingsIn(found.tree)].map(([name, { pointer }]) => [name, `${path}#${pointer}`] as const)
  return [
    ...clients.map(({ pointer, tree }) => ({
      profile,
      client: `${path}#${pointer}`,
      ...idOf(tree),
      settings: new Map(),
    })),
    { profile, ...idOf(found.tree, '/GOOGLE_CLIENT_ID'), settings: new Map(settings) },
  ]
}

function idOf(tree: Tree, ...others: readonly string[]): { clientId?: string } {
  const places = ['/installed/client_id', '/web/client_id', ...others]
  const id = places.map((pointer) => follow(tree, pointer)).find((found) => found !== undefined)
  const text = id && textOf(id)
  return text !== undefined && /^\d+-[\w-]+\.apps\.googleusercontent\.com$/.test(text) ? { clientId: text } : {}
}

/** The text of a first gate file, with what could not be found as comments. */
export function gateFileText({ profiles }: FirstLook): string {
  const head = [
    '# Where `oauth-imap check` finds what it checks. Paths begin at this folder; a pointer (RFC 6901) leads into a file.',
    '# Look through it: names were recognised, not understood. docs/gate-file.md tells the rest: waivers, shared policies.',
  ]
  if (profiles.length === 0) return [...head, 'profiles: {}', ...example].join('\n') + '\n'
  const missing = (Object.keys(settingNames) as SettingName[]).filter(
    (setting) => !profiles.some(({ mapping }) => mapping.has(setting)),
  )
  return [
    ...[...head, 'profiles:', ...profiles.flatMap(profileLines)],
    '# Not found: map what the application has, or say it under `settings` of a profile, and leave the rest out.',
    ...missing.map((setting) => `#     ${setting}: ${settingNames[setting]}`),
    '',
  ].join('\n')
}

const example = [
  '# No client file and no settings of Google or IMAP were found. A profile looks like this:',
  '#   production:',
  '#     client: client_secret.json',
  '#     mapping:',
  '#       scopes: settings.yaml#/oauth/scopes',
]

function profileLines({ name, clients: [client, ...others], mapping }: FirstProfile): readonly string[] {
  return [
    `  ${name}:`,
    client === undefined ? '    # client: the client file from the Google console' : `    client: ${quoted(client)}`,
    ...others.map((other) => `    # another client was found: ${other}`),
    mapping.size === 0 ? '    mapping: {}' : '    mapping:',
    ...[...mapping].map(([setting, where]) => `      ${setting}: ${quoted(where)}`),
  ]
}

/** A text as a scalar of YAML; one in quotes is one of JSON, which YAML reads too. */
export const quoted = (text: string): string =>
  /^[A-Za-z0-9._][A-Za-z0-9._/#~-]*$/.test(text) && isText(text) ? text : JSON.stringify(text)

/** Not `true`, `null`, `007` or `.inf`, which YAML takes for something else. */
function isText(plain: string): boolean {
  const read = readYamlTree(plain)
  return 'tree' in read && read.tree.value === plain
}
