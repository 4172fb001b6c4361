import { type FileContent, fileReader } from '../../runtime/file-contents.ts'
import { isOfOthers } from '../../runtime/tree-walk.ts'
import type { ListedFile, Listing } from './listing.ts'
import { type Sighting, sightingsIn } from './sighting.ts'
import { mayHoldCredentials } from './traces.ts'

/** Programs and documents are smaller; what is larger holds data. */
const largest = 16 * 1024 * 1024

export interface SearchedFiles {
  readonly sightings: readonly Sighting[]
  readonly searched: number
  /** Those of them that tools made. */
  readonly built: number
  readonly left: { readonly huge: number; readonly link: number; readonly unreadable: number }
}

/** After so many files everything else gets its turn, such as an interruption. */
const atOnce = 500

/** Searches the files of a project for credentials. */
export async function searchFiles({ directory, files }: Listing): Promise<SearchedFiles> {
  const read = fileReader(directory, largest)
  const sightings: Sighting[] = []
  const left = { huge: 0, link: 0, unreadable: 0 }
  let [searched, built] = [0, 0]
  for (const [index, file] of files.entries()) {
    if (index % atOnce === atOnce - 1) await new Promise<void>((resolve) => setImmediate(resolve))
    const content = read(file.path)
    // What was removed and not yet committed: Git names it, and nothing is there.
    if (content === 'gone') continue
    if (typeof content === 'string') {
      left[content] += 1
      continue
    }
    searched += 1
    if (isBuilt(file.path)) built += 1
    if (mayHoldCredentials(content.bytes) && !isOfOthers(file.path))
      sightings.push(...(await sightingsOf(file, content)))
  }
  return { sightings, searched, built, left }
}

async function sightingsOf({ path, state }: ListedFile, { bytes, mode }: FileContent): Promise<readonly Sighting[]> {
  const built = isBuilt(path)
  const kept = state === 'tracked'
  const found = { file: path, commit: null, mode: kept ? undefined : mode }
  const sightings = await sightingsIn(bytes.toString('utf8'), { ...found, where: built && !kept ? 'artefact' : state })
  // What is built and kept is both.
  return built && kept
    ? [...sightings, ...sightings.map((each) => ({ ...each, where: 'artefact' as const }))]
    : sightings
}

/** Where tools put what browsers and stores are given, and what such files are called. */
const output = /(?:^|\/)(?:dist|build|out|public|www|_site|\.next|\.nuxt|\.output|\.svelte-kit|\.vercel)\//
const server = /(?:^|\/)(?:\.next|\.output|\.nuxt|\.svelte-kit|build|dist)\/(?:server|standalone|cache)\//
const shipped = /\.(?:[cm]?js|css|html?|json|map|wasm|txt|xml|plist|apk|aab|ipa|asar|exe|dll|jar|dex|properties)$/i

const isBuilt = (path: string): boolean => output.test(path) && !server.test(path) && shipped.test(path)
