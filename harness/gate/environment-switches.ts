import type { SettingName } from '../model/setting-name.ts'
import type { Into } from './into.ts'
import { type Project, treeOf } from './project.ts'
import { recordSetting } from './settings-of.ts'
import { below } from './tree.ts'

/** Variables that a runtime obeys whatever the application maps, and the setting that each one is. */
const switches: Readonly<Record<string, SettingName>> = {
  // Node, Bun: https://nodejs.org/api/cli.html#node_tls_reject_unauthorizedvalue
  NODE_TLS_REJECT_UNAUTHORIZED: 'tls.rejectUnauthorized',
  // Python: PEP 493
  PYTHONHTTPSVERIFY: 'tls.rejectUnauthorized',
}

/** Files that are loaded without being named anywhere, those for development and tests left out. */
const files = ['.env', '.env.local', '.env.production', '.env.production.local']

/** Records such variables, of no profile: they hold for the whole process. Whether a file can be read is told elsewhere. */
export async function readEnvironmentSwitches(project: Project, to: Into): Promise<void> {
  for (const file of files) {
    const read = await treeOf(project, file)
    if (read === undefined || 'problem' in read) continue
    for (const [variable, tree] of read.tree.members ?? []) {
      const name = switches[variable]
      if (name !== undefined) recordSetting(name, tree, { file, pointer: below('', variable), profile: '' }, to)
    }
  }
}
