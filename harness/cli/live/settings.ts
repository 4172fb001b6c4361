import type { Asking } from '../../live/account/grant.ts'
import { readClient } from '../../live/keeping/client-source.ts'
import type { FleetAccount } from '../../live/fleet/accounts-file.ts'
import type { Environment } from '../../live/keeping/from-environment.ts'
import { type Budget, usualBudget } from '../../live/lines/lines.ts'
import type { AccountPlan } from '../../live/play-account.ts'
import { Fault } from '../../model/fault.ts'
import type { Terminal } from '../../model/terminal.ts'
import type { LiveSettings } from '../../verify-live.ts'
import type { Invocation } from '../command.ts'
import { listOption, stepOption, textOption, wholeNumber } from '../options.ts'
import { askingAt } from './asking.ts'
import { driftOf } from './expectations.ts'
import { farSideOf } from './far-side-options.ts'
import { type FarSide, google } from '../../live/far-side.ts'
import { type Kept, keptGrant, keptInMemory } from './kept-grant.ts'
import type { Keeping } from './plan-lines.ts'

type Options = Invocation['options']

export interface LiveInvocation {
  readonly settings: LiveSettings
  readonly keeping: Keeping
}

/**
 * A live run as it is asked for. Nothing has been sent yet.
 *
 * @param read `farSide`: what the options name, where it was read already; `accounts`: those of a file, of which nobody is
 *   asked, the one of --account unless told
 * @throws Fault `USAGE`, `SETTINGS_INVALID`, `CLIENT_FILE_INVALID`: options that contradict each other, files that others can
 *   read or that hold something else
 */
export async function liveInvocation(
  options: Options,
  environment: Environment,
  terminal: Terminal,
  read: { readonly farSide?: FarSide; readonly accounts?: readonly FleetAccount[] | undefined } = {},
): Promise<LiveInvocation> {
  const { accounts: fleet } = read
  const accounts = fleet ?? [{ account: accountOf(options) }]
  requireAgreement(options)
  const source = textOption(options, 'client')
  if (source === undefined)
    throw new Fault('USAGE', 'No client: --client names none.', 'Give the client file of the console, or env:NAME.')
  const farSide = read.farSide ?? (await farSideOf(options, environment))
  const client = await readClient(source, environment, { mayBePublic: farSide.issuer !== google.issuer })
  // Whose grants all come from the environment may have no place where a vault could be made.
  const inMemory = accounts.every(({ grant }) => grant !== undefined)
  const kept = inMemory ? keptInMemory('env:', environment) : await keptGrant(options, environment, farSide.issuer)
  const asking = fleet !== undefined || isUnattended(options) ? undefined : askingAt(options, environment, terminal)
  return {
    settings: {
      ...{ farSide, client, expectations: driftOf(farSide), budget: budgetOf(options) },
      accounts: await Promise.all(accounts.map((one) => planOf(one, options, environment, kept, asking))),
      selection: { only: listOption(options, 'only'), steps: stepOption(options) },
      strict: options['strict'] === true,
      includeMail: options['includeMail'] === true,
      lanes: number(options, 'lanes', { from: 1, to: 64 }) ?? 8,
    },
    keeping: { vault: kept.directory, key: kept.key },
  }
}

async function planOf(
  { account, grant }: FleetAccount,
  options: Options,
  environment: Environment,
  kept: Kept,
  asking: Asking | undefined,
): Promise<AccountPlan> {
  const own = grant === undefined ? kept : keptInMemory(`env:${grant}`, environment)
  return {
    ...{ account, store: await own.storeOf(account), directory: own.directory, asking },
    from: own.directory === undefined ? 'environment' : 'vault',
    again: options['again'] === true,
    writes: options['write'] === true,
    revokes: options['revoke'] === true,
  }
}

/** @throws Fault `USAGE` */
function accountOf(options: Options): string {
  const account = textOption(options, 'account')
  if (account === undefined)
    throw new Fault('USAGE', 'No account: neither --account nor --accounts names one.', 'Give --account ADDRESS.')
  if (/^[^\s@]+@[^\s@]+$/.test(account)) return account
  throw new Fault('USAGE', '--account takes an e-mail address.', 'Such as --account somebody@gmail.com.')
}

/** @throws Fault `USAGE` for options that contradict each other */
function requireAgreement(options: Options): void {
  const drop = 'Leave one of them out.'
  const given = (name: string): boolean => options[name] !== undefined && options[name] !== false
  if (given('unattended') && given('again'))
    throw new Fault('USAGE', '--again asks in the browser, and --unattended never does.', drop)
  if (given('grant') && given('vault'))
    throw new Fault('USAGE', '--grant stores nothing, and --vault says where to store.', drop)
  if (given('grant') && given('again')) throw new Fault('USAGE', '--grant is there already; --again asks anew.', drop)
}

const isUnattended = (options: Options): boolean => options['unattended'] === true || options['grant'] !== undefined

const budgetOf = (options: Options): Budget => {
  const mostBytes = number(options, 'mostBytes', { from: 65_536, to: 2 ** 31 })
  return mostBytes === undefined ? usualBudget : { ...usualBudget, mostBytes }
}

const flags: Readonly<Record<string, string>> = { lanes: 'lanes', mostBytes: 'most-bytes', wait: 'wait' }

export function number(options: Options, member: string, range: { from: number; to: number }): number | undefined {
  const value = textOption(options, member)
  return value === undefined ? undefined : wholeNumber(flags[member] ?? member, value, range)
}
