import { type GateFile, gateFileNames, readGateFile, unknownIn } from './gate-file.ts'
import type { Into } from './into.ts'
import { recordUnknown } from './client-file.ts'
import { type PolicyFile, policiesOf } from './policy.ts'
import { type Project, treeOf } from './project.ts'
import { placed } from './recorded-files.ts'

/** The gate file of a project and what it says. */
export interface FoundGateFile extends PolicyFile {
  /** What it builds upon, nearest first. */
  readonly policies: readonly PolicyFile[]
}

/** Where a project’s gate file may lie. */
export const gateFilesOf = ({ gateFile }: Pick<Project, 'gateFile'>): readonly string[] =>
  gateFile === undefined ? gateFileNames : [gateFile]

/**
 * Finds and reads the gate file of a project.
 *
 * @returns undefined where there is none; `broken` where one cannot be read, which is recorded
 * @throws Fault `SETTINGS_INVALID` for a policy that cannot be had
 */
export async function findGateFile(project: Project, to: Into): Promise<FoundGateFile | 'broken' | undefined> {
  for (const path of gateFilesOf(project)) {
    const read = await treeOf(project, path)
    if (read === undefined) continue
    const gate = 'problem' in read ? read : readGateFile(read.tree)
    if ('problem' in gate || 'problem' in read) {
      to.record('config.file', { ...placed(path, gate as Exclude<typeof gate, GateFile>), profile: '', kind: 'gate' })
      return 'broken'
    }
    const own = { path, tree: read.tree, gate }
    const policies = await policiesOf(project, own)
    for (const { path: file, tree } of [own, ...policies]) {
      to.record('config.file', { file, line: 1, column: 1, profile: '', kind: 'gate' })
      for (const { name, among, ...at } of unknownIn(tree)) recordUnknown(name, among, { file, ...at }, to)
    }
    return { ...own, policies }
  }
  return undefined
}
