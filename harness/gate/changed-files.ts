import { Fault } from '../model/fault.ts'
import { type GitExit, git, hasGit, trustedFolders } from '../runtime/git.ts'
import { join } from '../runtime/path.ts'
import type { Project } from './project.ts'

/** What became different in a project since a commit. */
export interface Changes {
  /** A path from the project’s folder; what is gone has changed too. */
  hasFile(path: string): boolean
  /** Whether a file with such a name changed in a folder around a path, up to the repository’s own. */
  hasAround(path: string, name: RegExp): boolean
  hasCommit(commit: string): boolean
}

/**
 * What changed since the branch left the one that is named: in commits, in the index and in the work tree, new files that
 * nobody ignores included. Of a repository with many projects it is asked once.
 *
 * @throws Fault `USAGE` where that cannot be told
 */
export function changesSince(reference: string): (project: Project) => Promise<Changes> {
  const trusted = trustedFolders()
  const repositories = new Map<string, Promise<Changes>>()
  return async ({ name, directory }) => {
    const stop: Stop = (problem, hint) =>
      new Fault('USAGE', `Cannot tell what changed in ${name} since ${reference}: ${problem}.`, hint)
    if (directory === undefined) throw stop('it is no folder', 'Name a folder of a Git repository.')
    if (!hasGit()) throw stop('there is no git on this machine', 'Install git, or leave --changed-since out.')
    const asked = ['rev-parse', '--show-prefix', '--show-toplevel', '--is-shallow-repository']
    const place = await answerOf(directory, asked, await trusted)
    if (place.exit.code !== 0) throw stop(refusal(place.exit), 'Name a folder of a Git repository that you own.')
    const [prefix = '', top = directory, shallow] = place.text.split('\n')
    const ask = async (...args: readonly string[]): Promise<Answer> => answerOf(top, args, await trusted)
    const known = repositories.get(top) ?? compare(ask, { reference, isShallow: shallow === 'true', stop })
    repositories.set(top, known)
    const { hasFile, hasAround, hasCommit } = await known
    return {
      hasFile: (path) => hasFile(join(prefix, path)),
      hasAround: (path, name) => hasAround(join(prefix, path), name),
      hasCommit,
    }
  }
}

interface Answer {
  readonly exit: GitExit
  readonly text: string
}

async function answerOf(directory: string, args: readonly string[], trusted: readonly string[]): Promise<Answer> {
  const decoder = new TextDecoder()
  let text = ''
  const exit = await git(directory, args, {
    trusted,
    comparing: args[0] === 'diff',
    take: (chunk) => void (text += decoder.decode(chunk, { stream: true })),
  })
  return { exit, text }
}

const refusal = ({ complaint, late }: GitExit): string =>
  late
    ? 'git did not answer in time'
    : /dubious ownership/.test(complaint)
      ? 'it belongs to somebody else'
      : 'it is in no Git repository'

type Ask = (...args: readonly string[]) => Promise<Answer>
type Stop = (problem: string, hint: string) => Fault

interface Asked {
  readonly reference: string
  readonly isShallow: boolean
  readonly stop: Stop
}

/** Paths from the top of the repository. */
async function compare(ask: Ask, { reference, isShallow, stop }: Asked): Promise<Changes> {
  const cut = isShallow ? ' (this clone is shallow)' : ''
  const hint = 'Fetch the whole history (actions/checkout: fetch-depth: 0) and name a branch, tag or commit of it.'
  const named = await ask('rev-parse', '--verify', '--quiet', '--end-of-options', `${reference}^{commit}`)
  if (named.exit.code !== 0) throw stop(`there is no such commit${cut}`, hint)
  const met = await ask('merge-base', named.text.trim(), 'HEAD')
  if (met.exit.code !== 0) throw stop(`it has no commit in common with HEAD${cut}`, hint)
  const base = met.text.trim()
  const answers = await Promise.all([
    ask('diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', '--no-textconv', '--ignore-submodules', base),
    ask('ls-files', '-z', '--others', '--exclude-standard'),
    ask('rev-list', `${base}..HEAD`),
  ])
  if (answers.some(({ exit }) => exit.code !== 0)) throw stop('git could not compare', 'Try `git status` there.')
  const [changed = '', added = '', commits = ''] = answers.map(({ text }) => text)
  const files = new Set(`${changed}${added}`.split('\0').filter((path) => path !== ''))
  const since = new Set(commits.split('\n').filter((commit) => commit !== ''))
  return {
    hasFile: (path) => files.has(path),
    hasAround: (path, name) =>
      [...files].some((file) => {
        const folder = file.slice(0, file.lastIndexOf('/') + 1)
        return path.startsWith(folder) && name.test(file.slice(folder.length))
      }),
    hasCommit: (commit) => since.has(commit),
  }
}
