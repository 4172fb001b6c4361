import type { Recorder } from '../journal.ts'
import type { Secrets } from '../secrets.ts'
import { type Into, into } from './into.ts'
import type { FoundGateFile } from './find-gate-file.ts'
import { readConfiguration } from './read-configuration.ts'
import type { Project } from './project.ts'
import { type Listing, listFiles } from './repository/listing.ts'
import { readRepository } from './repository/read-repository.ts'

export interface Reading {
  readonly journal: Recorder
  readonly secrets: Secrets
  /** Milliseconds since the Unix epoch: which day it is. */
  readonly now: number
  /** The lifecycle will be played with this configuration. */
  readonly played?: boolean
  /** Whether earlier commits are searched for secrets; they are unless told. */
  readonly history?: boolean
}

/** Records everything that can be read of a project: client files, settings, attestation and repository. */
export async function readProject(project: Project, reading: Reading): Promise<FoundGateFile | undefined> {
  const listing = project.directory === undefined ? undefined : await listFiles(project.directory, project.except)
  const to = tellingTracked(into(reading.journal, reading.secrets, project), listing)
  const today = new Date(reading.now).toISOString().slice(0, 10)
  to.record('config.begun', { configuration: project.name, today, played: reading.played === true })
  const found = await readConfiguration(project, to)
  if (listing !== undefined) await readRepository(listing, reading.history ?? true, to)
  return found
}

/** Says of each file that was read whether version control keeps it: modes of such files are git’s, not their owner’s. */
function tellingTracked(to: Into, listing: Listing | undefined): Into {
  if (listing?.vcs !== 'git') return to
  const tracked = new Set(listing.files.filter(({ state }) => state === 'tracked').map(({ path }) => path))
  const record: Into['record'] = (type, fields) =>
    to.record(
      type,
      type === 'config.file' && 'file' in fields ? { ...fields, tracked: tracked.has(fields.file) } : fields,
    )
  return { ...to, record }
}
