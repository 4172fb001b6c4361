import { type Journal, type Observation, all } from '../../harness/model/observation.ts'
import { valueIn } from './profiles.ts'
import { isProductionName } from './settings.ts'

export type ClientFile = Observation<'config.file'>

const clientKinds = ['installed', 'web', 'service_account'] as const
export type ClientKind = (typeof clientKinds)[number]

const isClientKind = (kind: string): kind is ClientKind => (clientKinds as readonly string[]).includes(kind)

/** Client files and keys of service accounts whose kind is certain. */
export const isClientFile = ({ fields }: ClientFile): boolean => isClientKind(fields.kind)

export const kindIn = (journal: Journal, profile: string): ClientKind | undefined =>
  all(journal, 'config.file')
    .filter(({ fields }) => fields.profile === profile)
    .map(({ fields }) => fields.kind)
    .find(isClientKind)

/** How an application runs, as the gate file may say it. */
export const runtimes = ['desktop', 'cli', 'server', 'android', 'ios', 'chrome-extension'] as const
export type Runtime = (typeof runtimes)[number]

export const runtimeIn = (journal: Journal, profile: string): Runtime | undefined => {
  const declared = valueIn(journal, profile, 'runtime')?.toLowerCase()
  return runtimes.find((runtime) => runtime === declared)
}

/** What Google registers separate clients for: a program at the command line is a desktop application. */
export type Platform = 'web' | 'desktop' | 'android' | 'ios' | 'chrome-extension'

const platformOf = (runtime: Runtime): Platform =>
  runtime === 'server' ? 'web' : runtime === 'cli' ? 'desktop' : runtime

export const platformIn = (journal: Journal, profile: string): Platform | undefined => {
  const runtime = runtimeIn(journal, profile)
  return runtime === undefined ? undefined : platformOf(runtime)
}

/**
 * The type of a profile’s client, which decides what Google lets it redirect to. A web client’s file says so; the others’
 * files look alike, and how the application runs tells them apart.
 */
export function clientTypeIn(journal: Journal, profile: string): Platform | undefined {
  const kind = kindIn(journal, profile)
  if (kind === 'web' || kind === 'service_account') return 'web'
  const platform = platformIn(journal, profile)
  return kind === 'installed' && (platform === undefined || platform === 'web') ? 'desktop' : platform
}

/** Whether whoever has the application has its client secret too (RFC 6749 §2.1). */
export const isPublicIn = (journal: Journal, profile: string): boolean => {
  const type = clientTypeIn(journal, profile)
  return type !== undefined && type !== 'web'
}

/** The part of the life of an application that a profile is for: `production-web` and `production-ios` are one. */
export const tierOf = (profile: string): string =>
  isProductionName(profile) ? 'production' : (profile.split(/[-_./:]/)[0] ?? profile)

const numberIn = (clientId: string | undefined): string | undefined =>
  /^(\d+)(?:-[a-z0-9]+)?\./.exec(clientId ?? '')?.[1]

/** A client id begins with the number of its project; the keys of service accounts have the project’s name alone. */
interface ProjectOf {
  readonly number: string | undefined
  readonly id: string | undefined
}

export const projectIn = (journal: Journal, profile: string): ProjectOf => ({
  number: numberIn(valueIn(journal, profile, 'client.client_id')),
  id: valueIn(journal, profile, 'client.project_id'),
})

/** Whether two profiles use one Google project; undefined where their files do not tell. */
export function isSameProject(journal: Journal, one: string, other: string): boolean | undefined {
  const [a, b] = [projectIn(journal, one), projectIn(journal, other)]
  if (a.number !== undefined && b.number !== undefined) return a.number === b.number
  return a.id === undefined || b.id === undefined ? undefined : a.id === b.id
}
