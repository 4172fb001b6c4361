import * as v from 'valibot'
import { Fault } from '../model/fault.ts'
import type { ClientCredentials } from '../model/world.ts'
import { errorCode } from '../runtime/error-code.ts'
import { readText } from '../runtime/files.ts'
import { join } from '../runtime/path.ts'
import { expectation } from './expectation.ts'
import { syntaxErrorPlace } from './syntax-error-place.ts'

const endpoint = v.object({ host: v.string(), port: v.number(), tls: v.picklist(['implicit', 'starttls', 'none']) })

const profile = v.object({
  /** The file that Google offered for download. */
  client: v.string(),
  runtime: v.picklist(['desktop', 'server']),
  scopes: v.array(v.string()),
  redirectUri: v.string(),
  mechanisms: v.array(v.string()),
  imap: endpoint,
})

/** What Google does not export and a person therefore has to state. */
const attested = v.object({
  publishingStatus: v.picklist(['Testing', 'In production']),
  userType: v.picklist(['External', 'Internal']),
  enabledApis: v.array(v.string()),
})

const projectFile = v.object({
  profiles: v.record(v.string(), profile),
  attestation: v.object({ checkedOn: v.string(), profiles: v.record(v.string(), attested) }),
})

export type ProjectFile = v.InferOutput<typeof projectFile>

/** The settings of an application, as its project folder states them. */
export const projectFileName = 'configuration.json'

/** @throws Fault `SETTINGS_INVALID` with file, place and expectation */
export async function readProject(directory: string): Promise<ProjectFile> {
  const file = join(directory, projectFileName)
  const parsed = v.safeParse(projectFile, await readJson(file, 'SETTINGS_INVALID'))
  if (parsed.success) return parsed.output
  throw new Fault(
    'SETTINGS_INVALID',
    `${file}: ${expectation(parsed.issues[0])}.`,
    'Compare it with fixtures/clients/example/configuration.json.',
  )
}

/** @throws Fault when the file is missing or is not JSON */
export async function readJson(file: string, code: 'SETTINGS_INVALID' | 'CLIENT_FILE_INVALID'): Promise<unknown> {
  const text = await readText(file).catch((cause: unknown) => {
    const reason = errorCode(cause) === 'ENOENT' ? 'does not exist' : 'cannot be read'
    throw new Fault(code, `${file} ${reason}.`, hints[code].path, { cause })
  })
  try {
    return JSON.parse(text)
  } catch (cause) {
    // Nothing of the error but its place: some runtimes quote the text around it, and that text may be a secret.
    throw new Fault(code, `${file} is not JSON${syntaxErrorPlace(text, cause)}.`, hints[code].syntax)
  }
}

const hints = {
  SETTINGS_INVALID: {
    path: 'Name the folder that holds it under "configuration" in the settings.',
    syntax: 'Mend the syntax; fixtures/clients/example/configuration.json shows the form.',
  },
  CLIENT_FILE_INVALID: {
    path: 'Check "client" in configuration.json; the path is taken from its folder.',
    syntax: 'Download it again from the Google console, or mend the syntax.',
  },
} as const

const clientFile = v.object({
  client_id: v.pipe(v.string(), v.nonEmpty()),
  client_secret: v.pipe(v.string(), v.nonEmpty()),
  redirect_uris: v.optional(v.array(v.string()), []),
})

/**
 * Finds out before anything is played whether the files that the settings name are there and can be read; what they say
 * is for the checks to judge.
 *
 * @throws Fault `CLIENT_FILE_INVALID`
 */
export async function checkClientFiles(directory: string): Promise<void> {
  const { profiles } = await readProject(directory)
  for (const { client } of Object.values(profiles)) await readJson(join(directory, client), 'CLIENT_FILE_INVALID')
}

/**
 * The client that a world's Google knows: the development profile's own.
 *
 * @throws Fault `CLIENT_FILE_INVALID` when no request could be made with it
 */
export async function clientOf(directory: string): Promise<ClientCredentials> {
  const { profiles } = await readProject(directory)
  const development = profiles['development'] ?? Object.values(profiles)[0]
  if (development === undefined)
    throw new Fault(
      'SETTINGS_INVALID',
      `${join(directory, projectFileName)} names no profile.`,
      'Add one under "profiles".',
    )
  const file = join(directory, development.client)
  const content = (await readJson(file, 'CLIENT_FILE_INVALID')) as Record<string, unknown> | null
  for (const kind of ['installed', 'web'] as const) {
    const parsed = v.safeParse(clientFile, content?.[kind])
    if (parsed.success) return { kind, ...parsed.output }
  }
  throw new Fault(
    'CLIENT_FILE_INVALID',
    `${file} holds no usable client: client_id and client_secret are expected under "installed" or "web".`,
    'Download the client file of an OAuth client from the Google console.',
  )
}
