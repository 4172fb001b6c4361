import { kindOfClientFile } from './client-file.ts'
import { clientsWithin } from './client-place.ts'
import { type Discovered, discover } from './discover.ts'
import type { Into } from './into.ts'
import { readClient } from './read-profile.ts'
import { isEnvironmentFile, readTree } from './read-tree.ts'
import { recognise, settingsIn } from './recognised-settings.ts'
import { type RecordedFiles } from './recorded-files.ts'
import { recordSetting } from './settings-of.ts'
import { below, textOf } from './tree.ts'

/** Records what was found in a project that has no gate file; the parts of a path say which profile a file belongs to. */
export async function readDiscovered(files: RecordedFiles, to: Into): Promise<void> {
  const { paths = [] } = files.project
  const all: Discovered[] = []
  for (const path of paths) {
    const found = await discover(files, path, paths.length === 1)
    if (found !== undefined) all.push(found)
  }
  const clients = Map.groupBy(
    all.filter(({ is }) => is === 'client'),
    ({ path }) => profileOf(path),
  )
  for (const found of all) {
    const profile = profileOf(found.path)
    // Several clients of one stage belong to several applications, and nobody says whose the settings are.
    const alone = found.is !== 'client' || clients.get(profile)!.length === 1
    const own = profile === 'default' ? found.path : `${profile}-${found.path}`
    await readers[found.is](files, found, { to, profile: alone ? profile : own })
  }
}

const stages: Readonly<Record<string, string>> = {
  production: 'production',
  prod: 'production',
  live: 'production',
  staging: 'staging',
  stage: 'staging',
  development: 'development',
  dev: 'development',
  test: 'test',
}

/** The profile that a path names, such as that of `.env.production` or `config/prod/client_secret.json`. */
export const profileOf = (path: string): string =>
  path
    .toLowerCase()
    .split(/[^a-z]+/)
    .map((word) => (Object.hasOwn(stages, word) ? stages[word] : undefined))
    .findLast((stage) => stage !== undefined) ?? 'default'

interface Reading {
  readonly to: Into
  readonly profile: string
}

type Reader = (files: RecordedFiles, found: Discovered, reading: Reading) => Promise<void>

const readers: Readonly<Record<Discovered['is'], Reader>> = {
  client: (files, { path, tree }, { to, profile }) => readClient(files, { file: path, pointer: '', profile, tree }, to),
  settings: readSettings,
  variable: readVariable,
  // It is looked for by its name in any case.
  attestation: async () => {},
  broken: async (files, { path }, { profile }) => {
    const kind = isEnvironmentFile(path) ? 'environment' : 'unknown'
    files.tell(path, (await files.read(path))!, { profile, kind })
  },
}

async function readSettings(files: RecordedFiles, { path, tree }: Discovered, { to, profile }: Reading): Promise<void> {
  const kind = isEnvironmentFile(path) ? 'environment' : 'settings'
  files.tell(path, { ...(await files.read(path)), tree }, { profile, kind })
  for (const { pointer, at } of await clientsWithin(files.project, path, tree))
    await readClient(files, { file: path, pointer, profile, tree: at }, to)
  for (const [name, { pointer, leaf }] of settingsIn(tree))
    recordSetting(name, leaf, { file: path, pointer, profile }, to)
}

async function readVariable(files: RecordedFiles, { path, tree }: Discovered, { to }: Reading): Promise<void> {
  const text = textOf(tree) ?? ''
  const placed = { file: path, pointer: '', profile: 'default' }
  const client = text.startsWith('{') ? readTree('client.json', text) : undefined
  if (client !== undefined && 'tree' in client && kindOfClientFile(client.tree) !== 'unknown')
    return readClient(files, { ...placed, tree: client.tree }, to)
  const setting = recognise([path], text)
  if (setting === undefined) return
  to.record('config.file', { file: path, line: 1, column: 1, profile: 'default', kind: 'environment' })
  // Whoever sets a single variable reads the environment.
  recordSetting(setting.name, tree, { ...placed, pointer: below('', path) }, to)
}
