import { Fault } from '../model/fault.ts'
import { type GitExit, git, hasGit, splitRecords, trustedFolders } from '../runtime/git.ts'
import { join } from '../runtime/path.ts'
import type { Project } from './project.ts'

/** What became different in a project since a commit. */
export interface Changes {
  /** A path from the project’s folder; what is gone has changed too. */
  hasFile(path: string): boolean
  hasCommit(commit: string): boolean
}

/**
 * What changed since the branch left the one that is named: in commits, in the index and in the work tree, new files that
 * nobody ignores included.
 *
 * @throws Fault `USAGE` where that cannot be told
 */
export async function changesSince(reference: string, { name, directory }: Project): Promise<Changes> {
  const stop = (problem: string, hint: string): Fault =>
    new Fault('USAGE', `Cannot tell what changed in ${name} since ${reference}: ${problem}.`, hint)
  if (directory === undefined) throw stop('it is no folder', 'Name a folder of a Git repository.')
  if (!hasGit()) throw stop('there is no git on this machine', 'Install git, or leave --changed-since out.')
  const trusted = await trustedFolders()
  const place = await answerOf(
    directory,
    ['rev-parse', '--show-prefix', '--show-toplevel', '--is-shallow-repository'],
    trusted,
  )
  if (place.exit.code !== 0) throw stop(refusal(place.exit), 'Name a folder of a Git repository that you own.')
  const [prefix = '', top = directory, shallow] = place.text.split('\n')
  const ask = (...args: readonly string[]): Promise<Answer> => answerOf(top, args, trusted)
  const cut = shallow === 'true' ? ' (this clone is shallow)' : ''
  const hint = 'Fetch the whole history (actions/checkout: fetch-depth: 0) and name a branch, tag or commit of it.'
  const named = await ask('rev-parse', '--verify', '--quiet', '--end-of-options', `${reference}^{commit}`)
  if (named.exit.code !== 0) throw stop(`there is no such commit${cut}`, hint)
  const base = await ask('merge-base', named.text.trim(), 'HEAD')
  if (base.exit.code !== 0) throw stop(`it has no commit in common with HEAD${cut}`, hint)
  return read(ask, { base: base.text.trim(), prefix, stop })
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
interface Since {
  readonly base: string
  readonly prefix: string
  stop(problem: string, hint: string): Fault
}

async function read(ask: Ask, { base, prefix, stop }: Since): Promise<Changes> {
  const answers = await Promise.all([
    ask('diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', '--no-textconv', '--ignore-submodules', base),
    ask('ls-files', '-z', '--others', '--exclude-standard'),
    ask('rev-list', `${base}..HEAD`),
  ])
  if (answers.some(({ exit }) => exit.code !== 0)) throw stop('git could not compare', 'Try `git status` there.')
  const [changed, added, commits] = answers.map(({ text }) => text)
  const files = new Set<string>()
  splitRecords((path) => files.add(path)).add(new TextEncoder().encode(`${changed}${added}`))
  const since = new Set(commits!.split('\n'))
  return { hasFile: (path) => files.has(join(prefix, path)), hasCommit: (commit) => since.has(commit) }
}
