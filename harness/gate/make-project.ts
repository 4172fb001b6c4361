import type { MadeProject, ProjectFiles } from '../model/made-project.ts'
import { makeDirectory, readText, removeTree, walk } from '../runtime/files.ts'
import { git, hasGit } from '../runtime/git.ts'
import { join } from '../runtime/path.ts'
import { placeFile } from '../runtime/place-file.ts'

/**
 * Makes a project folder as its description says. Where there is no git, it is no repository.
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
  const repository = hasGit() ? made.repository : undefined
  const later = new Set(repository?.uncommitted)
  if (repository !== undefined) await makeRepository(directory)
  for (const [index, state] of states.entries()) {
    change(files, state)
    for (const path of Object.keys(state)) if (state[path] === null) await removeTree(join(directory, path))
    const present = [...files].filter(([path]) => !later.has(path))
    await write(directory, present, made.modes)
    if (repository !== undefined) await commit(directory, index + 1)
  }
  const uncommitted = [...files].filter(([path]) => later.has(path))
  await write(directory, uncommitted, made.modes)
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
  files: Iterable<readonly [path: string, content: string]>,
  modes: MadeProject['modes'] = {},
): Promise<void> {
  for (const [path, content] of files) {
    const mode = modes[path] ?? (holdsSecrets.test(path) ? '0600' : '0644')
    await placeFile(join(directory, path), content, Number.parseInt(mode, 8))
  }
}

/** What `git init` would make of it, without its templates and its processes (gitrepository-layout(5)). */
async function makeRepository(directory: string): Promise<void> {
  await makeDirectory(join(directory, '.git/objects'))
  await makeDirectory(join(directory, '.git/refs'))
  await placeFile(join(directory, '.git/HEAD'), 'ref: refs/heads/main\n', 0o644)
  await placeFile(join(directory, '.git/config'), '[core]\n\trepositoryformatversion = 0\n\tbare = false\n', 0o644)
}

async function commit(directory: string, number: number): Promise<void> {
  await done(directory, 'add', '--all')
  await done(directory, 'commit', '--quiet', '--allow-empty', '--no-gpg-sign', `--message=State ${number}`)
}

/** Every commit has its fixed author and time, so its name stays the same. */
const variables = {
  GIT_AUTHOR_NAME: 'Example',
  GIT_AUTHOR_EMAIL: 'example@example.com',
  GIT_AUTHOR_DATE: '2026-01-10T09:00:00Z',
  GIT_COMMITTER_NAME: 'Example',
  GIT_COMMITTER_EMAIL: 'example@example.com',
  GIT_COMMITTER_DATE: '2026-01-10T09:00:00Z',
}

async function done(directory: string, ...args: readonly string[]): Promise<void> {
  const { code, complaint } = await git(directory, args, { variables, timeout: 20_000 })
  if (code !== 0) throw new Error(`git ${args[0]} failed: ${complaint}`)
}
