import { type Check, aspectOf } from './model/check.ts'
import type { Place } from './model/configuration.ts'
import type { Finding } from './model/finding.ts'
import { type Journal, positionOf } from './model/observation.ts'
import type { Position } from './model/position.ts'
import type { Excuse, GateFinding } from './model/report.ts'
import { type JudgeOptions, findingsIn } from './judge.ts'

type Options = Pick<JudgeOptions, 'strict' | 'isStrict' | 'scope' | 'excuse'> & {
  /** Turns a path from a configuration’s own folder into one from where the command was given. */
  path(journal: Journal, file: string): string
}

/** Every finding that stands in a file, as programs for editors and code review read it; pure. */
export const gateFindings = (
  checks: readonly Check[],
  journals: readonly Journal[],
  options: Options,
): readonly GateFinding[] =>
  checks.flatMap((check) =>
    journals
      .filter(({ scenario }) => check.scenarios.includes(scenario))
      .filter((journal) => aspectOf(check, journal).inapplicable?.(journal) === undefined)
      .flatMap((journal) =>
        once(findingsIn(check, journal, options.scope).flatMap((finding) => told(check, finding, journal, options))),
      ),
  )

/** Profiles share files: what two of them find at one place is one finding. */
function once(findings: readonly GateFinding[]): readonly GateFinding[] {
  const seen = new Map(findings.map((finding) => [JSON.stringify(finding), finding]))
  return [...seen.values()]
}

function told(check: Check, finding: Finding, journal: Journal, options: Options): GateFinding[] {
  const place = placeOf(finding, journal)
  const message = messageOf(finding)
  if (place === undefined || message === undefined) return []
  const excuse = finding.finding === 'violated' ? options.excuse?.(check, finding, journal) : undefined
  const counts = finding.finding === 'violated' || finding.finding === 'unreadable'
  const { id: rule, requiredBy, clause, consequence, fix } = check
  return [
    {
      rule,
      level: counts ? check.level : 'MAY',
      requiredBy,
      clause,
      verdict: verdictOf(check, finding, excuse, options.strict || options.isStrict?.(journal) === true),
      configuration: journal.configuration ?? '',
      path: options.path(journal, place.file),
      line: place.line,
      column: place.column,
      message,
      ...(finding.finding === 'violated' && finding.answer !== undefined ? { answer: finding.answer } : {}),
      consequence,
      fix,
      ...(finding.finding === 'violated' && finding.replacement !== undefined
        ? { replacement: finding.replacement }
        : {}),
      ...(excuse === undefined ? {} : { excuse }),
    },
  ]
}

/** The first place of the evidence that lies in a file. */
export function placeOf({ at }: Finding, journal: Journal): Place | undefined {
  const places = placesIn(journal)
  return at.map((position) => places.get(position)).find((place) => place !== undefined)
}

const known = new WeakMap<Journal, ReadonlyMap<Position, Place>>()

/** The observations that lie in a file, by their positions. */
function placesIn(journal: Journal): ReadonlyMap<Position, Place> {
  const places =
    known.get(journal) ??
    new Map(
      journal.observations
        .filter(({ fields }) => 'file' in fields && 'line' in fields)
        .map((observation) => [positionOf(observation), observation.fields as Place]),
    )
  if (Object.isFrozen(journal)) known.set(journal, places)
  return places
}

function messageOf(finding: Finding): string | undefined {
  if (finding.finding === 'violated') return `Expected ${finding.expected}; saw ${finding.actual}.`
  if (finding.finding === 'noted') return finding.note
  return finding.finding === 'unreadable' ? finding.reason : undefined
}

function verdictOf(
  check: Check,
  { finding }: Finding,
  excuse: Excuse | undefined,
  strict: boolean,
): GateFinding['verdict'] {
  if (finding === 'noted') return 'pass'
  if (finding === 'unreadable') return 'error'
  if (excuse !== undefined) return 'warn'
  return check.level === 'MUST' || (strict && check.level === 'SHOULD') ? 'fail' : 'warn'
}
