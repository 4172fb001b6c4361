import { virtualProject } from '../gate/project.ts'
import { readProject } from '../gate/read-project.ts'
import { openJournal } from '../journal.ts'
import { all } from '../model/observation.ts'
import { createRandom } from '../random.ts'
import { openSecrets } from '../secrets.ts'
import { rehearse } from './rehearse.ts'

export const now = Date.UTC(2026, 0, 14, 9)

/** Reads a project that is told as files, and plays it. */
export async function rehearsed(files: Readonly<Record<string, string>>) {
  const secrets = openSecrets(createRandom(0))
  const journal = openJournal({ scenario: 'configuration', door: 'interception', seed: 0 }, () => 0)
  await readProject(virtualProject('project', files), { journal, secrets, now, played: true })
  await rehearse({ journal, secrets, now })
  journal.record('scenario', 'scenario.end', { completed: true })
  const sealed = journal.seal()
  return { journal: sealed, secrets, steps: all(sealed, 'config.played').map(({ fields }) => fields) }
}
