import type { StoredGrant } from '../subjects/reference/token-store.ts'

/** The plaintext names its account, so that one account's file under another's name is noticed. */
export const writeRecord = (account: string, grant: StoredGrant): string =>
  JSON.stringify({
    account,
    refreshToken: grant.refreshToken,
    accessToken: grant.accessToken,
    expiresAt: grant.expiresAt,
    scope: grant.scope,
    grantedAt: grant.grantedAt,
  })

/** The grant, or undefined where the text is no record of this account. */
export function readRecord(account: string, text: string): StoredGrant | undefined {
  let record: unknown
  try {
    record = JSON.parse(text)
  } catch {
    return undefined
  }
  return isRecord(record) && record.account === account ? grantOf(record) : undefined
}

interface GrantRecord extends StoredGrant {
  readonly account: string
}

function isRecord(value: unknown): value is GrantRecord {
  if (typeof value !== 'object' || value === null) return false
  const { account, refreshToken, accessToken, expiresAt, scope, grantedAt } = value as Readonly<Record<string, unknown>>
  return (
    [account, refreshToken, scope].every((member) => typeof member === 'string') &&
    (accessToken === undefined || typeof accessToken === 'string') &&
    [expiresAt, grantedAt].every((member) => member === undefined || typeof member === 'number')
  )
}

const grantOf = ({ refreshToken, accessToken, expiresAt, scope, grantedAt }: GrantRecord): StoredGrant => ({
  refreshToken,
  ...(accessToken === undefined ? {} : { accessToken }),
  ...(expiresAt === undefined ? {} : { expiresAt }),
  scope,
  ...(grantedAt === undefined ? {} : { grantedAt }),
})
