import type { Recorder } from '../journal.ts'
import type { Value } from '../model/observation.ts'
import { join } from '../runtime/path.ts'
import type { Secrets } from '../secrets.ts'
import { type ProjectFile, projectFileName, readJson, readProject } from './project.ts'

interface Into {
  readonly journal: Recorder
  readonly secrets: Secrets
}

/** Records every setting of a project folder, client files and attestation included; secrets by reference. */
export async function readConfiguration(directory: string, into: Into): Promise<void> {
  const project = await readProject(directory)
  into.journal.record('configuration', 'config.file', { file: projectFileName, profile: '', kind: 'settings' })
  for (const [profile, settings] of Object.entries(project.profiles)) {
    recordSettings(profile, settings, into)
    await recordClientFile(directory, profile, settings.client, into)
  }
  for (const [profile, attested] of Object.entries(project.attestation.profiles))
    for (const [name, value] of Object.entries(attested))
      into.journal.record('configuration', 'attestation', {
        file: projectFileName,
        profile,
        name,
        value: Array.isArray(value) ? value.join(' ') : value,
        checkedOn: project.attestation.checkedOn,
      })
}

function recordSettings(profile: string, settings: ProjectFile['profiles'][string], { journal }: Into): void {
  const { imap, client: _client, ...plain } = settings
  const values = { ...plain, 'imap.host': imap.host, 'imap.port': String(imap.port), 'imap.tls': imap.tls }
  for (const [name, value] of Object.entries(values))
    journal.record('configuration', 'config.value', {
      file: projectFileName,
      pointer: `/profiles/${profile}/${name.replace('.', '/')}`,
      profile,
      name,
      value,
    })
}

/** The kinds of file that Google offers for download, by their distinguishing member. */
function kindOf(content: Readonly<Record<string, unknown>>): string {
  const kinds = ['installed', 'web'].filter((key) => typeof content[key] === 'object' && content[key] !== null)
  if (kinds.length === 1) return kinds[0]!
  if (kinds.length > 1) return 'several'
  return typeof content['type'] === 'string' ? content['type'] : 'unknown'
}

async function recordClientFile(directory: string, profile: string, file: string, into: Into): Promise<void> {
  const content = await readJson(join(directory, file), 'CLIENT_FILE_INVALID')
  const top = typeof content === 'object' && content !== null ? (content as Record<string, unknown>) : {}
  const kind = kindOf(top)
  into.journal.record('configuration', 'config.file', { file, profile, kind })
  const client = (top[kind] ?? top) as Readonly<Record<string, unknown>>
  for (const [name, value] of Object.entries(client)) {
    const told = toldValue(name, value, into.secrets)
    if (told !== undefined)
      into.journal.record('configuration', 'config.value', {
        file,
        pointer: `/${kind}/${name}`,
        profile,
        name: `client.${name}`,
        value: told,
      })
  }
}

const secretMembers = {
  client_secret: 'client-secret',
  refresh_token: 'refresh-token',
  private_key: 'client-secret',
} as const

function toldValue(name: string, value: unknown, secrets: Secrets): Value | readonly string[] | undefined {
  if (typeof value === 'string' && name in secretMembers)
    return secrets.learn(secretMembers[name as keyof typeof secretMembers], value)
  if (typeof value === 'string') return value
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined
}
