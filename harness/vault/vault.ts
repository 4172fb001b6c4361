import { type Disk, NotAPlainFile, systemDisk } from '../runtime/disk.ts'
import { removeFile, replaceFile, unfinished } from '../runtime/durable-file.ts'
import { LockHeld, type LockPorts, systemLockPorts, withLock } from '../runtime/lock-file.ts'
import { join } from '../runtime/path.ts'
import type { TokenStore } from '../subjects/reference/token-store.ts'
import { type Seal, type SealProblem, createSeal } from './jwe.ts'
import { readRecord, writeRecord } from './record.ts'
import { VaultError, type VaultProblem } from './vault-error.ts'

export interface VaultOptions {
  /** Made 0700 when it does not exist; the directory above it must. */
  readonly directory: string
  /** 32 random bytes. Where they come from is the caller's concern: the system's keyring, or a file of its own. */
  readonly key: Uint8Array
  readonly disk?: Disk
  readonly lockPorts?: LockPorts
}

const explanations: Readonly<Record<SealProblem, string>> = {
  'wrong-key': 'was encrypted with another key',
  damaged: 'was changed or cut short since it was written',
  'newer-version': 'was written by a newer version of this program',
}

/**
 * Keeps each account's grant in a file of its own: encrypted and authenticated, for the owner's eyes only, replaced whole,
 * one writer at a time. Reading needs no lock, since a rename shows the old file or the new one.
 *
 * @throws VaultError from this and from every method of the store
 */
export async function openVault({
  directory,
  key,
  disk = systemDisk,
  lockPorts = systemLockPorts,
}: VaultOptions): Promise<TokenStore> {
  const seal = await createSeal(key)
  await requirePrivate(disk, directory)
  const turns = new Map<string, Promise<unknown>>()

  /** In this process in the order of the calls, so that the grant that was saved last stays; then against the others. */
  const exclusively = (account: string, work: (path: string) => Promise<void>): Promise<void> => {
    const turn = (turns.get(account) ?? Promise.resolve()).then(async () => {
      const file = await fileOf(account)
      const path = join(directory, file)
      await named('unwritable', path, () =>
        withLock(`${path}.lock`, { disk, ports: lockPorts }, async (nonce) => {
          await removeLeftovers(disk, directory, { file, nonce })
          // A rename would quietly replace a link or pipe that somebody planted; its owner should hear of it instead.
          await disk.read(path)
          await work(path)
        }),
      )
    })
    const settled = turn.catch(() => {})
    turns.set(account, settled)
    void settled.then(() => turns.get(account) === settled && turns.delete(account))
    return turn
  }

  return {
    async load(account) {
      const path = join(directory, await fileOf(account.toLowerCase()))
      const sealed = await named('unreadable', path, () => disk.read(path))
      return sealed === undefined ? undefined : openGrant(seal, path, account.toLowerCase(), sealed)
    },
    save: (account, grant) =>
      exclusively(account.toLowerCase(), async (path) => {
        const sealed = await seal.close(writeRecord(account.toLowerCase(), grant))
        await replaceFile(disk, path, new TextEncoder().encode(sealed))
      }),
    erase: (account) => exclusively(account.toLowerCase(), (path) => removeFile(disk, path)),
  }
}

async function openGrant(seal: Seal, path: string, account: string, sealed: Uint8Array) {
  const opened = await seal.open(new TextDecoder('latin1').decode(sealed))
  if ('problem' in opened) throw new VaultError(opened.problem, path, explanations[opened.problem])
  const grant = readRecord(account, opened.text)
  if (grant === undefined) throw new VaultError('damaged', path, 'holds no grant of this account')
  return grant
}

async function requirePrivate(disk: Disk, directory: string): Promise<void> {
  const { kind, mode } = await named('unwritable', directory, () => disk.makePrivateDirectory(directory))
  if (kind !== 'directory') throw new VaultError('not-a-plain-file', directory, 'is a link or file, not a directory')
  if ((mode & 0o077) !== 0) throw new VaultError('not-private', directory, 'is open to other users; use `chmod 700`')
}

/**
 * The name tells nobody the address; addresses are compared without regard to case, as Google compares them.
 *
 * @param account in small letters
 */
export async function fileOf(account: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(account)))
  return `${Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')}.jwe`
}

/** What a crash left: an unfinished file, or the right to take away a lock that is gone. Nobody else writes here now. */
async function removeLeftovers(
  disk: Disk,
  directory: string,
  { file, nonce }: { file: string; nonce: string },
): Promise<void> {
  for (const name of await disk.names(directory)) {
    const oldRight = name.startsWith(`${file}.lock.`) && !name.startsWith(`${file}.lock.${nonce}`)
    if (oldRight || (name.startsWith(`${file}.`) && name.endsWith(unfinished))) await disk.remove(join(directory, name))
  }
}

async function named<T>(problem: VaultProblem, path: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (cause) {
    if (cause instanceof NotAPlainFile) throw new VaultError('not-a-plain-file', path, cause.message, { cause })
    if (cause instanceof LockHeld) throw new VaultError('locked', path, cause.message, { cause })
    throw new VaultError(problem, path, cause instanceof Error ? cause.message : String(cause), { cause })
  }
}
