import { placeOf } from '../gate-findings.ts'
import type { Violation } from '../judge.ts'
import type { Check } from '../model/check.ts'
import { type Journal, type Observed, observationsAt } from '../model/observation.ts'
import type { Fingerprint } from './baseline-file.ts'

/** A violation and what it is known by. */
export interface Fingerprinted {
  readonly check: Check
  readonly violation: Violation
  /** Where it lies today, in one text: what profiles find at one place is one finding. */
  readonly key: string
  /** The path from the project’s folder; empty where it lies in no file. */
  readonly fingerprint: Fingerprint
}

export function fingerprinted(check: Check, violation: Violation, journal: Journal): Fingerprinted {
  const { file = '', line = 0, column = 0 } = placeOf(violation, journal) ?? {}
  const { expected, actual } = violation
  return {
    check,
    violation,
    key: JSON.stringify([check.id, file, line, column, expected, actual]),
    fingerprint: { rule: check.id, path: file, at: about(violation, journal, `expected ${expected}; saw ${actual}`) },
  }
}

/** What stays when lines move: the pointer, the fact, the kind of credential, else the message without its figures. */
function about({ at }: Violation, journal: Journal, message: string): string {
  const { type, fields } = observationsAt(journal, at).find((observation) => 'file' in observation.fields) ?? {}
  if (fields === undefined) return message.replaceAll(/\d+/g, '0')
  if (type === 'attestation') return factOf(fields as Observed['attestation'])
  if (type === 'repository.secret') return secretOf(fields as Observed['repository.secret'])
  return 'pointer' in fields ? (fields.pointer as string) : message.replaceAll(/\d+/g, '0')
}

const factOf = ({ of, name }: Observed['attestation']): string => `${of} ${name}`.trim()
/** References only: the shown end of a secret, let alone a digest of it, would help whoever guesses. */
const secretOf = ({ credential, where }: Observed['repository.secret']): string => `${credential}, ${where}`
