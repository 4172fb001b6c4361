import type { MadeProject, ProjectFiles } from '../model/made-project.ts'
import { makeDirectory, readText, removeTree, walk } from '../runtime/files.ts'
import { join } from '../runtime/path.ts'
import { placeFile } from '../runtime/place-file.ts'
import { searchPath, startProgram } from '../runtime/program.ts'

/**
 * Makes a project folder as its description says.
 *
 * @param directory a folder that does not exist yet
 * @param example the folder of the example project
 */
export async function makeProject(made: MadeProject, directory: string, example: string): Promise<void> {
  await makeDirectory(directory)
  const files = new Map<string, string>()
  if (made.empty !== true)
    for (const { path, kind } of await walk(example))
      if (kind === 'file') files.set(path, await readText(join(example, path)))
  const states = [...(made.repository?.earlier ?? []), made.files]
  if (made.repository !== undefined) await git(directory, 'init', '--quiet', '--initial-branch=main')
  for (const [index, state] of states.entries()) {
    change(files, state)
    await write(directory, files, made.modes ?? {})
    for (const path of Object.keys(state)) if (state[path] === null) await removeTree(join(directory, path))
    if (made.repository !== undefined) await commit(directory, index + 1, made.repository.uncommitted ?? [])
  }
}

function change(files: Map<string, string>, changes: ProjectFiles): void {
  for (const [path, content] of Object.entries(changes)) {
    if (content === null) files.delete(path)
    else files.set(path, typeof content === 'string' ? content : content(files.get(path) ?? ''))
  }
}

const holdsSecrets = /(?:^|\/)(?:client_secret|token|credentials|service[-_]account)[^/]*\.json$|(?:^|\/)\.env/

async function write(
  directory: string,
  files: ReadonlyMap<string, string>,
  modes: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [path, content] of files) {
    const mode = modes[path] ?? (holdsSecrets.test(path) ? '0600' : '0644')
    await placeFile(join(directory, path), content, Number.parseInt(mode, 8))
  }
}

async function commit(directory: string, number: number, uncommitted: readonly string[]): Promise<void> {
  await git(directory, 'add', '--all', '--', '.', ...uncommitted.map((path) => `:(exclude)${path}`))
  await git(directory, 'commit', '--quiet', '--allow-empty', `--message=State ${number}`)
}

/** Nothing of the machine’s own settings takes part, and every commit has its fixed time: names of commits stay the same. */
const environment = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Example',
  GIT_AUTHOR_EMAIL: 'example@example.com',
  GIT_AUTHOR_DATE: '2026-01-10T09:00:00Z',
  GIT_COMMITTER_NAME: 'Example',
  GIT_COMMITTER_EMAIL: 'example@example.com',
  GIT_COMMITTER_DATE: '2026-01-10T09:00:00Z',
}

async function git(directory: string, ...args: readonly string[]): Promise<void> {
  const complaints: string[] = []
  const program = startProgram({
    command: ['git', '-C', directory, ...args],
    env: { ...environment, PATH: searchPath(), HOME: directory },
    cwd: directory,
    timeout: 20_000,
    onLine: (line) => complaints.push(line),
  })
  const { code, error } = await program.exited
  if (code !== 0) throw new Error(`git ${args[0]} failed: ${error ?? complaints.join(' ')}`)
}
