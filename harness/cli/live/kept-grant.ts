import { grantSource } from '../../live/account/grant-source.ts'
import type { Environment } from '../../live/keeping/from-environment.ts'
import { openVaultPlace } from '../../live/keeping/vault-place.ts'
import { Fault } from '../../model/fault.ts'
import type { TokenStore } from '../../subjects/reference/token-store.ts'
import type { Invocation } from '../command.ts'
import { textOption } from '../options.ts'

/** Where the grants of a live run are. */
export interface Kept {
  storeOf(account: string): Promise<TokenStore>
  /** Of the vault; undefined where grants are in memory alone. */
  readonly directory: string | undefined
  /** Where its key comes from, as a person reads it. */
  readonly key: string | undefined
}

/**
 * The vault, opened or made; or nothing but the variable that --grant names.
 *
 * @throws Fault `USAGE`, `SETTINGS_INVALID`, `OUTPUT_UNWRITABLE`
 */
export async function keptGrant(
  options: Invocation['options'],
  environment: Environment,
  issuer: string,
): Promise<Kept> {
  const grant = textOption(options, 'grant')
  if (grant !== undefined) return keptInMemory(grant, environment)
  const directory = textOption(options, 'vault')
  if (directory === '')
    throw new Fault('USAGE', '--vault is empty.', 'Name a directory, or leave it out for the usual one.')
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
  const place = await openVaultPlace({ directory, issuer, environment, random })
  const key = place.isNew ? `${place.key}, made just now` : place.key
  return { storeOf: async () => place.store, directory: place.directory, key }
}

/** A grant that a variable holds, such as `env:NAME`. */
export const keptInMemory = (grant: string, environment: Environment): Kept => ({
  storeOf: (account) => grantSource(grant, account, environment),
  directory: undefined,
  key: undefined,
})
