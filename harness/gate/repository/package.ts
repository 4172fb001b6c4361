import ignore from 'ignore'
import { namePattern } from '../../glob.ts'
import { readJsonTree } from '../json-tree.ts'
import { plain } from '../tree.ts'
import type { WayOut } from './image.ts'

/** The files that decide what is published, by their paths; a text that is not there is undefined. */
export type TextOf = (path: string) => string | undefined

/** What npm never takes along, whatever a project says (docs.npmjs.com, package.json, “files”). */
const never =
  /(?:^|\/)(?:\.git|node_modules|\.npmrc|\.DS_Store|\.svn|\.hg)(?:\/|$)|(?:^|\/)(?:\._.*|.*\.orig|\..*\.swp)$/

/** Whether publishing to npm takes a file along; undefined where the folder is not published or the file never is. */
export function wayIntoNpm(folder: string, textOf: TextOf, file: string): WayOut | undefined {
  const text = textOf(`${folder}package.json`)
  const manifest = text === undefined ? undefined : manifestOf(text)
  if (text === undefined || manifest === undefined || manifest.private === true) return undefined
  if (typeof manifest.name !== 'string' || typeof manifest.version !== 'string') return undefined
  const path = file.slice(folder.length)
  if (never.test(path)) return undefined
  const by = `${folder}package.json:1`
  if (Array.isArray(manifest.files)) {
    const listed = manifest.files.filter((entry) => typeof entry === 'string').map(rooted)
    if (ignore({ ignorecase: false }).add(listed).ignores(path)) return { by, excludedBy: null }
    const line = text.slice(0, text.search(/"files"\s*:/)).split('\n').length
    return { by, excludedBy: `${folder}package.json:${line}` }
  }
  // Without a list, one file of rules counts: npm’s own, else git’s, and only that of the package’s folder and below.
  const rules = [`${folder}.npmignore`, `${folder}.gitignore`].find((name) => textOf(name) !== undefined)
  return { by, excludedBy: rules === undefined ? null : excluding(rules, textOf(rules)!, path) }
}

interface Manifest {
  readonly name?: unknown
  readonly version?: unknown
  readonly private?: unknown
  readonly files?: unknown
}

function manifestOf(text: string): Manifest | undefined {
  const read = readJsonTree(text)
  const value = 'tree' in read ? plain(read.tree) : undefined
  return typeof value === 'object' && value !== null ? value : undefined
}

/** An entry of “files” begins at the package’s own folder. */
const rooted = (entry: string): string => entry.replace(/^(!?)(?:\.?\/)*/, '$1/')

function excluding(where: string, text: string, path: string): string | null {
  const rules = text.split(/\r?\n/).map((pattern, index) => ({ pattern, mark: String(index + 1) }))
  const { ignored, rule } = ignore({ ignorecase: false }).add(rules).test(path)
  return ignored ? `${where}:${rule?.mark}` : null
}

/**
 * Whether a source distribution of Python takes a file along by its MANIFEST.in (packaging.python.org, “MANIFEST.in
 * commands”); undefined where nothing asks for it. The last command that names a file decides.
 */
export function wayIntoSdist(folder: string, textOf: TextOf, file: string): WayOut | undefined {
  const manifest = `${folder}MANIFEST.in`
  const path = file.slice(folder.length)
  let way: WayOut | undefined
  for (const [index, line] of (textOf(manifest) ?? '').split(/\r?\n/).entries()) {
    const [command = '', ...words] = line.trim().split(/\s+/)
    if (!names(command, words, path)) continue
    const here = `${manifest}:${index + 1}`
    if (/exclude|prune/.test(command)) way = way === undefined ? undefined : { ...way, excludedBy: here }
    else way = { by: here, excludedBy: null }
  }
  return way
}

function names(command: string, words: readonly string[], path: string): boolean {
  const [folder = '', ...patterns] = words
  const name = path.slice(path.lastIndexOf('/') + 1)
  const below = folder === '.' || path.startsWith(`${folder.replace(/\/$/, '')}/`)
  if (/^(?:include|exclude)$/.test(command)) return words.some((pattern) => fits(pattern, path))
  if (/^recursive-(?:include|exclude)$/.test(command)) return below && patterns.some((pattern) => fits(pattern, name))
  if (/^global-(?:include|exclude)$/.test(command)) return words.some((pattern) => fits(pattern, name))
  return /^(?:graft|prune)$/.test(command) && below
}

const fits = (pattern: string, path: string): boolean => namePattern(pattern).test(path)
