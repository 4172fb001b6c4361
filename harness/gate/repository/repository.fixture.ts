import type { ObservedConfiguration } from '../../model/configuration.ts'
import type { ObservationType } from '../../model/observation.ts'
import { openJournal } from '../../journal.ts'
import { createRandom } from '../../random.ts'
import { makeDirectory } from '../../runtime/files.ts'
import { git } from '../../runtime/git.ts'
import { join } from '../../runtime/path.ts'
import { placeFile } from '../../runtime/place-file.ts'
import { openSecrets } from '../../secrets.ts'
import { folderProject } from '../project.ts'
import { readProject } from '../read-project.ts'

const variables = {
  ...{ GIT_AUTHOR_NAME: 'Example', GIT_AUTHOR_EMAIL: 'example@example.com' },
  ...{ GIT_COMMITTER_NAME: 'Example', GIT_COMMITTER_EMAIL: 'example@example.com' },
  // Clones come from a folder here.
  ...{ GIT_ALLOW_PROTOCOL: 'file' },
}

/** A repository that a test makes step by step. */
export interface Repository {
  readonly directory: string
  git(...args: readonly string[]): Promise<void>
  /** Writes files and commits everything. */
  commit(files: Readonly<Record<string, string>>): Promise<void>
}

export async function openRepository(directory: string): Promise<Repository> {
  await makeDirectory(directory)
  const run = async (...args: readonly string[]): Promise<void> => {
    const { code, complaint } = await git(directory, ['-c', 'protocol.allow=always', ...args], { variables })
    if (code !== 0) throw new Error(`git ${args[0]} failed: ${complaint}`)
  }
  await run('init', '--quiet', '--initial-branch=main')
  return {
    directory,
    git: run,
    async commit(files) {
      for (const [path, content] of Object.entries(files)) await placeFile(join(directory, path), content, 0o644)
      await run('add', '--all')
      await run('commit', '--quiet', '--allow-empty', '--message=Change')
    },
  }
}

type Told<T extends ObservationType & keyof ObservedConfiguration> = readonly ObservedConfiguration[T][]

/** What reading a folder records of its repository. */
export async function readFolder(
  directory: string,
  history = true,
): Promise<{
  readonly begun: ObservedConfiguration['repository.begun']
  /** `where path:line` of each. */
  readonly secrets: readonly string[]
  readonly exposures: Told<'repository.exposure'>
}> {
  const journal = openJournal({ scenario: 'configuration', door: 'interception', seed: 0 }, () => 0)
  const secrets = openSecrets(createRandom(0))
  await readProject(folderProject('project', directory), { journal, secrets, now: Date.UTC(2026, 0, 14), history })
  const told = <T extends ObservationType & keyof ObservedConfiguration>(type: T): Told<T> =>
    journal.soFar().flatMap((seen) => (seen.type === type ? [seen.fields as ObservedConfiguration[T]] : []))
  return {
    begun: told('repository.begun')[0]!,
    secrets: told('repository.secret').map(({ where, file, line }) => `${where} ${file}:${line}`),
    exposures: told('repository.exposure'),
  }
}
