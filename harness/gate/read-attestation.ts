import { type Attestation, attestationFileNames, readAttestation } from './attestation-file.ts'
import { recordUnknown } from './client-file.ts'
import type { FoundGateFile } from './find-gate-file.ts'
import type { Into } from './into.ts'
import { besidePolicy } from './policy.ts'
import { type RecordedFiles, placed, problemAt } from './recorded-files.ts'
import { follow } from './tree.ts'

/** Records the first attestation that exists where one may lie; one that is named and missing is a problem of its name. */
export async function readAttestationOf(
  files: RecordedFiles,
  found: FoundGateFile | undefined,
  to: Into,
): Promise<void> {
  for (const file of attestationsOf(found)) {
    const read = await files.read(file)
    if (read === undefined) continue
    const attestation = 'problem' in read ? read : readAttestation(read.tree)
    const about = { file, line: 1, column: 1, profile: '', kind: 'attestation' as const }
    to.record('config.file', 'problem' in attestation ? { ...about, ...placed(file, attestation) } : about)
    if (!('problem' in attestation)) recordAttestation(file, attestation, to)
    return
  }
  const named = found && follow(found.tree, '/attestation')
  if (named === undefined) return
  const problem = 'expected a file that exists'
  to.record('config.file', problemAt(found!.path, named, { profile: '', kind: 'gate', problem }))
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
  for (const { name, among, ...at } of unknown) recordUnknown(name, among, { file, ...at }, to)
}
