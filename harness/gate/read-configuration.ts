import { type Attestation, attestationFileNames, readAttestation } from './attestation-file.ts'
import { kindOfClientFile, recordClient } from './client-file.ts'
import { readEnvironmentSwitches } from './environment-switches.ts'
import { type GateProfile, gateFileNames, readGateFile } from './gate-file.ts'
import type { Into } from './into.ts'
import { type PolicyFile, besidePolicy, defaultsOf, policiesOf } from './policy.ts'
import { type Project, treeOf } from './project.ts'
import { readTree } from './read-tree.ts'
import { recordSetting } from './settings-of.ts'
import { type Tree, below, follow, textOf } from './tree.ts'

/** The gate file of a project and what it says; undefined where it has none. */
export interface FoundGateFile extends PolicyFile {
  /** What it builds upon, nearest first. */
  readonly policies: readonly PolicyFile[]
}

/**
 * Finds and reads the gate file; one that cannot be read is recorded, and counts as none.
 *
 * @throws Fault `SETTINGS_INVALID` for a policy that cannot be had
 */
export async function findGateFile(project: Project, to: Into): Promise<FoundGateFile | undefined> {
  for (const path of gateFileNames) {
    const read = await treeOf(project, path)
    if (read === undefined) continue
    const gate = 'problem' in read ? read : readGateFile(read.tree)
    if (!('problem' in gate) && 'tree' in read) {
      const own = { path, tree: read.tree, gate }
      const policies = await policiesOf(project, own)
      for (const { path: file } of [own, ...policies])
        to.record('config.file', { file, line: 1, column: 1, profile: '', kind: 'gate' })
      return { ...own, policies }
    }
    if ('problem' in gate) to.record('config.file', { ...placed(path, gate), profile: '', kind: 'gate' })
    return undefined
  }
  return undefined
}

const placed = (file: string, { problem, line, column }: { problem: string; line: number; column: number }) => ({
  file,
  line,
  column,
  problem,
})

/** Records client files, settings and attestation of a project; secrets by reference, unreadable files by place. */
export async function readConfiguration(project: Project, to: Into): Promise<FoundGateFile | undefined> {
  const found = await findGateFile(project, to)
  const seen = new Set<string>()
  for (const [name, profile] of Object.entries(found?.gate.profiles ?? {})) {
    await readProfile(project, found!, { name, profile, seen }, to)
    for (const { policy, settings } of defaultsOf(name, found!, found!.policies))
      await readProfile(project, policy, { name, profile: { settings, mapping: {} }, seen }, to)
  }
  await readEnvironmentSwitches(project, to)
  await readAttestationOf(project, found, to)
  return found
}

interface Named {
  readonly name: string
  readonly profile: GateProfile
  /** Files that were recorded already. */
  readonly seen: Set<string>
}

async function readProfile(project: Project, found: PolicyFile, named: Named, to: Into): Promise<void> {
  const { name, profile } = named
  const base = below('/profiles', name)
  for (const setting of Object.keys(profile.settings)) {
    const pointer = below(`${base}/settings`, setting)
    recordSetting(setting, follow(found.tree, pointer)!, { file: found.path, pointer, profile: name }, to)
  }
  for (const [setting, where] of Object.entries(profile.mapping)) {
    const stands = follow(found.tree, below(`${base}/mapping`, setting))!
    const target = await reached(project, where, { at: stands, gate: found.path, ...named }, to)
    if (target !== undefined) recordSetting(setting, target.tree, { ...target, profile: name }, to)
  }
  if (profile.client !== undefined) {
    const stands = follow(found.tree, `${base}/client`)!
    await readClient(project, profile.client, { at: stands, gate: found.path, ...named }, to)
  }
}

interface Asked extends Named {
  /** Where the gate file asks for it. */
  readonly at: Tree
  readonly gate: string
}

/** What `FILE#/pointer` leads to; what is missing is recorded as a problem of whoever asked. */
async function reached(
  project: Project,
  where: string,
  { at, gate, name, seen }: Asked,
  to: Into,
): Promise<
  { readonly tree: Tree; readonly file: string; readonly pointer: string; readonly mode?: string } | undefined
> {
  const [file = '', pointer = ''] = where.split(/#(.*)/s)
  const missing = (what: string): undefined => {
    const problem = `expected ${what} that exists: ${where}`
    to.record('config.file', { file: gate, line: at.line, column: at.column, profile: name, kind: 'gate', problem })
    return undefined
  }
  const read = await treeOf(project, file)
  if (read === undefined) return missing('a file')
  const first = !seen.has(file)
  seen.add(file)
  if ('problem' in read) {
    if (first) to.record('config.file', { ...placed(file, read), profile: name, kind: 'settings' })
    return undefined
  }
  if (first && pointer !== '')
    to.record('config.file', { file, line: 1, column: 1, profile: name, kind: 'settings', ...modeOf(read) })
  const tree = follow(read.tree, pointer)
  return tree === undefined ? missing('a value') : { tree, file, pointer, ...modeOf(read) }
}

const modeOf = ({ mode }: { readonly mode?: string }): { mode?: string } => (mode === undefined ? {} : { mode })

/** A client file, or the text of one within another file. */
async function readClient(project: Project, where: string, asked: Asked, to: Into): Promise<void> {
  const target = await reached(project, where, asked, to)
  if (target === undefined) return
  const { file, pointer, tree: outer } = target
  const text = outer.members === undefined ? textOf(outer) : undefined
  const read = text === undefined ? { tree: outer } : readTree('client.json', text)
  const about = { file, profile: asked.name }
  if ('problem' in read) {
    to.record('config.file', {
      ...about,
      line: outer.line,
      column: outer.column,
      kind: 'unknown',
      problem: read.problem,
    })
    return
  }
  const kind = kindOfClientFile(read.tree)
  to.record('config.file', { ...about, line: outer.line, column: outer.column, kind, ...modeOf(target) })
  recordClient(read.tree, { ...about, pointer }, to)
}

async function readAttestationOf(project: Project, found: FoundGateFile | undefined, to: Into): Promise<void> {
  for (const file of attestationsOf(found)) {
    const read = await treeOf(project, file)
    if (read === undefined) continue
    const attestation = 'problem' in read ? read : readAttestation(read.tree)
    const about = { file, line: 1, column: 1, profile: '', kind: 'attestation' as const }
    if ('problem' in attestation) to.record('config.file', { ...about, ...placed(file, attestation) })
    else {
      to.record('config.file', about)
      recordAttestation(file, attestation, to)
    }
    return
  }
}

/** Where an attestation may lie, nearest first. */
function attestationsOf(found: FoundGateFile | undefined): readonly string[] {
  if (found?.gate.attestation !== undefined) return [found.gate.attestation]
  const shared = found?.policies.find(({ gate }) => gate.attestation !== undefined)
  return [...attestationFileNames, ...(shared === undefined ? [] : [besidePolicy(shared, shared.gate.attestation!)])]
}

function recordAttestation(file: string, attestation: Attestation, to: Into): void {
  const { checkedOn, checkedBy, stamp, facts, unknown } = attestation
  to.record('attestation', { ...stamp, file, of: '', name: 'checkedOn', value: checkedOn, checkedOn, checkedBy })
  for (const fact of facts) to.record('attestation', { ...fact, file, checkedOn, checkedBy })
  for (const member of unknown) to.record('config.unknown', { ...member, file, nearest: null })
}
