import type { Scope } from '../judge.ts'
import type { ConfigurationFileKind } from '../model/configuration.ts'
import type { Finding } from '../model/finding.ts'
import { type Journal, all, observationsAt } from '../model/observation.ts'
import type { Changes } from './changed-files.ts'

/** Why a check did not judge what it otherwise would. */
export const untouched = (reference: string): string => `nothing that it looks at changed since ${reference}`

/** Limits judging to findings that rest on a file which changed. */
export const changedScope = (reference: string, changes: ReadonlyMap<Journal, Changes | undefined>): Scope => ({
  reason: untouched(reference),
  holds({ finding, evidence }, journal) {
    const changed = changes.get(journal)
    // What is missing lies nowhere, and where it was asked for may have stayed as it is.
    if (finding.finding === 'unreadable') return true
    return changed === undefined || restsOn(finding, evidence, journal).some((told) => told(changed))
  },
})

type Told = (changes: Changes) => boolean

/** Everything whose change could have brought a finding about: where it lies, what it was derived from, what led there. */
function restsOn(finding: Finding, evidence: unknown, journal: Journal): readonly Told[] {
  const pieces = [...membersOf(evidence), ...observationsAt(journal, finding.at).map(({ fields }) => fields)].map(
    (piece) => piece as Piece,
  )
  const profiles = new Set(pieces.map(({ profile }) => profile).filter((profile) => profile !== undefined))
  const files = [...pieces.map(({ file }) => file), ...leading(journal, pieces, profiles)]
  const commits = pieces.map(({ commit }) => commit)
  const leaving = pieces.filter(({ way }) => way !== undefined).map(({ file }) => file)
  return [
    ...leaving
      .filter((file) => typeof file === 'string')
      .map(
        (file): Told =>
          (changes) =>
            changes.hasAround(file, forExposure),
      ),
    ...files
      .filter((file) => typeof file === 'string')
      .map(
        (file): Told =>
          (changes) =>
            changes.hasFile(file),
      ),
    ...commits
      .filter((commit) => typeof commit === 'string')
      .map(
        (own): Told =>
          (changes) =>
            changes.hasCommit(own),
      ),
  ]
}

interface Piece {
  readonly file?: unknown
  readonly profile?: unknown
  readonly commit?: unknown
  readonly way?: unknown
}

/** The observations of which evidence is made, however deep they lie in it. */
function membersOf(evidence: unknown, depth = 0): readonly object[] {
  if (typeof evidence !== 'object' || evidence === null || depth > 6) return []
  return [evidence, ...Object.values(evidence).flatMap((member) => membersOf(member, depth + 1))]
}

/** Gate file and policies say where everything lies, the attestation what nothing else says. */
const forAll: ReadonlySet<ConfigurationFileKind> = new Set(['gate', 'attestation'])
/** The client decides what a profile’s settings must be. */
const forProfile: ReadonlySet<ConfigurationFileKind> = new Set(['installed', 'web', 'service_account', 'several'])
/** What decides whether files below it can leave the machine. */
const forExposure =
  /^(?:\.(?:git|npm)ignore|.*\.dockerignore|(?:Docker|Container)file(?:\..+)?|.+\.Dockerfile|package\.json|MANIFEST\.in)$/

function leading(journal: Journal, pieces: readonly Piece[], profiles: ReadonlySet<unknown>): readonly string[] {
  if (pieces.some(({ way, commit }) => way !== undefined || commit !== undefined)) return []
  return all(journal, 'config.file')
    .filter(({ fields: { kind, profile } }) => forAll.has(kind) || (forProfile.has(kind) && profiles.has(profile)))
    .map(({ fields }) => fields.file)
}
