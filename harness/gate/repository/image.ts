import matcher from '@balena/dockerignore'
import { namePattern } from '../../glob.ts'
import { copiesOf } from './dockerfile.ts'

/** Its types describe an ES module, and it is none. */
const dockerIgnore = matcher as unknown as typeof matcher.default

/** A way by which a file leaves: what takes it along, and the rule that stops it or null. */
export interface WayOut {
  readonly by: string
  readonly excludedBy: string | null
}

interface NamedText {
  readonly path: string
  readonly text: string
}

/** A Dockerfile with what its ignore file keeps away from the build; the context is the folder that it lies in. */
export interface ImageRecipe {
  readonly dockerfile: NamedText
  readonly ignore: NamedText | undefined
}

export const isDockerfile = (path: string): boolean =>
  /(?:^|\/)(?:(?:Dockerfile|Containerfile)(?:\.[\w-]+)?|[\w-]+\.Dockerfile)$/.test(path) &&
  !path.endsWith('.dockerignore')

/** Where the rules for a Dockerfile may lie: its own go before those of the folder. */
export const ignoreFilesOf = (dockerfile: string): readonly string[] => {
  const folder = dockerfile.slice(0, dockerfile.lastIndexOf('/') + 1)
  return [`${dockerfile}.dockerignore`, `${folder}.dockerignore`]
}

/** Whether an image takes a file along; undefined where nothing in the recipe asks for it. */
export function wayIntoImage({ dockerfile, ignore }: ImageRecipe, file: string): WayOut | undefined {
  const folder = dockerfile.path.slice(0, dockerfile.path.lastIndexOf('/') + 1)
  if (!file.startsWith(folder)) return undefined
  const path = file.slice(folder.length)
  const copy = copiesOf(dockerfile.text).find(({ sources }) => sources.some((source) => takes(source, path)))
  if (copy === undefined) return undefined
  return { by: `${dockerfile.path}:${copy.line}`, excludedBy: ignore === undefined ? null : excluding(ignore, path) }
}

/** A folder takes everything below it; a wildcard stays within one folder, as in Go’s filepath.Match. */
function takes(source: string, path: string): boolean {
  const plain = source.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '')
  if (plain === '' || plain === '.') return true
  const pattern = namePattern(plain)
  return above(path).some((place) => pattern.test(place))
}

/** A path with the folders that it lies in. */
const above = (path: string): readonly string[] =>
  path.split('/').map((_, index, names) => names.slice(0, index + 1).join('/'))

/** The line that keeps the file away for good: the first after the last one that takes it in again. */
function excluding({ path: where, text }: NamedText, path: string): string | null {
  let stopped: number | undefined
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const rule = line.trim()
    const isBack = rule.startsWith('!')
    if (!names(isBack ? rule.slice(1) : rule, path, isBack)) continue
    stopped = isBack ? undefined : (stopped ?? index + 1)
  }
  return stopped === undefined ? null : `${where}:${stopped}`
}

/** Ways to try in about a second. */
const mostWays = 1e8

/**
 * Whether a rule is about a file. With many wildcards in it the library would try them for hours; such a rule was not made
 * to keep anything away.
 */
function names(rule: string, path: string, otherwise: boolean): boolean {
  let ways = 1
  for (const [index] of (rule.match(/\*+/g) ?? []).entries()) ways *= path.length / (index + 1)
  return ways > mostWays ? otherwise : dockerIgnore({ ignorecase: false }).add([rule]).ignores(path)
}
