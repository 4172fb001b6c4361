import * as v from 'valibot'
import { dirname, relative, resolve } from '../runtime/path.ts'
import { mistakeOf } from './gate-file.ts'
import { besidePolicy, mistaken } from './policy.ts'
import { type Project, treeOf } from './project.ts'
import type { FoundGateFile } from './find-gate-file.ts'
import { below, follow, plain } from './tree.ts'

/** Where a baseline lies unless the gate file names another place. */
const baselineFileName = 'oauth-imap.baseline.json'

/** What tells a finding from others for good: no line number, no value, nothing from which a secret could be guessed. */
export interface Fingerprint {
  readonly rule: string
  /** From the folder of the baseline file. */
  readonly path: string
  /** A JSON Pointer, or in words what it is about. */
  readonly at: string
}

/** The fingerprint in one text. */
export const kindOf = ({ rule, path, at }: Fingerprint): string => JSON.stringify([rule, path, at])

export interface BaselineEntry extends Fingerprint {
  /** How many findings have this fingerprint. */
  readonly times: number
  /** The day on which it was first written down. */
  readonly since: string
}

export interface Baseline {
  /** From the project’s folder. */
  readonly file: string
  /** A shared policy names it. */
  readonly inherited: boolean
  readonly entries: readonly (BaselineEntry & { readonly line: number; readonly column: number })[]
}

const day = v.pipe(v.string(), v.isoDate('a day such as 2026-11-22'))

const schema = v.object({
  format: v.literal('oauth-imap baseline'),
  version: v.literal(1),
  findings: v.array(
    v.object({
      rule: v.string(),
      path: v.string(),
      at: v.string(),
      times: v.pipe(v.number(), v.integer(), v.minValue(1)),
      since: day,
    }),
  ),
})

/** Where a project’s own baseline lies, or would. */
export const ownBaseline = (found: FoundGateFile | undefined): string => found?.gate.baseline ?? baselineFileName

/**
 * The baseline of a project, else that of the nearest policy that has one; undefined where there is none.
 *
 * @throws Fault `SETTINGS_INVALID` with the place, for a file that is no baseline
 */
export async function findBaseline(project: Project, found: FoundGateFile | undefined): Promise<Baseline | undefined> {
  const shared = found?.policies.find(({ gate }) => gate.baseline !== undefined)
  const places = [
    { file: ownBaseline(found), inherited: false },
    ...(shared === undefined ? [] : [{ file: besidePolicy(shared, shared.gate.baseline!), inherited: true }]),
  ]
  for (const { file, inherited } of places) {
    const entries = await readBaseline(project, file)
    if (entries !== undefined) return { file, inherited, entries }
  }
  return undefined
}

/** @throws Fault `SETTINGS_INVALID` with the place, for a file that is no baseline */
export async function readBaseline(project: Project, file: string): Promise<Baseline['entries'] | undefined> {
  const read = await treeOf(project, file)
  if (read === undefined) return undefined
  if ('problem' in read) throw mistaken(project, file, read)
  const parsed = v.safeParse(schema, plain(read.tree))
  if (!parsed.success) {
    const { problem, ...place } = mistakeOf(parsed.issues[0], read.tree)
    throw mistaken(project, file, { ...place, problem: `it is no baseline: ${problem}` })
  }
  return parsed.output.findings.map((entry, index) => {
    const { line, column } = follow(read.tree, below('/findings', index))!
    return { ...entry, line, column }
  })
}

/** Turns a path from the project’s folder into one from the folder of a baseline, which may lie elsewhere. */
export function fromBaseline({ directory = '/' }: Project, baseline: string): (path: string) => string {
  const folder = resolve(directory, dirname(baseline))
  return (path) => relative(folder, resolve(directory, path)).replaceAll('\\', '/')
}

/** What a baseline file holds: one finding a line, sorted, so that a review shows what came and went. */
export function baselineText(entries: readonly BaselineEntry[]): string {
  const key = ({ rule, path, at }: Fingerprint): string => `${path}\n${rule}\n${at}`
  const lines = entries
    .toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
    .map(({ rule, path, at, times, since }) => `    ${JSON.stringify({ rule, path, at, times, since })}`)
  const findings = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`
  return `{\n  "format": "oauth-imap baseline",\n  "version": 1,\n  "findings": ${findings}\n}\n`
}
