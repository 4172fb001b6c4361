import type { ObservedConfiguration } from '../../model/configuration.ts'
import { fileReader } from '../../runtime/file-contents.ts'
import { git, splitRecords } from '../../runtime/git.ts'
import { type ImageRecipe, type WayOut, ignoreFilesOf, isDockerfile, wayIntoImage } from './image.ts'
import type { Listing } from './listing.ts'
import { type TextOf, wayIntoNpm, wayIntoSdist } from './package.ts'

export type Way = Pick<ObservedConfiguration['repository.exposure'], 'way'> & WayOut

/** What decides over ways out is small. */
const largest = 1024 * 1024

/** By which ways the next commit, package or image would take a file along that version control does not keep. */
export async function waysOut(
  listing: Listing,
  files: readonly string[],
): Promise<ReadonlyMap<string, readonly Way[]>> {
  const textOf = textsOf(listing.directory)
  const excluded = listing.vcs === 'git' ? await excludedFromCommits(listing, files) : undefined
  const recipes = listing.files
    .filter(({ path, state }) => state !== 'ignored' && isDockerfile(path))
    .map(({ path }) => recipeAt(path, textOf))
  return new Map(
    files.map((file) => {
      const commit = excluded && { way: 'commit' as const, by: 'git add', excludedBy: excluded.get(file) ?? null }
      const published = packageWays(file, textOf).map((way) => ({ way: 'package' as const, ...way }))
      const images = recipes
        .map((recipe) => wayIntoImage(recipe, file))
        .filter((way) => way !== undefined)
        .map((way) => ({ way: 'image' as const, ...way }))
      return [file, [...(commit === undefined ? [] : [commit]), ...published, ...images]]
    }),
  )
}

function textsOf(directory: string): TextOf {
  const read = fileReader(directory, largest)
  const texts = new Map<string, string | undefined>()
  return (path) => {
    if (!texts.has(path)) {
      const content = read(path)
      texts.set(path, typeof content === 'string' ? undefined : content.bytes.toString('utf8'))
    }
    return texts.get(path)
  }
}

function recipeAt(path: string, textOf: TextOf): ImageRecipe {
  const ignoreFile = ignoreFilesOf(path).find((name) => textOf(name) !== undefined)
  const ignore = ignoreFile === undefined ? undefined : { path: ignoreFile, text: textOf(ignoreFile)! }
  return { dockerfile: { path, text: textOf(path) ?? '' }, ignore }
}

/** A file belongs to the innermost package around it. */
function packageWays(file: string, textOf: TextOf): readonly WayOut[] {
  const around = foldersAround(file)
  const npm = around.find((folder) => textOf(`${folder}package.json`) !== undefined)
  const sdist = around.find((folder) => textOf(`${folder}MANIFEST.in`) !== undefined)
  return [
    npm === undefined ? undefined : wayIntoNpm(npm, textOf, file),
    sdist === undefined ? undefined : wayIntoSdist(sdist, textOf, file),
  ].filter((way) => way !== undefined)
}

/** From the innermost to the project’s own, each ended by `/`. */
const foldersAround = (file: string): readonly string[] =>
  file
    .split('/')
    .map((_, index, names) => names.slice(0, names.length - 1 - index).join('/'))
    .map((folder) => (folder === '' ? '' : `${folder}/`))

const here = './'

/** The rule of git’s that keeps each file out, such as `.gitignore:3`. */
async function excludedFromCommits(
  { directory, trusted }: Listing,
  files: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  const fields: string[] = []
  const { add } = splitRecords((field) => {
    fields.push(field)
    if (fields.length < 4) return
    const [source = '', line, pattern = '', path = ''] = fields.splice(0)
    if (source !== '' && !pattern.startsWith('!')) found.set(path.slice(here.length), `${source}:${line}`)
  })
  // It knows no literal paths; one that begins so is none of another kind either.
  const input = files.map((file) => `${here}${file}\0`).join('')
  const variables = { GIT_LITERAL_PATHSPECS: '0' }
  await git(directory, ['check-ignore', '--verbose', '-z', '--stdin'], { trusted, input, variables, take: add })
  return found
}
