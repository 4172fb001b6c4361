import type { Instrument } from './capability.ts'
import type { DriftArea, DriftState } from './drift.ts'
import type { Door } from './observation.ts'
import type { Clause, Level, RequiredBy } from './check.ts'
import type { StepNumber } from './step.ts'
import type { VerdictWord } from './verdict.ts'

export type EvidenceSource = 'example' | 'your configuration' | 'your app' | 'live' | 'none'
export type Counts = Readonly<Record<VerdictWord, number>>

export interface Evidence {
  /** Stream and position, such as `token-endpoint#3`. */
  readonly at: string
  readonly excerpt: string
}

export interface VariantReport {
  readonly scenario: string
  /** Which of several configurations it is about. */
  readonly configuration?: string
  /** Of a live run: the key of the account, see `AccountRow`. */
  readonly account?: string
  readonly door: Door
  readonly verdict: VerdictWord
  readonly reason: string
  readonly evidence: readonly Evidence[]
  readonly control?: { readonly title: string; readonly passed: boolean }
}

export interface CheckReport {
  readonly id: string
  readonly title: string
  readonly step: StepNumber
  readonly level: Level
  readonly requiredBy: RequiredBy
  readonly clause: Clause
  readonly verdict: VerdictWord
  readonly reason: string
  readonly consequence: string
  readonly fix: string
  /** The instruments that this machine lacks; present only when their absence made the check inapplicable. */
  readonly missing?: readonly Instrument[]
  /** Of a check for drift that failed: the checks whose stories rest on what is no longer so. */
  readonly stale?: readonly string[]
  /** Its verdict `error` is about a file that cannot be read; otherwise an error is a fault of ours. */
  readonly unreadable?: true
  readonly variants: readonly VariantReport[]
  /** The command that plays just this check again. */
  readonly replay: string
}

export interface StepReport {
  readonly number: StepNumber
  readonly title: string
  readonly verdict: VerdictWord
  readonly evidence: EvidenceSource
  readonly counts: Counts
  /** The next command for this step. */
  readonly next: string
}

/** Why a violation does not count for now. */
export interface Excuse {
  readonly by: 'waiver' | 'baseline'
  readonly reason: string
  /** The last day on which it holds, such as `2026-12-31`; a baseline has none. */
  readonly expires?: string
}

export interface GateFinding {
  readonly rule: string
  /** `MAY` is information: it counts for nothing. */
  readonly level: Level
  readonly requiredBy: RequiredBy
  readonly clause: Clause
  /** `error`: the file could not be read. */
  readonly verdict: 'fail' | 'warn' | 'pass' | 'error'
  /** Which configuration, as it was named. */
  readonly configuration: string
  /** From the folder in which the command was given. */
  readonly path: string
  readonly line: number
  readonly column: number
  readonly message: string
  /** What Google will answer, in its own words. */
  readonly answer?: string
  readonly consequence: string
  readonly fix?: string
  /** The value that `--fix` would put there. */
  readonly replacement?: string
  readonly excuse?: Excuse
}

/** One account of a live run. */
export interface AccountRow {
  /** The first 16 hexadecimal digits of the SHA-256 of its address in small letters, as the vault names its file. */
  readonly key: string
  /** Such as `a…@gmail.com`. */
  readonly address: string
  readonly verdict: VerdictWord
  /** Why it could not be verified, or does not conform; absent where nothing is wrong. */
  readonly cause?: { readonly id: string; readonly title: string; readonly next: string; readonly said: string }
  /** ISO 8601, real time. */
  readonly startedAt: string
  readonly durationMs: number
}

/** What a live run adds to a report. */
export interface LiveReport {
  readonly issuer: string
  /** Host and port. */
  readonly imap: string
  readonly accounts: readonly AccountRow[]
  /** Octets on the wire, connections in all, and the most that stood at one time for one account. */
  readonly spent: {
    readonly received: number
    readonly sent: number
    readonly connections: number
    readonly mostAtOnce: number
  }
  /** What is not as our fixtures say. */
  readonly drift: readonly DriftRow[]
  /** Of merged logs: parts that were not given or not played to their end, in words; such a report is `interrupted`. */
  readonly missing?: readonly string[]
}

export interface DriftRow {
  readonly area: DriftArea
  readonly look: string
  readonly fact: string
  readonly state: Exclude<DriftState, 'same'>
  readonly expected: string | null
  readonly observed: string | null
  readonly since: string | null
  readonly note: string | null
}

/** `report.json`, schemaVersion 1; its JSON Schema is `reports/report.schema.json`. */
export interface Report {
  readonly schemaVersion: 1
  readonly tool: { readonly name: string; readonly version: string }
  readonly catalogue: { readonly version: number; readonly checks: number }
  readonly subject: { readonly name: string; readonly kind: string; readonly version: string }
  readonly environment: Readonly<Record<string, string | number | boolean | readonly string[]>>
  /** ISO 8601, real time. */
  readonly startedAt: string
  readonly durationMs: number
  readonly verdict: VerdictWord
  readonly selection: {
    readonly only: readonly string[]
    readonly steps: readonly number[]
    readonly checks: number
    readonly complete: boolean
    /** `configuration`: files were read and nothing was played, by the nature of the command. */
    readonly scope?: 'configuration'
    /** Only files that changed since this commit were looked at. */
    readonly changedSince?: string
  }
  readonly interrupted: boolean
  readonly steps: readonly StepReport[]
  readonly checks: readonly CheckReport[]
  readonly findings: readonly GateFinding[]
  readonly live?: LiveReport
}

/** Turns a report into the text of one format; pure. */
export interface ReportWriter {
  readonly format: string
  readonly mediaType: string
  /** Where it goes unless told; `-` for what stands between the lines of a log, on standard output. */
  readonly fileName: string
  write(report: Report): string
}
