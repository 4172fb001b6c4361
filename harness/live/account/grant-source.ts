import { Fault } from '../../model/fault.ts'
import type { StoredGrant, TokenStore } from '../../subjects/reference/token-store.ts'
import { createSeal } from '../../vault/jwe.ts'
import { readRecord } from '../../vault/record.ts'
import { type Environment, fromEnvironment } from '../keeping/from-environment.ts'
import { keyIn, keyVariable } from '../keeping/vault-place.ts'

/**
 * A grant that the environment gives, as `env:NAME`: a refresh token as it is, or a file of the vault as it is. It is kept
 * in memory alone.
 *
 * @throws Fault `USAGE`, `SETTINGS_INVALID`; nothing of the grant is told
 */
export async function grantSource(reference: string, account: string, environment: Environment): Promise<TokenStore> {
  const found = fromEnvironment(reference, environment)
  if (found === undefined)
    throw new Fault('USAGE', 'A grant is given by the environment alone.', 'Such as --grant env:GMAIL_GRANT.')
  const { name, text } = found
  if (/\s/.test(text))
    throw new Fault('SETTINGS_INVALID', `${name} holds no grant: a refresh token has no blanks.`, sources)
  return inMemory(account, isSealed(text) ? await unsealed(name, text, account, environment) : plainGrant(text))
}

const sources = 'Give the refresh token, or the content of the account’s .jwe file in the vault.'

/** What was granted, only the next answer of the token endpoint tells. */
const plainGrant = (refreshToken: string): StoredGrant => ({ refreshToken, scope: '' })

/** Other issuers’ refresh tokens may be of five parts too (RFC 7516); ours say by which version they were written. */
function isSealed(text: string): boolean {
  const parts = text.split('.')
  if (parts.length !== 5) return false
  try {
    const header: unknown = JSON.parse(atob(parts[0]!.replaceAll('-', '+').replaceAll('_', '/')))
    return typeof header === 'object' && header !== null && 'version' in header && 'kid' in header
  } catch {
    return false
  }
}

async function unsealed(name: string, text: string, account: string, environment: Environment): Promise<StoredGrant> {
  const key = keyIn(environment)
  if (key === undefined)
    throw new Fault('SETTINGS_INVALID', `${name} holds a sealed grant.`, `Give its key by ${keyVariable}.`)
  const opened = await (await createSeal(key)).open(text)
  if ('problem' in opened)
    throw new Fault('SETTINGS_INVALID', `${name} cannot be opened: ${problems[opened.problem]}.`, sources)
  const grant = readRecord(account.toLowerCase(), opened.text)
  if (grant === undefined)
    throw new Fault('SETTINGS_INVALID', `${name} holds the grant of another account.`, 'Name it with --account.')
  return grant
}

const problems = {
  'wrong-key': `it was sealed with another key than ${keyVariable}`,
  damaged: 'it was changed or cut short',
  'newer-version': 'it was written by a newer version of this program',
} as const

function inMemory(account: string, grant: StoredGrant): TokenStore {
  const grants = new Map([[account.toLowerCase(), grant]])
  return {
    load: async (of) => grants.get(of.toLowerCase()),
    save: async (of, next) => void grants.set(of.toLowerCase(), next),
    erase: async (of) => void grants.delete(of.toLowerCase()),
  }
}
