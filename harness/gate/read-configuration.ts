import { readEnvironmentSwitches } from './environment-switches.ts'
import { type FoundGateFile, findGateFile } from './find-gate-file.ts'
import type { Into } from './into.ts'
import { defaultsOf } from './policy.ts'
import type { Project } from './project.ts'
import { readAttestationOf } from './read-attestation.ts'
import { readDiscovered } from './read-discovered.ts'
import { readProfile } from './read-profile.ts'
import { recordedFiles } from './recorded-files.ts'

/**
 * Records client files, settings and attestation of a project: those that its gate file names, else those that are found.
 * Secrets are told by reference, what cannot be read by its place; nothing keeps the rest from being read.
 */
export async function readConfiguration(project: Project, to: Into): Promise<FoundGateFile | undefined> {
  const files = recordedFiles(project, to)
  const gate = await findGateFile(project, to)
  const found = gate === 'broken' ? undefined : gate
  for (const [name, profile] of Object.entries(found?.gate.profiles ?? {})) {
    await readProfile(files, found!, { name, profile }, to)
    for (const { policy, settings } of defaultsOf(name, found!, found!.policies))
      await readProfile(files, policy, { name, profile: { settings, mapping: {} } }, to)
  }
  if (gate === undefined) await readDiscovered(files, to)
  await readEnvironmentSwitches(project, to)
  await readAttestationOf(files, found, to)
  return found
}
