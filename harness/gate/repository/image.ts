import matcher from '@balena/dockerignore'
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
  const pattern = plain
    .replaceAll(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]')
  return new RegExp(`^${pattern}(?:/|$)`).test(path)
}

/** The line that, with those before it, keeps the file away for good. */
function excluding({ path: where, text }: NamedText, path: string): string | null {
  const lines = text.split(/\r?\n/)
  const stops = (count: number): boolean => dockerIgnore({ ignorecase: false }).add(lines.slice(0, count)).ignores(path)
  if (!stops(lines.length)) return null
  let line = lines.length
  while (line > 1 && stops(line - 1)) line -= 1
  return `${where}:${line}`
}
