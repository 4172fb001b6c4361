import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { doors, table } from './architecture.fixture.ts'
import { walk } from './runtime/files.ts'
import { join } from './runtime/path.ts'

const root = join(import.meta.dirname, '..')
const folders = ['suites', 'fixtures', 'mocks', 'harness', 'reports']
const beside =
  /^(?:\..*|.*\.md|LICENSE|NOTICE|Dockerfile|(?:action|compose)\.ya?ml|package(?:-lock)?\.json|tsconfig.*\.json|(?:vitest|oauth-imap)\.config\.ts|oauth-imap\.gate\.yaml|knip\.json|docs|node_modules|conformance-report)$/
const banned = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'manager', 'service', 'data', 'handle'])
const isTest = (file: string): boolean => /\.(?:test|suite|fixture|bench)\.ts$/.test(file)
const fits = (pattern: string, path: string): boolean => new RegExp(`^(?:${pattern})`).test(path)

interface Import {
  readonly to: string
  readonly typeOnly: boolean
}

const statement =
  /^(?:import|export)\s+(?:(?<words>[^'"();]*?)\bfrom\s*)?'(?<from>[^']+)'|\bimport\('(?<later>[^']+)'\)/gm

function importsOf(file: string, text: string): readonly Import[] {
  return Array.from(text.matchAll(statement), ({ groups = {} }) => {
    const specifier = groups['from'] ?? groups['later'] ?? ''
    const words = groups['words'] ?? ''
    const members = /^\{(.*)\}$/s
      .exec(words.trim())?.[1]
      ?.split(',')
      .filter((member) => member.trim() !== '')
    const typeOnly = words.startsWith('type ') || (members?.every((member) => /^\s*type\s/.test(member)) ?? false)
    return { to: specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : specifier, typeOnly }
  })
}

function* violationsOf(file: string, text: string): Generator<string> {
  if (
    posix
      .basename(file)
      // Google's own term.
      .replace(/\bservice-accounts?\b/, '')
      .split(/[-.]/)
      .some((word) => banned.has(word))
  )
    yield `${file} has a banned name`
  if (!file.startsWith('fixtures/') && text.split('\n').length > 401) yield `${file} has more than 400 lines`
  if (isTest(file)) return
  const row = table.find(({ files }) => fits(files, file))
  for (const { to, typeOnly } of importsOf(file, text)) {
    const name = /^(?:@[^/]+\/)?[^/]+/.exec(to)?.[0] ?? to
    const isPackage = !to.startsWith('node:') && !folders.includes(name) && name !== 'package.json'
    const allowed = isPackage
      ? doors[name] !== undefined && fits(doors[name], file)
      : row !== undefined && fits(row.may, to)
    if (!allowed && !(typeOnly && row?.types !== undefined && fits(row.types, to))) yield `${file} imports ${to}`
  }
}

/** A file of the set that reaches itself, over imports of any kind. */
function cycleIn(files: ReadonlyMap<string, string>): string | undefined {
  const targets = new Map([...files].map(([file, text]) => [file, importsOf(file, text).map(({ to }) => to)]))
  const reaches = (from: string, goal: string, seen: Set<string>): boolean =>
    (targets.get(from) ?? []).some((to) => to === goal || (!seen.has(to) && reaches(to, goal, seen.add(to))))
  return [...files.keys()].find((file) => reaches(file, file, new Set()))
}

const sources = new Map<string, string>()
for (const folder of folders)
  for (const { path, kind } of await walk(join(root, folder)))
    if (kind === 'file' && /\.m?ts$/.test(path))
      sources.set(`${folder}/${path}`, readFileSync(join(root, folder, path), 'utf8'))

test('every file keeps to its folder’s imports, to the doors of the packages, and to names and sizes', () => {
  expect(sources.size).toBeGreaterThan(100)
  expect([...sources].flatMap(([file, text]) => [...violationsOf(file, text)])).toEqual([])
})

test('the model has no cycle, types included', () => {
  expect(cycleIn(new Map([...sources].filter(([file]) => file.startsWith('harness/model/'))))).toBeUndefined()
  expect(
    cycleIn(
      new Map([
        ['a.ts', `import type { B } from './b.ts'`],
        ['b.ts', `export * from './a.ts'`],
      ]),
    ),
  ).toBe('a.ts')
})

test('the top of the tree holds the five folders, and beside them only what tools look for there', () => {
  expect(readdirSync(root).filter((name) => !folders.includes(name) && !beside.test(name))).toEqual([])
})

test.each([
  ['suites/a.ts', `import type { G } from '../mocks/google/grants/grants.ts'`],
  ['reports/a.ts', `import {\n  readFileSync,\n} from 'node:fs'`],
  ['mocks/google/a.ts', `import { type J, openJournal } from '../../harness/journal.ts'`],
  ['mocks/gmail/a.ts', `import { ImapFlow } from 'imapflow'`],
  ['harness/judge.ts', `export { w } from './world.ts'`],
  ['harness/stages/a.ts', `const w = await import('../../mocks/gmail/gmail.ts')`],
  ['harness/runtime/a.ts', `import '../cli/main.ts'`],
  ['harness/model/a.ts', `import * as v from 'valibot'`],
  ['harness/mail-utils.ts', ''],
  ['mocks/a.test.ts', '\n'.repeat(401)],
])('a planted violation in %s is seen', (file, text) => {
  expect([...violationsOf(file, text)]).toHaveLength(1)
})
