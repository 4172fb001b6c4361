import { readBytes, statOf } from '../../runtime/files.ts'
import { availableInstruments } from '../../runtime/instruments.ts'
import { join } from '../../runtime/path.ts'
import type { StoredGrant } from '../../subjects/reference/token-store.ts'
import { fileOf } from '../../vault/vault.ts'
import type { LiveContext } from '../context.ts'
import { LiveTrouble } from '../trouble.ts'

const canaryShape = { prefix: 'planted', length: 48, alphabet: 'abcdefghijklmnopqrstuvwxyz0123456789' }

/**
 * Looks at the stored grant as another user of this machine would: records `live.storage`. That the look would find a
 * secret, one shows that stands behind the file’s octets and not in it.
 *
 * @throws LiveTrouble `vault-unusable`
 */
export async function lookAtStorage(
  { secrets, journal }: LiveContext,
  { directory, account, grant }: { readonly directory: string; readonly account: string; readonly grant: StoredGrant },
): Promise<string> {
  secrets.learn('refresh-token', grant.refreshToken)
  if (grant.accessToken !== undefined) secrets.learn('access-token', grant.accessToken)
  // By its name: to look through the whole vault for each of thousands of accounts takes minutes.
  const path = join(directory, await fileOf(account.toLowerCase()))
  const file = await statOf(path).catch((cause: unknown) => {
    throw new LiveTrouble('vault-unusable', `${directory} holds no file of this account`, { cause })
  })
  const canary = new TextEncoder().encode(secrets.mint('planted-canary', canaryShape))
  const octets = await readBytes(path)
  const found = await secrets.scanner.scan(new Uint8Array([...octets, ...canary]))
  const leaks = found.filter(({ kind }) => kind !== 'planted-canary').length
  const planted = found.some(({ kind }) => kind === 'planted-canary')
  const hasModes = availableInstruments().includes('file-modes')
  const directoryMode = hasModes ? (await statOf(directory)).mode : ''
  const fileMode = hasModes ? file.mode : ''
  journal.record('live', 'live.storage', { directoryMode, fileMode, leaks, planted })
  const told = leaks === 0 ? 'no secret can be read in it' : `${leaks} secrets can be read in it`
  return hasModes ? `directory ${directoryMode}, file ${fileMode}; ${told}` : told
}
