import { type GitExit, git, hasGit, splitRecords, trustedFolders } from '../../runtime/git.ts'
import { isFetched, walkPlainFiles } from '../../runtime/tree-walk.ts'

export interface ListedFile {
  readonly path: string
  /** `untracked`: the next `git add` would take it; so would whoever begins a repository in a folder without one. */
  readonly state: 'tracked' | 'untracked' | 'ignored'
}

/** What lies in a project folder, as version control sees it. */
export interface Listing {
  readonly directory: string
  readonly vcs: 'git' | 'refused' | 'missing' | 'none'
  readonly note: string | null
  readonly files: readonly ListedFile[]
  readonly links: number
  readonly nested: number
  readonly shallow: boolean
  /** Folders from the repository’s own to the project’s, each ended by `/`; empty where they are the same. */
  readonly prefix: string
  readonly trusted: readonly string[]
  /** Folders below it that are told as projects of their own, each ended by `/`. */
  readonly except: readonly string[]
}

/** Lists a folder: by git where there is git, else by walking through it. */
export async function listFiles(directory: string, except: readonly string[] = []): Promise<Listing> {
  const listing = await everyFile(directory)
  const files = listing.files.filter(({ path }) => !except.some((folder) => path.startsWith(folder)))
  return { ...listing, files, except }
}

async function everyFile(directory: string): Promise<Omit<Listing, 'except'>> {
  const seen = await repositoryAt(directory)
  if (seen.vcs !== 'git') return { ...walked(directory), ...seen }
  const found: Found = { files: [], links: 0, nested: 0 }
  const ignored: string[] = []
  const exits = await Promise.all([
    eachRecord(directory, seen, listKept, (record) => take(record, found)),
    eachRecord(directory, seen, listIgnored, (path) => ignored.push(path)),
  ])
  // What it had listed by then is a part, and nobody could tell which.
  const failed = exits.find(({ code }) => code !== 0)
  if (failed !== undefined) return { ...walked(directory), ...refusing(failed) }
  // The whole project is ignored by the repository around it, as a folder of build output would be.
  if (ignored.includes('./')) return { ...walked(directory, 'ignored'), ...seen }
  for (const path of ignored) takeIgnored(directory, path, found)
  found.files.sort((a, b) => (a.path < b.path ? -1 : 1))
  return { directory, ...seen, ...found }
}

const listKept = ['ls-files', '-z', '-t', '--stage', '--cached', '--others', '--exclude-standard']
const listIgnored = ['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--directory']

interface Found {
  readonly files: ListedFile[]
  links: number
  nested: number
}

/** `H 100644 <object> 0\tpath` of what is kept, `? path` of what is not; links have mode 120000, submodules 160000. */
const kept = /^\S (\d{6}) [0-9a-f]+ \d\t(.*)$/s

function take(record: string, found: Found): void {
  const [, mode, path = ''] = kept.exec(record) ?? []
  if (mode === undefined) {
    const other = record.slice(2)
    if (other.endsWith('/')) found.nested += 1
    else if (!isFetched(other)) found.files.push({ path: other, state: 'untracked' })
  } else if (mode === '120000') found.links += 1
  else if (mode === '160000') found.nested += 1
  // A conflict has several versions of one path.
  else if (found.files.at(-1)?.path !== path) found.files.push({ path, state: 'tracked' })
}

function takeIgnored(directory: string, path: string, found: Found): void {
  if (isFetched(path)) return
  if (!path.endsWith('/')) {
    found.files.push({ path, state: 'ignored' })
    return
  }
  const { files, links, nested } = walkPlainFiles(directory, path.slice(0, -1))
  for (const file of files) found.files.push({ path: file, state: 'ignored' })
  found.links += links
  found.nested += nested.length
}

type Repository = Pick<Listing, 'vcs' | 'note' | 'shallow' | 'prefix' | 'trusted'>

const none: Repository = { vcs: 'none', note: null, shallow: false, prefix: '', trusted: [] }

async function repositoryAt(directory: string, trusted: readonly string[] = []): Promise<Repository> {
  if (!hasGit()) return { ...none, vcs: 'missing' }
  let told = ''
  const question = ['rev-parse', '--is-inside-work-tree', '--is-shallow-repository', '--show-prefix']
  const exit = await git(directory, question, { trusted, take: (chunk) => void (told += chunk.toString('utf8')) })
  const [inside, shallow, prefix = ''] = told.split('\n')
  if (exit.code === 0 && inside === 'true') return { ...none, vcs: 'git', shallow: shallow === 'true', prefix, trusted }
  if (!/dubious ownership/.test(exit.complaint)) return withoutGit(exit)
  const folders = trusted.length === 0 ? await trustedFolders() : []
  if (folders.length > 0) return repositoryAt(directory, folders)
  const note = 'git does not trust this folder, which belongs to somebody else (its setting safe.directory)'
  return { ...none, vcs: 'refused', note }
}

function withoutGit({ code, complaint, late }: GitExit): Repository {
  if (code === 0 || /not a git repository|must be run in a work tree/i.test(complaint)) return none
  return refusing({ code, complaint, late })
}

function refusing({ complaint, late }: GitExit): Repository {
  const [first = ''] = complaint.split('\n')
  return { ...none, vcs: 'refused', note: `git would not tell of this folder: ${late ? 'it did not end' : first}` }
}

const eachRecord = (
  directory: string,
  { trusted }: Repository,
  args: readonly string[],
  onRecord: (record: string) => void,
): Promise<GitExit> => git(directory, args, { trusted, take: splitRecords(onRecord).add })

function walked(
  directory: string,
  state: ListedFile['state'] = 'untracked',
): Omit<Listing, keyof Repository | 'except'> {
  const { files, links, nested } = walkPlainFiles(directory)
  return { directory, files: files.map((path) => ({ path, state })), links, nested: nested.length }
}
