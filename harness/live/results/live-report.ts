import { type Circumstances, makeReport } from '../../make-report.ts'
import type { Report } from '../../model/report.ts'
import type { Plan } from '../../plan.ts'
import { checkReportsOf } from './check-reports.ts'
import { expanded } from '../fleet/compact.ts'
import { folded } from '../fleet/fold.ts'
import { type LiveResult, liveReportOf } from './result.ts'

/** What a report of a live run says besides its results. */
export interface Told extends Pick<
  Circumstances,
  'tool' | 'catalogue' | 'startedAt' | 'durationMs' | 'selection' | 'interrupted'
> {
  readonly issuer: string
  /** Host and port. */
  readonly imap: string
  /** The one account that was asked for, masked, or how many. */
  readonly subject: string
  readonly runtime: string
  readonly instruments: readonly string[]
  readonly strict: boolean
  readonly lanes: number
}

/** Results of one run, or of several that were asked for the same, as one report; pure. */
export function reportOfResults(plan: Plan, results: readonly LiveResult[], told: Told): Report {
  const { issuer, imap, subject, runtime, instruments, strict, lanes, ...known } = told
  const checks = checkReportsOf(plan.checks, results.map(expanded), replayOf).map(folded)
  const report = makeReport(plan, checks, {
    ...known,
    subject: { name: subject, kind: 'live', version: '' },
    environment: { runtime, strict, instruments, issuer, imap, lanes },
    findings: [],
    evidence: { configuration: 'live', behaviour: 'live' },
  })
  return { ...report, live: liveReportOf(results, { issuer, imap }) }
}

/** Whoever plays it again names client and account: neither stands in a report. */
export const replayOf = ({ id }: { readonly id: string }): string =>
  `npx oauth-imap live --client FILE --account ADDRESS --only ${id}`

/** How the accounts of a run are told together. */
export const subjectOf = (accounts: readonly string[]): string =>
  accounts.length === 1 ? accounts[0]! : `${accounts.length} accounts`
