import { type FleetAccount, accountsIn } from '../../live/fleet/accounts-file.ts'
import { type Shard, inShard, parseShard } from '../../live/fleet/shard.ts'
import { accountKey } from '../../live/far-side.ts'
import { Fault } from '../../model/fault.ts'
import { readAtMost } from '../../runtime/bounded-file.ts'
import { errorCode } from '../../runtime/error-code.ts'
import { join } from '../../runtime/path.ts'
import { wholeStandardInput } from '../../runtime/standard-input.ts'
import type { Invocation } from '../command.ts'
import { textOption } from '../options.ts'

type Options = Invocation['options']

/** The accounts of `--accounts`, or the part of them that `--shard` names. */
export interface Fleet {
  readonly accounts: readonly FleetAccount[]
  /** Where each of them stands in the whole list, from 1, by key. */
  readonly places: ReadonlyMap<string, number>
  readonly shard: Shard | undefined
  readonly log: string
  readonly fresh: boolean
}

/** Octets; a line of a hundred thousand has some three hundred at the most. */
const mostOctets = 32 * 1024 * 1024

/**
 * @param out where reports go, and the log unless told
 * @returns undefined where one account is named by `--account`
 * @throws Fault `USAGE` for options that contradict each other, `SETTINGS_INVALID` for a list that is none
 */
export async function fleetOf(options: Options, out: string): Promise<Fleet | undefined> {
  const file = textOption(options, 'accounts')
  requireAgreement(options, file)
  if (file === undefined) return undefined
  const shard = shardOption(options)
  const all = accountsIn(await textOf(file), file === '-' ? 'standard input' : file)
  const accounts = await inShard(all, shard)
  const mine = new Set(accounts)
  const placed = all.flatMap((one, index) => (mine.has(one) ? [{ one, place: index + 1 }] : []))
  const places = placed.map(async ({ one, place }) => [await accountKey(one.account), place] as const)
  const part = shard === undefined ? '' : `-${shard.index}-of-${shard.of}`
  return {
    ...{ accounts, shard, places: new Map(await Promise.all(places)) },
    log: textOption(options, 'log') ?? join(out, `live${part}.jsonl`),
    fresh: options['fresh'] === true,
  }
}

function requireAgreement(options: Options, file: string | undefined): void {
  const drop = 'Leave one of them out.'
  if (file !== undefined && textOption(options, 'account') !== undefined)
    throw new Fault('USAGE', '--accounts names several accounts, and --account one.', drop)
  if (file !== undefined && textOption(options, 'grant') !== undefined)
    throw new Fault(
      'USAGE',
      '--grant is the grant of one account, and --accounts names several.',
      'Write {"account": "…", "grant": "env:NAME"} into the file instead.',
    )
  if (file !== undefined && options['again'] === true)
    throw new Fault('USAGE', '--again asks in the browser, and of several accounts nobody is asked.', drop)
  const alone = ['shard', 'log', 'fresh', 'lanes'].find((name) => options[name] !== undefined)
  if (file === undefined && alone !== undefined)
    throw new Fault('USAGE', `--${alone} is for several accounts.`, 'Name them with --accounts FILE.')
  if (textOption(options, 'log') === '')
    throw new Fault('USAGE', '--log is empty.', 'Name a file, or leave it out for the usual one.')
}

function shardOption(options: Options): Shard | undefined {
  const text = textOption(options, 'shard')
  if (text === undefined) return undefined
  const shard = parseShard(text)
  if (shard !== undefined) return shard
  throw new Fault('USAGE', `--shard takes I/N, not ${JSON.stringify(text)}.`, 'The first of three parts is 1/3.')
}

async function textOf(file: string): Promise<string> {
  const name = file === '-' ? 'standard input' : file
  const hint = 'Give a file of one address a line.'
  const octets = await octetsOf(file).catch((cause: unknown) => {
    const reason = errorCode(cause) === 'ENOENT' ? 'does not exist' : `cannot be read (${errorCode(cause)})`
    throw new Fault('SETTINGS_INVALID', `${name} ${reason}.`, hint, { cause })
  })
  if (octets === undefined)
    throw new Fault('SETTINGS_INVALID', `${name} has more than ${mostOctets} octets.`, 'Make several files of it.')
  try {
    return typeof octets === 'string' ? octets : new TextDecoder('utf-8', { fatal: true }).decode(octets)
  } catch (cause) {
    throw new Fault('SETTINGS_INVALID', `${name} is no text in UTF-8.`, hint, { cause })
  }
}

const octetsOf = (file: string): Promise<Uint8Array | string | undefined> =>
  file === '-' ? wholeStandardInput(mostOctets) : readAtMost(file, mostOctets)
