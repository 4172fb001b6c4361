import { kindOfClientFile, recordClient, shapesOf } from './client-file.ts'
import { clientWithin, partsOf } from './client-place.ts'
import type { GateProfile } from './gate-file.ts'
import type { Into } from './into.ts'
import { settingNames } from '../model/setting-name.ts'
import type { PolicyFile } from './policy.ts'
import { isEnvironmentFile } from './read-tree.ts'
import { type RecordedFiles, modeOf, problemAt } from './recorded-files.ts'
import { secretLook } from './secret-look.ts'
import { recordSetting } from './settings-of.ts'
import { type Tree, below, follow } from './tree.ts'

interface Named {
  readonly name: string
  readonly profile: Pick<GateProfile, 'settings' | 'mapping' | 'client'>
}

/** Records what a gate file says of one profile, and what stands where it points. */
export async function readProfile(
  files: RecordedFiles,
  { path, tree }: PolicyFile,
  { name, profile }: Named,
  to: Into,
): Promise<void> {
  const base = below('/profiles', name)
  for (const setting of Object.keys(profile.settings)) {
    const pointer = below(`${base}/settings`, setting)
    setSetting(setting, { tree: follow(tree, pointer)!, file: path, pointer, profile: name }, to)
  }
  for (const [setting, where] of Object.entries(profile.mapping)) {
    const pointer = below(`${base}/mapping`, setting)
    const at = follow(tree, pointer)!
    // A name that nobody knows is a mistake of the gate file, not of where it leads.
    const reached = Object.hasOwn(settingNames, setting)
      ? await reach(files, where, { at, file: path, profile: name }, to)
      : { tree: at, file: path, pointer }
    if (reached !== undefined) setSetting(setting, { ...reached, profile: name }, to)
  }
  if (profile.client === undefined) return
  const asked = { at: follow(tree, `${base}/client`)!, file: path, profile: name }
  const reached = await reach(files, profile.client, asked, to)
  if (reached !== undefined) await readClient(files, { ...reached, profile: name }, to)
}

interface Reached {
  readonly tree: Tree
  readonly file: string
  readonly pointer: string
}

function setSetting(name: string, placed: Reached & { readonly profile: string }, to: Into): void {
  const { tree, file, profile } = placed
  const expected = recordSetting(name, tree, placed, to)
  if (expected === undefined) return
  const problem = `expected ${expected} for ${name}`
  to.record('config.file', problemAt(file, tree, { profile, kind: 'settings', problem }))
}

interface Asked {
  /** Where it is asked for. */
  readonly at: Tree
  readonly file: string
  readonly profile: string
}

/** What `FILE#/pointer` leads to; what is missing is a problem of whoever asked for it. */
async function reach(files: RecordedFiles, where: string, asked: Asked, to: Into): Promise<Reached | undefined> {
  const { file, pointer } = partsOf(where)
  const { profile } = asked
  const missing = (what: string): undefined => {
    const problem = `expected ${what} that exists${secretLook(where) === undefined ? `: ${where}` : ''}`
    to.record('config.file', problemAt(asked.file, asked.at, { profile, kind: 'gate', problem }))
  }
  const read = await files.read(file)
  if (read === undefined) return missing('a file')
  const kind = pointer === '' ? 'unknown' : isEnvironmentFile(file) ? 'environment' : 'settings'
  if (pointer !== '' || 'problem' in read) files.tell(file, read, { profile, kind })
  if ('problem' in read) return undefined
  const tree = follow(read.tree, pointer)
  return tree === undefined || tree.value === null ? missing('a value') : { tree, file, pointer }
}

/** Records a client file, or the text of one within another file. */
export async function readClient(
  files: RecordedFiles,
  { file, pointer, profile, tree: outer }: Reached & { readonly profile: string },
  to: Into,
): Promise<void> {
  const read = await clientWithin(files.project, file, outer)
  if ('problem' in read) {
    to.record('config.file', problemAt(file, read, { profile, kind: 'unknown', problem: read.problem }))
    return
  }
  const mode = (await files.read(file)) ?? { problem: '' }
  to.record('config.file', {
    ...{ file, line: read.tree.line, column: read.tree.column, profile },
    ...('tree' in mode ? modeOf(mode) : {}),
    kind: kindOfClientFile(read.tree),
    members: shapesOf(read.tree),
  })
  recordClient(read.tree, { file, profile, pointer }, to)
}
