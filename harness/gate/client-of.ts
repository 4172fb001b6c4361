import * as v from 'valibot'
import { Fault } from '../model/fault.ts'
import type { ClientCredentials } from '../model/world.ts'
import { kindOfClientFile } from './client-file.ts'
import { type GateFile, gateFileNames, readGateFile } from './gate-file.ts'
import { folderProject, treeOf } from './project.ts'
import { readTree } from './read-tree.ts'
import { follow, plain, textOf } from './tree.ts'

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
  const where = clientPlace(await gateOf(directory), directory)
  const [path = '', pointer = ''] = where.split(/#(.*)/s)
  const file = `${directory}/${path}`
  const read = await treeOf(folderProject(directory, directory), path)
  if (read === undefined)
    throw new Fault('CLIENT_FILE_INVALID', `${file} does not exist.`, `Check "client" in ${gateFileNames[0]}.`)
  if ('problem' in read) throw new Fault('CLIENT_FILE_INVALID', `${file}${placed(read)}`, again)
  const outer = follow(read.tree, pointer)
  const text = outer?.members === undefined && outer !== undefined ? textOf(outer) : undefined
  const inner = text === undefined ? outer && { tree: outer } : readTree('client.json', text)
  const tree = inner !== undefined && 'tree' in inner ? inner.tree : undefined
  const kind = tree && kindOfClientFile(tree)
  if (tree !== undefined && (kind === 'installed' || kind === 'web')) {
    const parsed = v.safeParse(clientFile, plain(follow(tree, `/${kind}`)!))
    if (parsed.success) return { kind, ...parsed.output }
  }
  const expected = 'client_id and client_secret are expected under "installed" or "web"'
  throw new Fault('CLIENT_FILE_INVALID', `${file} holds no usable client: ${expected}.`, again)
}

const again = 'Download the client file of an OAuth client from the Google console.'

const placed = ({ problem, line, column }: { problem: string; line: number; column: number }): string =>
  `:${line}:${column}: ${problem}.`

async function gateOf(directory: string): Promise<GateFile> {
  for (const path of gateFileNames) {
    const read = await treeOf(folderProject(directory, directory), path)
    if (read === undefined) continue
    const gate = 'problem' in read ? read : readGateFile(read.tree)
    if (!('problem' in gate)) return gate
    throw new Fault('SETTINGS_INVALID', `${directory}/${path}${placed(gate)}`, 'Mend it, then run again.')
  }
  throw new Fault(
    'SETTINGS_INVALID',
    `${directory} holds no gate file (${gateFileNames[0]}).`,
    'Run `oauth-imap init gate` there, or name another folder under "configuration" in the settings.',
  )
}

function clientPlace({ profiles }: GateFile, directory: string): string {
  const { client } = profiles['development'] ?? Object.values(profiles)[0] ?? {}
  if (client !== undefined) return client
  const missing = `${directory}/${gateFileNames[0]} names no client file.`
  throw new Fault('SETTINGS_INVALID', missing, 'Add a profile with "client" under "profiles".')
}
