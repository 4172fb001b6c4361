import type { ProjectSetup } from '../../../harness/model/google-setup.ts'

/** A Google Cloud project: consents belong to it, and cover all its clients (Google, cross-client identity). */
export interface Project extends ProjectSetup {
  /** The project number, which begins every client id. */
  readonly id: string
  /** Changes when the developer presses "Publish app". */
  publishingStatus: ProjectSetup['publishingStatus']
}

/** In production and verified: nothing stands between a user and the consent screen. */
const usual: ProjectSetup = {
  name: 'Example Mail',
  userType: 'external',
  publishingStatus: 'production',
  verified: true,
  testUsers: [],
  organisation: null,
  earlierUsers: 0,
}

export const createProject = (id: string, setup: Partial<ProjectSetup> = {}): Project => ({ ...usual, ...setup, id })
