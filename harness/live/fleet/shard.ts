import { accountKey } from '../far-side.ts'

/** One of several equal parts. */
export interface Shard {
  /** From 1. */
  readonly index: number
  readonly of: number
}

/** @returns undefined for what is none */
export function parseShard(text: string): Shard | undefined {
  const [, index = '', of = ''] = /^(\d{1,5})\/(\d{1,5})$/.exec(text) ?? []
  const shard = { index: Number(index), of: Number(of) }
  return shard.index >= 1 && shard.index <= shard.of ? shard : undefined
}

export const shardText = ({ index, of }: Shard): string => `${index}/${of}`

/**
 * Whether an account belongs to a shard: by its key, so that each belongs to exactly one however the list is ordered, and
 * stays there when others come and go.
 */
export const isIn = (key: string, { index, of }: Shard): boolean =>
  Number.parseInt(key.slice(0, 12), 16) % of === index - 1

/** The accounts of one shard, in their order. */
export async function inShard<T extends { readonly account: string }>(
  accounts: readonly T[],
  shard: Shard | undefined,
): Promise<readonly T[]> {
  if (shard === undefined) return accounts
  const keys = await Promise.all(accounts.map(({ account }) => accountKey(account)))
  return accounts.filter((_, index) => isIn(keys[index]!, shard))
}
