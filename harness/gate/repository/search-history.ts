import { git, splitRecords } from '../../runtime/git.ts'
import type { Listing } from './listing.ts'
import { type Sighting, sightingsIn } from './sighting.ts'
import { mayHoldCredentials, traceInHistory } from './traces.ts'

export interface SearchedHistory {
  readonly sightings: readonly Sighting[]
  readonly outcome: 'whole' | 'shallow' | 'cut'
}

/** A file in a commit that changed a line with a trace of a credential in it. */
interface Hit {
  readonly commit: string
  readonly path: string
}

/** In all that a push or a clone hands on: branches, tags, what was stashed; not what was amended away. */
const range = ['log', '--all', '--full-history', '--diff-merges=combined']
const difference = ['--no-ext-diff', '--no-textconv', '--no-renames', '--text', '--relative', '--ignore-submodules=all']

const mostHits = 20_000
/** Real milliseconds for git to go through all commits. */
const longest = 120_000

/** Searches every commit; git itself finds those that changed a suspicious line, and only these are looked at. */
export async function searchHistory(listing: Listing): Promise<SearchedHistory> {
  const hits: Hit[] = []
  let commit = ''
  const { add } = splitRecords((record) => {
    // Each commit begins with an empty record, then its name; git puts a line end between the name and the first path.
    const [, name] = /^\n?commit ([0-9a-f]{40,64})$/.exec(record) ?? []
    if (name !== undefined) commit = name
    else if (record.trim() !== '') hits.push({ commit, path: record.replace(/^\n/, '') })
  })
  const args = [...range, ...difference, '-G', traceInHistory, '--name-only', '-z', '--format=%x00commit %H%x00']
  const { code } = await git(listing.directory, [...args, '--', '.'], {
    trusted: listing.trusted,
    timeout: longest,
    take: (chunk) => {
      add(chunk)
      return hits.length < mostHits
    },
  })
  const whole = code === 0 || hits.length === 0 ? await hasNoCommit(listing, code) : false
  const sightings = await lookAt(hits, listing)
  return { sightings, outcome: !whole ? 'cut' : listing.shallow ? 'shallow' : 'whole' }
}

/** A repository without a commit has nothing to search, and git calls that a failure. */
async function hasNoCommit({ directory, trusted }: Listing, code: number | null): Promise<boolean> {
  if (code === 0) return true
  return (await git(directory, ['rev-parse', '--verify', '--quiet', 'HEAD'], { trusted })).code === 1
}

/** Larger files of a commit are not looked into. */
const largest = 16 * 1024 * 1024

/** The newest commit with a value tells of it; later ones in the list, which are older, only repeat it. */
async function lookAt(hits: readonly Hit[], { directory, prefix, trusted }: Listing): Promise<readonly Sighting[]> {
  const asked = hits.filter(({ path }) => !path.includes('\n'))
  if (asked.length === 0) return []
  const sightings = new Map<string, Sighting>()
  let pending = Promise.resolve()
  let index = -1
  const take = (content: Buffer | undefined): void => {
    const { commit, path } = asked[(index += 1)]!
    if (content === undefined || !mayHoldCredentials(content)) return
    const text = content.toString('utf8')
    pending = pending.then(async () => {
      for (const sighting of await sightingsIn(text, { file: path, where: 'history', commit, mode: undefined }))
        if (!sightings.has(sighting.value)) sightings.set(sighting.value, sighting)
    })
  }
  const input = asked.map(({ commit, path }) => `${commit}:${prefix}${path}\n`).join('')
  await git(directory, ['cat-file', '--batch', '--buffer'], {
    trusted,
    input,
    take: splitObjects(take),
    timeout: longest,
  })
  await pending
  return [...sightings.values()]
}

/** `<object> blob <size>`, a line end, that many octets and another line end; `… missing` for what a commit took away. */
function splitObjects(onObject: (content: Buffer | undefined) => void): (chunk: Buffer) => void {
  let kept: Buffer[] = []
  let length = 0
  let needed = 0
  let skipping = false
  let open: Buffer = Buffer.alloc(0)

  const header = (): boolean => {
    const end = open.indexOf(10)
    if (end === -1) return false
    const size = /^[0-9a-f]+ \w+ (\d+)$/.exec(open.toString('latin1', 0, end))?.[1]
    open = open.subarray(end + 1)
    if (size === undefined) onObject(undefined)
    else {
      needed = Number(size) + 1
      skipping = needed > largest
      kept = []
      length = 0
    }
    return true
  }
  const body = (): boolean => {
    const part = open.subarray(0, needed - length)
    if (!skipping) kept.push(part)
    length += part.length
    open = open.subarray(part.length)
    if (length < needed) return false
    onObject(skipping ? undefined : Buffer.concat(kept).subarray(0, -1))
    needed = 0
    return true
  }
  return (chunk) => {
    open = open.length === 0 ? chunk : Buffer.concat([open, chunk])
    while (open.length > 0 && (needed === 0 ? header() : body()));
  }
}
