import { Fault } from '../../model/fault.ts'
import { applicationHome } from '../../runtime/application-home.ts'
import { systemDisk } from '../../runtime/disk.ts'
import { replaceFile } from '../../runtime/durable-file.ts'
import { exists, makeDirectory, statOf, walk } from '../../runtime/files.ts'
import { systemLockPorts, withLock } from '../../runtime/lock-file.ts'
import { dirname, join, resolve } from '../../runtime/path.ts'
import type { TokenStore } from '../../subjects/reference/token-store.ts'
import { VaultError } from '../../vault/vault-error.ts'
import { openVault } from '../../vault/vault.ts'
import { google } from '../far-side.ts'
import { digestOf } from '../fleet/asked.ts'
import type { Environment } from './from-environment.ts'
import { requirePrivate } from './private-file.ts'

export const keyVariable = 'OAUTH_IMAP_VAULT_KEY'
const keyLength = 32

export interface VaultPlace {
  readonly store: TokenStore
  readonly directory: string
  /** Where the key comes from, as a person reads it; never the key. */
  readonly key: string
  /** Whether there was no key yet. */
  readonly isNew: boolean
}

export interface VaultPlaceOptions {
  /** The usual one unless told. */
  readonly directory?: string | undefined
  /** Whose grants; Google’s unless told. */
  readonly issuer?: string
  readonly environment: Environment
  /** 32 octets of a new key. */
  random(length: number): Uint8Array<ArrayBuffer>
}

/**
 * Opens the vault of live runs; at its first start, makes it.
 *
 * @throws Fault `SETTINGS_INVALID` for what other users can read, with the line that mends it, and for a key that is none;
 *   `OUTPUT_UNWRITABLE`
 */
export async function openVaultPlace({
  directory,
  issuer = google.issuer,
  environment,
  random,
}: VaultPlaceOptions): Promise<VaultPlace> {
  const place = resolve(directory ?? join(applicationHome(environment), 'oauth-imap', 'live'))
  const given = keyIn(environment)
  const keyFile = join(dirname(place), 'vault.key')
  return named(async () => {
    await makePrivate(dirname(place))
    await requirePrivateVault(place)
    const kept = given ?? (await keptKey(keyFile, place, random))
    const { key, isNew } = kept instanceof Uint8Array ? { key: kept, isNew: false } : kept
    const own = await folderOf(issuer, place)
    const store = await openVault({ directory: own, key })
    return { store, directory: own, key: given === undefined ? keyFile : `the variable ${keyVariable}`, isNew }
  })
}

/** Each issuer has a folder of its own, so that the grant of one is never shown to another; Google’s lie above them. */
async function folderOf(issuer: string, place: string): Promise<string> {
  if (issuer === google.issuer) return place
  await systemDisk.makePrivateDirectory(place)
  const host = new URL(issuer).hostname.replaceAll(/[^a-z0-9.-]/g, '_')
  return join(place, `${host}-${await digestOf(issuer, 8)}`)
}

/**
 * The key that the environment gives, where it gives one.
 *
 * @throws Fault `SETTINGS_INVALID`
 */
export function keyIn(environment: Environment): Uint8Array<ArrayBuffer> | undefined {
  const text = environment[keyVariable]?.trim() ?? ''
  if (text === '') return undefined
  const key = keyOf(text)
  if (key !== undefined) return key
  const hint = 'Make one: openssl rand -base64 32'
  throw new Fault('SETTINGS_INVALID', `${keyVariable} is no key: ${keyLength} octets in base64 are expected.`, hint)
}

function keyOf(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const octets = Uint8Array.from(atob(text), (octet) => octet.charCodeAt(0))
    return octets.length === keyLength ? octets : undefined
  } catch {
    return undefined
  }
}

/** Directories above the vault are made for the owner alone where they are missing; those that are there stay as they are. */
async function makePrivate(directory: string): Promise<void> {
  if (await exists(directory)) return
  await makeDirectory(dirname(directory))
  await systemDisk.makePrivateDirectory(directory)
}

async function requirePrivateVault(directory: string): Promise<void> {
  if (!(await exists(directory))) return
  const { isDirectory, mode } = await statOf(directory)
  // Whoever followed our hint would change what is no vault, such as a device that everybody needs.
  if (!isDirectory)
    throw new Fault('SETTINGS_INVALID', `${directory} is no directory.`, 'Name a directory with --vault.')
  // Nor may it be told to make a home, or the root of all, its own.
  if (!(await systemDisk.names(directory)).every(isOfVault)) {
    const hint = 'Name a folder of its own with --vault.'
    throw new Fault('SETTINGS_INVALID', `${directory} is no vault: it holds other things than grants.`, hint)
  }
  requirePrivate(directory, mode, '700', 'SETTINGS_INVALID')
  for (const { path, kind, mode } of await walk(directory))
    if (kind === 'file') requirePrivate(join(directory, path), mode, '600', 'SETTINGS_INVALID')
}

/** A grant with what a save may leave beside it, or the folder of another issuer. */
const isOfVault = (name: string): boolean => /^[\da-f]{32}\.jwe(?:\..+)?$|^[a-z\d._-]+-[\da-f]{8}$/.test(name)

/** One of several runs that start at the same time makes the key; the others wait for it. */
async function keptKey(
  file: string,
  directory: string,
  random: VaultPlaceOptions['random'],
): Promise<{ readonly key: Uint8Array<ArrayBuffer>; readonly isNew: boolean }> {
  const known = await readKey(file)
  if (known !== undefined) return { key: known, isNew: false }
  let kept = { key: new Uint8Array(), isNew: false }
  await withLock(`${file}.lock`, { disk: systemDisk, ports: systemLockPorts }, async () => {
    const made = await readKey(file)
    if (made === undefined) await refuseLostKey(file, directory)
    kept = made === undefined ? { key: random(keyLength), isNew: true } : { key: made, isNew: false }
    if (!kept.isNew) return
    const text = `${btoa(String.fromCharCode(...kept.key))}\n`
    await replaceFile(systemDisk, file, new TextEncoder().encode(text))
  })
  return kept
}

async function readKey(file: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const octets = await systemDisk.read(file)
  if (octets === undefined) return undefined
  requirePrivate(file, (await statOf(file)).mode, '600', 'SETTINGS_INVALID')
  const key = keyOf(new TextDecoder('latin1').decode(octets).trim())
  if (key !== undefined) return key
  const hint = 'Put the right file back, or remove it together with the vault beside it and sign in again.'
  throw new Fault('SETTINGS_INVALID', `${file} holds no key: ${keyLength} octets in base64 are expected.`, hint)
}

/** A new key would open none of the grants that are there. */
async function refuseLostKey(file: string, directory: string): Promise<void> {
  if (!(await walk(directory)).some(({ path }) => path.endsWith('.jwe'))) return
  const hint = `Put it back, give it by ${keyVariable}, or remove ${directory} and sign in again.`
  throw new Fault('SETTINGS_INVALID', `${directory} holds grants, but its key ${file} is gone.`, hint)
}

async function named<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    if (!(cause instanceof Error) || !(cause instanceof VaultError || 'code' in cause || isNamed(cause))) throw cause
    const hint = 'Name another directory with --vault, or mend this one.'
    throw new Fault('OUTPUT_UNWRITABLE', `The vault cannot be opened: ${cause.message}.`, hint, { cause })
  }
}

const isNamed = ({ name }: Error): boolean => name === 'NotAPlainFile' || name === 'LockHeld'
