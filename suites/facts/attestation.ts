import { type Journal, type Observation, all } from '../../harness/model/observation.ts'
import { settings, valuesOf } from './settings.ts'

export type Attested = Observation<'attestation'>

/** A client id begins with the number of its project. */
export const projectNumber = (clientId: string): string => /^\d+/.exec(clientId)?.[0] ?? clientId

/** The client ids of a profile. */
export const clientIdsOf = (journal: Journal, profile: string): readonly string[] =>
  settings(journal, 'client.client_id')
    .filter(({ fields }) => fields.profile === profile)
    .flatMap(valuesOf)

/** What is stated of a profile’s clients and of their projects under one name. */
export function attestedOf(journal: Journal, profile: string, name: string): readonly Attested[] {
  const ids = clientIdsOf(journal, profile)
  const about = new Set([...ids, ...ids.map(projectNumber)])
  return all(journal, 'attestation').filter(({ fields }) => fields.name === name && about.has(fields.of))
}

/** The profiles whose clients, or whose clients’ projects, something is stated of. */
export const profilesOf = (journal: Journal, { fields: { of } }: Attested): readonly string[] => [
  ...new Set(
    settings(journal, 'client.client_id')
      .filter((id) => valuesOf(id).some((clientId) => clientId === of || projectNumber(clientId) === of))
      .map(({ fields }) => fields.profile),
  ),
]
