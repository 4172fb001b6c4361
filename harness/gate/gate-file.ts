import * as v from 'valibot'
import { expectation } from './expectation.ts'
import { type Tree, below, follow, plain } from './tree.ts'

const scalar = v.union([v.string(), v.number(), v.boolean()])

const profile = v.object({
  /** The client file that Google offered, `FILE` or `FILE#/pointer`. */
  client: v.optional(v.string()),
  /** Settings that are said here, by the names of `settingNames`. */
  settings: v.nullish(v.record(v.string(), v.union([scalar, v.array(scalar)])), {}),
  /** Settings that stand elsewhere: `FILE#/pointer`. */
  mapping: v.nullish(v.record(v.string(), v.pipe(v.string(), v.includes('#/', 'FILE#/pointer'))), {}),
})

const day = v.pipe(v.string(), v.isoDate('a day such as 2026-12-31'))

const waiver = v.object({
  rule: v.string(),
  /** A glob of paths in the project; everywhere unless told. */
  path: v.optional(v.string(), '**'),
  reason: v.pipe(v.string(), v.minLength(10, 'a reason of at least 10 characters')),
  /** The last day on which it holds. */
  expires: day,
  /** Who answers for it: needed for what a standard or Google demands. */
  by: v.optional(v.string(), ''),
})

const schema = v.object({
  /** A policy that several applications share; what is said here goes before it. */
  extends: v.optional(v.string()),
  profiles: v.nullish(v.record(v.string(), v.nullish(profile, {})), {}),
  /** The file with what Google does not export. */
  attestation: v.optional(v.string()),
  waivers: v.nullish(v.array(waiver), []),
  /** The file with findings that were there already. */
  baseline: v.optional(v.string()),
  /** A violated SHOULD fails too. */
  strict: v.optional(v.boolean()),
})

export type GateFile = v.InferOutput<typeof schema>
export type GateProfile = v.InferOutput<typeof profile>
export type Waiver = v.InferOutput<typeof waiver>

/** Where a project says how its configuration lies, the first that exists. */
export const gateFileNames = ['oauth-imap.gate.yaml', 'oauth-imap.gate.yml', 'oauth-imap.gate.json'] as const

export interface Mistake {
  readonly problem: string
  readonly line: number
  readonly column: number
}

/** What a gate file says, or the first thing that it should not, with the place. */
export function readGateFile(tree: Tree): GateFile | Mistake {
  const dropped = [...reservedIn(tree)][0]
  if (dropped !== undefined) return dropped
  const parsed = v.safeParse(schema, plain(tree))
  return parsed.success ? parsed.output : mistakeOf(parsed.issues[0], tree)
}

/** What JavaScript keeps for itself; the schema would pass over what has such a name, as if it were not there. */
const reserved: ReadonlySet<string> = new Set(['__proto__', 'prototype', 'constructor'])

function* reservedIn({ members, keys, items }: Tree): Generator<Mistake> {
  for (const [name, member] of members ?? []) {
    const { line, column } = keys?.get(name) ?? member
    if (reserved.has(name)) yield { problem: `expected another name than ${name}`, line, column }
    yield* reservedIn(member)
  }
  for (const item of items ?? []) yield* reservedIn(item)
}

export interface UnknownName {
  readonly pointer: string
  readonly name: string
  readonly line: number
  readonly column: number
  /** The names that are known there. */
  readonly among: readonly string[]
}

/** Members of an object that nobody knows, each at its name. */
export const unknownMembers = (
  tree: Tree | undefined,
  pointer: string,
  among: readonly string[],
): readonly UnknownName[] =>
  [...(tree?.members ?? [])]
    .filter(([name]) => !among.includes(name))
    .map(([name, member]) => {
      const { line, column } = tree?.keys?.get(name) ?? member
      return { pointer: below(pointer, name), name, line, column, among }
    })

/** What a gate file says that nothing reads: a misspelt name would otherwise be a setting that is silently missing. */
export const unknownIn = (tree: Tree): readonly UnknownName[] => [
  ...unknownMembers(tree, '', Object.keys(schema.entries)),
  ...[...(follow(tree, '/profiles')?.members ?? [])].flatMap(([name, own]) =>
    unknownMembers(own, below('/profiles', name), Object.keys(profile.entries)),
  ),
  ...(follow(tree, '/waivers')?.items ?? []).flatMap((own, index) =>
    unknownMembers(own, below('/waivers', index), Object.keys(waiver.entries)),
  ),
]

/** Where a schema’s complaint belongs: the place of the value, or of what should hold it. */
export function mistakeOf(issue: v.BaseIssue<unknown>, tree: Tree): Mistake {
  let pointer = ''
  let here = tree
  for (const { key } of issue.path ?? []) {
    pointer = below(pointer, String(key))
    here = follow(tree, pointer) ?? here
  }
  return { problem: expectation(issue), line: here.line, column: here.column }
}
