import type { Recorder } from '../journal.ts'
import type { Secrets } from '../secrets.ts'
import { into } from './into.ts'
import type { FoundGateFile } from './find-gate-file.ts'
import { readConfiguration } from './read-configuration.ts'
import type { Project } from './project.ts'

export interface Reading {
  readonly journal: Recorder
  readonly secrets: Secrets
  /** Milliseconds since the Unix epoch: which day it is. */
  readonly now: number
  /** The lifecycle will be played with this configuration. */
  readonly played?: boolean
}

/** Records everything that can be read of a project: client files, settings, attestation and repository. */
export async function readProject(project: Project, reading: Reading): Promise<FoundGateFile | undefined> {
  const to = into(reading.journal, reading.secrets, project)
  const today = new Date(reading.now).toISOString().slice(0, 10)
  to.record('config.begun', { configuration: project.name, today, played: reading.played === true })
  return readConfiguration(project, to)
}
