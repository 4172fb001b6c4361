import type { Recorder } from '../journal.ts'
import type { ObservedConfiguration, Place } from '../model/configuration.ts'
import type { Secrets } from '../secrets.ts'
import { secretsOfFiles } from './guessable.ts'
import type { Project } from './project.ts'

/** Where what was read goes: the journal, with places as the user knows them, and every secret to the registry first. */
export interface Into {
  readonly secrets: Secrets
  record<T extends keyof ObservedConfiguration>(type: T, fields: ObservedConfiguration[T]): void
}

export function into(journal: Recorder, secrets: Secrets, project: Project): Into {
  const located = <F>(fields: F): F =>
    project.locate !== undefined && typeof fields === 'object' && fields !== null && 'line' in fields
      ? { ...fields, ...project.locate(fields as F & Place) }
      : fields
  return {
    secrets: secretsOfFiles(secrets),
    record: (type, fields) => {
      const stream = type.startsWith('repository.') ? 'repository' : 'configuration'
      journal.record<keyof ObservedConfiguration>(stream, type, located(fields))
    },
  }
}
