import type { Journal } from '../../harness/model/observation.ts'
import { type Attested, attestedOf } from './attestation.ts'

/** What is attested of how a profile’s project meets the public. */
export interface Publication {
  readonly profile: string
  readonly status: Attested | undefined
  readonly userType: Attested | undefined
  readonly verification: Attested | undefined
}

export function publicationOf(journal: Journal, profile: string): Publication {
  const attested = (name: string): Attested | undefined => attestedOf(journal, profile, name)[0]
  return {
    profile,
    status: attested('publishingStatus'),
    userType: attested('userType'),
    verification: attested('verification'),
  }
}

/** Anybody with a Google account may consent: Google’s rules for published applications hold. */
export const isPublic = ({ status, userType }: Publication): boolean =>
  status?.fields.value === 'In production' && userType?.fields.value !== 'Internal'
