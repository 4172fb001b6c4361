import { makeDirectory } from '../../runtime/files.ts'
import { git } from '../../runtime/git.ts'
import { join } from '../../runtime/path.ts'
import { placeFile } from '../../runtime/place-file.ts'

/** How much a repository holds. */
export interface Size {
  readonly files: number
  readonly commits: number
}

const line = (file: number, version: number, index: number): string =>
  `export const value${index} = read(${file}, 'version ${version}', { retries: ${index}, url: 'https://example.com/${file}' })\n`

/** Some 7 kilobytes of source, as files of programs have on average. */
const source = (file: number, version: number): string =>
  Array.from({ length: 70 }, (_, index) => line(file, index === file % 70 ? version : 0, index)).join('')

const pathOf = (file: number): string => `src/part${file % 50}/module${file}.ts`

/**
 * Makes a repository of a size, in one go: `git fast-import` takes every commit from one stream. The first commit has all
 * files, each later one changes a line of one of them.
 */
export async function makeLargeRepository(directory: string, { files, commits }: Size): Promise<void> {
  await makeDirectory(join(directory, '.git/objects'))
  await makeDirectory(join(directory, '.git/refs'))
  await placeFile(join(directory, '.git/HEAD'), 'ref: refs/heads/main\n', 0o644)
  const stream: string[] = []
  const add = (path: string, content: string): void => {
    stream.push(`M 100644 inline ${path}\n`, data(content))
  }
  for (let commit = 0; commit < commits; commit++) {
    const when = `Example <example@example.com> ${1_700_000_000 + commit} +0000`
    stream.push(`commit refs/heads/main\ncommitter ${when}\n`, data(`Commit ${commit}`))
    if (commit === 0) {
      add('oauth-imap.gate.yaml', 'profiles: {}\n')
      for (let file = 0; file < files; file++) add(pathOf(file), source(file, 0))
    } else add(pathOf(commit % files), source(commit % files, commit))
  }
  await done(directory, ['fast-import', '--quiet'], stream.join(''))
  await done(directory, ['reset', '--quiet', '--hard'])
}

const data = (content: string): string => `data ${new TextEncoder().encode(content).length}\n${content}\n`

async function done(directory: string, args: readonly string[], input?: string): Promise<void> {
  const { code, complaint } = await git(directory, args, input === undefined ? {} : { input })
  if (code !== 0) throw new Error(`git ${args[0]} failed: ${complaint}`)
}
