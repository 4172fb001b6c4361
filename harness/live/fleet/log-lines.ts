import type { AccountRow } from '../../model/report.ts'
import type { LiveResult } from '../results/result.ts'
import type { Asked } from './asked.ts'
import type { Outcome } from './compact.ts'
import { isHeader, isLine } from './log-shape.ts'

/** The first line of a log. */
export interface LogHeader {
  readonly v: 1
  readonly fingerprint: string
  readonly asked: Asked
  /** Such as `2/3`. */
  readonly shard?: string
}

/** Each start of a run that writes to the log. */
export interface LogRun {
  /** ISO 8601. */
  readonly startedAt: string
  /** How many are to be verified. */
  readonly accounts: number
  readonly lanes: number
  readonly runtime: string
  readonly instruments: readonly string[]
}

/** The lines of a log, in JSON. Outcomes are numbered as they come, from 0: accounts that fare alike name the same one. */
export type LogLine =
  | LogHeader
  | { readonly run: LogRun }
  | { readonly outcome: Outcome }
  | { readonly servers: { readonly at: string; readonly outcome: number; readonly spent: LiveResult['spent'] } }
  | { readonly account: LoggedRow & { readonly outcome: number; readonly spent: LiveResult['spent'] } }
  | { readonly ended: string }

interface LoggedRow {
  readonly at: string
  /** Where it stands in the list of all accounts, from 1. */
  readonly place: number
  readonly row: AccountRow
}

/** An account as a log has it. */
export interface LoggedAccount {
  readonly place: number
  readonly result: LiveResult
}

/** What the lines of a log say together. */
export interface LogContents {
  readonly header: LogHeader | undefined
  readonly runs: readonly LogRun[]
  readonly servers: LiveResult | undefined
  /** By key; of one that stands there twice the last. */
  readonly accounts: ReadonlyMap<string, LoggedAccount>
  /** When the last line was written. */
  readonly lastAt: string
  readonly ended: boolean
  /** How many outcomes there are, so that further ones are numbered on. */
  readonly outcomes: number
  /** The first line that is none of a log, from 1. */
  readonly damaged: number | undefined
}

/** Puts a log together line by line. */
export function createLogReader(): { add(line: string): void; contents(): LogContents } {
  const runs: LogRun[] = []
  const outcomes: Outcome[] = []
  const accounts = new Map<string, LoggedAccount>()
  const told: { header?: LogHeader; servers?: LiveResult; lastAt: string; ended: boolean; damaged?: number } = {
    lastAt: '',
    ended: false,
  }
  const read = (line: LogLine): void => {
    told.ended = 'ended' in line
    if ('run' in line) runs.push(line.run)
    else if ('outcome' in line) outcomes.push(line.outcome)
    else if ('servers' in line) told.servers = { ...outcomes[line.servers.outcome]!, spent: line.servers.spent }
    else if ('account' in line) {
      const { place, row, outcome, spent } = line.account
      accounts.set(row.key, { place, result: { account: row, ...outcomes[outcome]!, spent } })
    }
    told.lastAt = atOf(line) ?? told.lastAt
  }
  let number = 0
  return {
    add(text) {
      number++
      const line = parsed(text)
      if (number === 1 && isHeader(line)) told.header = line
      else if (number > 1 && isLine(line, outcomes.length)) read(line)
      else told.damaged ??= number
    },
    contents: () => ({
      ...{ header: undefined, servers: undefined, damaged: undefined, ...told },
      ...{ runs, accounts, outcomes: outcomes.length },
    }),
  }
}

const atOf = (line: LogLine): string | undefined => {
  if ('run' in line) return line.run.startedAt
  if ('ended' in line) return line.ended
  if ('servers' in line) return line.servers.at
  return 'account' in line ? line.account.at : undefined
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
