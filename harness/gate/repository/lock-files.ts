import { readJsonTree } from '../json-tree.ts'
import { follow, textOf } from '../tree.ts'
import { type Ecosystem, later } from './affected.ts'

/** A library as a lock file has it. */
export interface Locked {
  readonly ecosystem: Ecosystem
  readonly name: string
  readonly version: string
  readonly line: number
  /** Whether exactly this version is asked for. */
  readonly pinned: boolean
}

type Reader = (text: string) => readonly Locked[]

/** The lock files that are read, by their names. */
const readers: readonly (readonly [RegExp, Reader])[] = [
  [/^(?:package-lock|npm-shrinkwrap)\.json$/, npmLock],
  [/^yarn\.lock$/, headed('npm', /^"?((?:@[^/@]+\/)?[^@"]+)@/, /^\s+version:? "?([^"\s]+)"?$/)],
  [/^pnpm-lock\.yaml$/, perLine('npm', /^ {2}['"]?\/?((?:@[^/]+\/)?[^@/'"\s]+)[@/](\d[^:('"_]*)/)],
  [/^bun\.lock$/, perLine('npm', /^\s+"[^"]+": \["((?:@[^/"]+\/)?[^@"]+)@([^"]+)"/)],
  [/^deno\.lock$/, perLine('npm', /^\s+"((?:@[^/"]+\/)?[^@":]+)@(\d[^_"]*)(?:_[^"]*)?": \{/)],
  [/^(?:poetry|uv|pdm)\.lock$/, headed('PyPI', /^name = "([^"]+)"/, /^version = "([^"]+)"/)],
  [/^Cargo\.lock$/, headed('crates.io', /^name = "([^"]+)"/, /^version = "([^"]+)"/)],
  [/^Pipfile\.lock$/, headed('PyPI', /^ {8}"([^"]+)": \{/, /^\s+"version": "==([^"]+)"/)],
  [/^requirements[\w.-]*\.txt$/, requirements],
  [/^go\.sum$/, goSum],
  [/^Gemfile\.lock$/, perLine('RubyGems', /^ {4}([\w.-]+) \(([\w.]+)(?:-[\w-]+)?\)$/)],
  [/^composer\.lock$/, headed('Packagist', /^\s+"name": "([^"]+)"/, /^\s+"version": "([^"]+)"/)],
  [/^gradle\.lockfile$/, perLine('Maven', /^([\w.-]+:[\w.-]+):([^=]+)=/)],
]

const readerOf = (path: string): Reader | undefined =>
  readers.find(([name]) => name.test(path.slice(path.lastIndexOf('/') + 1)))?.[1]

export const isLockFile = (path: string): boolean => readerOf(path) !== undefined

export const readLockFile = (path: string, text: string): readonly Locked[] => readerOf(path)?.(text) ?? []

/** PyPI knows one spelling of a name only (PEP 503). */
const named = (ecosystem: Ecosystem, name: string): string =>
  ecosystem === 'PyPI' ? name.toLowerCase().replaceAll(/[-_.]+/g, '-') : name

/** Name and version in one line. */
function perLine(ecosystem: Ecosystem, pattern: RegExp): Reader {
  return (text) => {
    // pnpm tells a version again for each of its snapshots.
    const seen = new Set<string>()
    return text.split(/\r?\n/).flatMap((content, index) => {
      const [, name, version] = pattern.exec(content) ?? []
      if (name === undefined || version === undefined || seen.has(`${name}@${version}`)) return []
      seen.add(`${name}@${version}`)
      return [{ ecosystem, name: named(ecosystem, name), version, line: index + 1, pinned: true }]
    })
  }
}

/** The name in one line, the version in the first fitting one after it. */
function headed(ecosystem: Ecosystem, head: RegExp, body: RegExp): Reader {
  return (text) => {
    const found: Locked[] = []
    let open: { readonly name: string; readonly line: number } | undefined
    for (const [index, content] of text.split(/\r?\n/).entries()) {
      const name = head.exec(content)?.[1]
      if (name !== undefined) open = { name: named(ecosystem, name), line: index + 1 }
      const version = body.exec(content)?.[1]
      if (version === undefined || open === undefined) continue
      found.push({ ecosystem, ...open, version, pinned: true })
      open = undefined
    }
    return found
  }
}

/** npm tells in its own file what only development needs; that is not shipped. Old files nest instead of naming paths. */
function npmLock(text: string): readonly Locked[] {
  const read = readJsonTree(text)
  if ('problem' in read) return []
  const members = [...(follow(read.tree, '/packages')?.members ?? []), ...nested(follow(read.tree, '/dependencies'))]
  const seen = new Set<string>()
  return members.flatMap(([path, tree]) => {
    const version = textOf(follow(tree, '/version') ?? { line: 0, column: 0 })
    const name = path.replace(/^.*node_modules\//, '')
    if (version === undefined || name === '' || follow(tree, '/dev')?.value === true || seen.has(`${name}@${version}`))
      return []
    seen.add(`${name}@${version}`)
    return [{ ecosystem: 'npm' as const, name, version, line: tree.line, pinned: true }]
  })
}

type Member = readonly [string, NonNullable<ReturnType<typeof follow>>]

const nested = (tree: ReturnType<typeof follow>): readonly Member[] =>
  [...(tree?.members ?? [])].flatMap((member) => [member, ...nested(follow(member[1], '/dependencies'))])

/** `name==1.2`, with extras and markers; other lines name what they accept, not what is installed. */
function requirements(text: string): readonly Locked[] {
  return text.split(/\r?\n/).flatMap((content, index) => {
    const [, name, operator, version = ''] =
      /^([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*(===?|[<>~!]=?)?\s*([\w.*+!-]*)/.exec(content) ?? []
    if (name === undefined) return []
    const pinned = /^===?$/.test(operator ?? '') && !version.includes('*')
    return [{ ecosystem: 'PyPI', name: named('PyPI', name), version: pinned ? version : '', line: index + 1, pinned }]
  })
}

/** It keeps checksums of versions that are used no longer; of several, the latest is. */
function goSum(text: string): readonly Locked[] {
  const found = new Map<string, Locked>()
  for (const locked of perLine('Go', /^(\S+) v(\S+) h1:/)(text)) {
    if (locked.version.endsWith('/go.mod')) continue
    const known = found.get(locked.name)
    if (known === undefined || later('Go', known.version, locked.version) === locked.version)
      found.set(locked.name, locked)
  }
  return [...found.values()]
}
