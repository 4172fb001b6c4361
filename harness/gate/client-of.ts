import * as v from 'valibot'
import { Fault } from '../model/fault.ts'
import type { ClientCredentials } from '../model/world.ts'
import { kindOfClientFile } from './client-file.ts'
import { clientWithin, partsOf } from './client-place.ts'
import { type GateFile, gateFileNames, readGateFile } from './gate-file.ts'
import { type Project, folderProject, treeOf } from './project.ts'
import { type Unreadable, follow, plain } from './tree.ts'

const clientFile = v.object({
  client_id: v.pipe(v.string(), v.nonEmpty()),
  client_secret: v.pipe(v.string(), v.nonEmpty()),
  redirect_uris: v.optional(v.array(v.string()), []),
})

/**
 * The client that a world’s Google knows: the development profile’s own, else the first one’s. What the other files say, and
 * whether they can be read, is for the checks to judge.
 *
 * @throws Fault `SETTINGS_INVALID` or `CLIENT_FILE_INVALID` when no request could be made with it
 */
export async function clientOf(directory: string): Promise<ClientCredentials> {
  const project = folderProject(directory, directory)
  const found = await gateOf(project)
  const { file, pointer } = partsOf(clientPlace(found))
  const shown = `${directory}/${file}`
  const read = await treeOf(project, file)
  if (read === undefined)
    throw new Fault('CLIENT_FILE_INVALID', `${shown} does not exist.`, `Check "client" in ${found.path}.`)
  if ('problem' in read) throw unreadable(shown, read)
  const outer = follow(read.tree, pointer)
  if (outer === undefined)
    throw new Fault('CLIENT_FILE_INVALID', `${shown} holds nothing at ${pointer}.`, `Check "client" in ${found.path}.`)
  const inner = await clientWithin(project, file, outer)
  if ('problem' in inner) throw unreadable(shown, inner)
  const kind = kindOfClientFile(inner.tree)
  const parsed =
    kind === 'installed' || kind === 'web' ? v.safeParse(clientFile, plain(follow(inner.tree, `/${kind}`)!)) : undefined
  if (parsed?.success === true) return { kind: kind as ClientCredentials['kind'], ...parsed.output }
  const expected = 'client_id and client_secret are expected under "installed" or "web"'
  throw new Fault('CLIENT_FILE_INVALID', `${shown} holds no usable client: ${expected}.`, again)
}

const again = 'Download the client file of an OAuth client from the Google console.'

const unreadable = (file: string, { line, column, problem }: Unreadable): Fault =>
  new Fault('CLIENT_FILE_INVALID', `${file}:${line}:${column}: ${problem}.`, again)

interface Found {
  readonly path: string
  readonly gate: GateFile
}

async function gateOf(project: Project): Promise<Found> {
  for (const name of gateFileNames) {
    const read = await treeOf(project, name)
    if (read === undefined) continue
    const gate = 'problem' in read ? read : readGateFile(read.tree)
    const path = `${project.name}/${name}`
    if (!('problem' in gate)) return { path, gate }
    const { line, column, problem } = gate
    throw new Fault('SETTINGS_INVALID', `${path}:${line}:${column}: ${problem}.`, 'Mend it, then run again.')
  }
  throw new Fault(
    'SETTINGS_INVALID',
    `${project.name} holds no gate file (${gateFileNames[0]}).`,
    'Run `oauth-imap init gate` there, or name another folder under "configuration" in the settings.',
  )
}

function clientPlace({ path, gate: { profiles } }: Found): string {
  const { client } = profiles['development'] ?? Object.values(profiles)[0] ?? {}
  if (client !== undefined) return client
  throw new Fault('SETTINGS_INVALID', `${path} names no client file.`, 'Add a profile with "client" under "profiles".')
}
