import { type GitExit, type GitOptions, git, splitRecords } from '../../runtime/git.ts'
import { isOfOthers } from '../../runtime/tree-walk.ts'
import { hasCredentialForm } from './credentials.ts'
import type { Listing } from './listing.ts'
import { type Sighting, sightingsIn } from './sighting.ts'
import { objectHead, splitObjects } from './split-objects.ts'
import { mayHoldCredentials } from './traces.ts'

export interface SearchedHistory {
  readonly sightings: readonly Sighting[]
  readonly outcome: 'whole' | 'shallow' | 'partial' | 'cut'
}

/** What a push or a clone hands on: branches, tags, what was stashed; not what was amended away. */
const everything = ['--all', '--full-history']
/** Larger files hold data. */
const largest = 16 * 1024 * 1024
const filesAlone = ['--filter=object:type=blob', `--filter=blob:limit=${largest}`]
/** Real milliseconds for each way through the history. */
const longest = 120_000

/**
 * Searches each version of each file that any commit holds, once. Comparing versions with those before them, as `git log -G`
 * does, takes ten times as long.
 */
export async function searchHistory(listing: Listing): Promise<SearchedHistory> {
  const versions = await versionsIn(listing)
  const { seen, whole } = await searchVersions(versions.told, listing)
  const commits = await commitsWith(new Set([...seen.values()].map(({ object }) => object)), listing)
  const sightings = [...seen.values()].map(({ object, sighting }) => ({ ...sighting, ...commits.get(object) }))
  if (!versions.whole || !whole) return { sightings, outcome: 'cut' }
  return { sightings, outcome: listing.shallow ? 'shallow' : versions.missing ? 'partial' : 'whole' }
}

const ask = ({ directory, trusted }: Listing, args: readonly string[], options: GitOptions): Promise<GitExit> =>
  git(directory, args, { trusted, timeout: longest, ...options })

/** Only what lies below the project, where that is a part of the repository. */
const below = ({ prefix }: Listing): readonly string[] => (prefix === '' ? [] : ['--', '.'])

interface Versions {
  /** `object path` of each, a line; those of the newest commits first. */
  readonly told: string
  /** A partial clone lacks some. */
  readonly missing: boolean
  readonly whole: boolean
}

async function versionsIn(listing: Listing, filters = filesAlone): Promise<Versions> {
  const chunks: string[] = []
  const args = ['rev-list', ...everything, '--objects', '--missing=print', ...filters, ...below(listing)]
  const { code, complaint } = await ask(listing, args, {
    take: (chunk) => void chunks.push(chunk.toString('latin1')),
  })
  // Before 2.32, git knows no such filter; what is no file is passed over later then.
  if (code !== 0 && filters.length > 0 && /filter/.test(complaint)) return versionsIn(listing, [])
  const told = chunks.join('')
  return {
    told: Buffer.from(told.replaceAll(/^\S*\n/gm, ''), 'latin1').toString('utf8'),
    missing: /^\?/m.test(told),
    whole: code === 0 || (await hasNoCommit(listing)),
  }
}

/** A repository without a commit has nothing to search, and git calls that a failure. */
const hasNoCommit = async (listing: Listing): Promise<boolean> =>
  (await ask(listing, ['rev-parse', '--verify', '--quiet', 'HEAD'], {})).code === 1

interface Seen {
  readonly object: string
  readonly sighting: Sighting
}

/** Each value with the newest version of a file that has it. */
async function searchVersions(
  versions: string,
  listing: Listing,
): Promise<{ readonly seen: ReadonlyMap<string, Seen>; readonly whole: boolean }> {
  const seen = new Map<string, Seen>()
  if (versions === '') return { seen, whole: true }
  let pending = Promise.resolve()
  const take = splitObjects(largest, ({ object, rest, content }) => {
    if (content === undefined || !mayHoldCredentials(content)) return
    // What a tag alone holds has no path.
    const file = rest.slice(listing.prefix.length) || object
    if (isOfOthers(file) || listing.except.some((folder) => file.startsWith(folder))) return
    const text = content.toString('utf8')
    // What waits for its turn is held until then.
    if (!hasCredentialForm(text)) return
    const found = { file, where: 'history', commit: null, mode: undefined } as const
    pending = pending.then(async () => {
      for (const sighting of await sightingsIn(text, found))
        if (!seen.has(sighting.value)) seen.set(sighting.value, { object, sighting })
    })
    // It is told to whoever waits for it below.
    pending.catch(() => {})
  })
  const { code } = await ask(listing, ['cat-file', `--batch=${objectHead}`, '--buffer'], { input: versions, take })
  await pending
  return { seen, whole: code === 0 }
}

const difference = ['--no-ext-diff', '--no-textconv', '--no-renames', '--relative', '--ignore-submodules=all']
const asRecords = ['--raw', '--no-abbrev', '-z', '--diff-merges=combined', '--format=%x00commit %H%x00']

/** The newest commit that brought each version, and under which path. */
async function commitsWith(
  objects: ReadonlySet<string>,
  listing: Listing,
): Promise<ReadonlyMap<string, { readonly commit: string; readonly file: string }>> {
  const found = new Map<string, { readonly commit: string; readonly file: string }>()
  if (objects.size === 0) return found
  let commit = ''
  let brought: string | undefined
  const { add } = splitRecords((record) => {
    // A commit begins with an empty record, then its name; then, for each file, what became what, and its path.
    const told = record.replace(/^\n/, '')
    const [, name] = /^commit ([0-9a-f]{40,64})$/.exec(told) ?? []
    if (name !== undefined) commit = name
    else if (told.startsWith(':')) brought = told.split(' ').at(-2)
    else if (told !== '' && brought !== undefined) {
      if (objects.has(brought) && !found.has(brought)) found.set(brought, { commit, file: told })
      brought = undefined
    }
  })
  const wanted = [...objects].map((object) => `--find-object=${object}`)
  const args = ['log', ...everything, ...difference, ...asRecords, ...wanted, ...below(listing)]
  await ask(listing, args, { take: add })
  return found
}
