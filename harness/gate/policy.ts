import { Fault } from '../model/fault.ts'
import { dirname, join } from '../runtime/path.ts'
import { type GateFile, readGateFile } from './gate-file.ts'
import { type Project, shownPath, treeOf } from './project.ts'
import { type Tree, follow } from './tree.ts'

/** A gate file, or a policy that one builds upon: policies have the same form. */
export interface PolicyFile {
  /** From the project’s folder, such as `../policy.yaml`. */
  readonly path: string
  readonly tree: Tree
  readonly gate: GateFile
}

/** A path that a policy file names begins at its own folder. */
export const besidePolicy = ({ path }: PolicyFile, named: string): string => join(dirname(path), named)

/**
 * The shared policies that a gate file extends, nearest first. They decide what counts, so that no verdict would be right
 * without them.
 *
 * @throws Fault `SETTINGS_INVALID` with the place, for one that is missing, that cannot be read, or that leads back to itself
 */
export async function policiesOf(project: Project, gate: PolicyFile): Promise<readonly PolicyFile[]> {
  const chain = [gate]
  for (let last = gate; last.gate.extends !== undefined; last = chain.at(-1)!) {
    const path = besidePolicy(last, last.gate.extends)
    const paths = chain.map((known) => known.path)
    if (paths.includes(path)) throw wrong(project, last, `extends itself: ${[...paths, path].join(' → ')}`)
    chain.push(await policyAt(project, path, last))
  }
  return chain.slice(1)
}

async function policyAt(project: Project, path: string, from: PolicyFile): Promise<PolicyFile> {
  const read = await treeOf(project, path)
  if (read === undefined) throw wrong(project, from, `extends a policy that does not exist: ${path}`)
  const gate = 'problem' in read ? read : readGateFile(read.tree)
  if ('problem' in gate || 'problem' in read) throw mistaken(project, path, gate as Placed)
  return { path, tree: read.tree, gate }
}

interface Placed {
  readonly problem: string
  readonly line: number
  readonly column: number
}

/** One line for what stands wrong in a file that decides what counts. */
export const mistaken = (project: Project, path: string, { problem, line, column }: Placed): Fault =>
  new Fault(
    'SETTINGS_INVALID',
    `${shownPath(project, path)}:${line}:${column}: ${problem}.`,
    'Mend it, then run again.',
  )

const wrong = (project: Project, { path, tree }: PolicyFile, problem: string): Fault => {
  const { line, column } = follow(tree, '/extends') ?? tree
  return mistaken(project, path, { problem, line, column })
}

/** What is said nearest to the project. */
export const nearestSaid = <T>(files: readonly PolicyFile[], said: (gate: GateFile) => T | undefined): T | undefined =>
  files.map(({ gate }) => said(gate)).find((value) => value !== undefined)

export interface Defaults {
  readonly policy: PolicyFile
  readonly settings: GateFile['profiles'][string]['settings']
}

/** The settings of a profile that only policies say; which files it has, and which profiles, is for the project to say. */
export function defaultsOf(name: string, { gate }: PolicyFile, policies: readonly PolicyFile[]): readonly Defaults[] {
  const own = gate.profiles[name]
  const said = new Set([...Object.keys(own?.settings ?? {}), ...Object.keys(own?.mapping ?? {})])
  return policies.map((policy) => {
    const left = Object.entries(policy.gate.profiles[name]?.settings ?? {}).filter(([setting]) => !said.has(setting))
    for (const [setting] of left) said.add(setting)
    return { policy, settings: Object.fromEntries(left) }
  })
}
