import type { Diagnosis, Question, Suspect } from './model.ts'
import type { ReadLog } from './log.ts'
import { reproductionOf } from './reproduction.ts'
import { signNamed } from './signs/index.ts'

const mostSuspects = 5
const mostEvidence = 4

/** What was found, for a person at a terminal. */
export function tell(log: ReadLog, diagnoses: readonly Diagnosis[]): string {
  const several = diagnoses.length > 1 ? [`${diagnoses.length} different errors, newest first.`, ''] : []
  return [
    ...several,
    ...diagnoses.flatMap((diagnosis, index) => [
      ...(index > 0 ? [''] : []),
      ...section(diagnosis, diagnoses.length > 1 ? `${index + 1}. ` : ''),
    ]),
    ...cuts(log),
  ].join('\n')
}

/** What the reader let go. */
export const cuts = ({ dropped, cut }: ReadLog): readonly string[] => [
  ...(dropped === 0
    ? []
    : ['', `${dropped} older ${dropped === 1 ? 'error was' : 'errors were'} left out; the newest are told.`]),
  ...(cut === 0
    ? []
    : ['', `${cut} ${cut === 1 ? 'line was' : 'lines were'} longer than a million characters; the rest was not read.`]),
]

function section({ incident, suspects, settled, question }: Diagnosis, mark: string): readonly string[] {
  const { first, last, count } = incident
  const place = first === last ? `line ${first}` : `lines ${first} to ${last}`
  const [top, ...others] = suspects.slice(0, mostSuspects)
  return [
    `${mark}Error    ${titleOf(incident.signs)} (${place}${count > 1 ? `, met ${count} times` : ''})`,
    ...incident.decoded.map((said) => `Decoded  ${said}`),
    ...(top === undefined
      ? ['Cause    none that we know. Please report it: nothing is known to explain this error.']
      : [
          `Cause    ${settled ? '' : 'most likely: '}${top.cause.title}. ${percent(top)}`,
          ...evidenceLines(top),
          ...(settled || others.length === 0 ? [] : ['', 'Or it is', ...others.flatMap((each) => other(each, top))]),
          ...(question === undefined ? [] : ['', ...asked(question)]),
          '',
          `User     ${top.cause.user}`,
          `App      ${top.cause.application}`,
          `Source   ${top.cause.source}`,
          `See it   ${reproductionOf(top.cause)}`,
        ]),
  ]
}

const percent = ({ probability }: Suspect): string => `[${Math.min(99, Math.max(1, Math.round(probability * 100)))} %]`

/** With the evidence that it does not share with the first. */
function other(suspect: Suspect, top: Suspect): readonly string[] {
  const shared = new Set([...top.for.map((each) => `+${each.says}`), ...top.against.map((each) => `-${each.says}`)])
  const own = {
    ...suspect,
    for: suspect.for.filter(({ says }) => !shared.has(`+${says}`)),
    against: suspect.against.filter(({ says }) => !shared.has(`-${says}`)),
  }
  return [`  - ${suspect.cause.title}. ${percent(suspect)}`, ...evidenceLines(own).map((line) => `  ${line}`)]
}

const evidenceLines = ({ for: pro, against }: Suspect): readonly string[] => [
  ...pro.slice(0, mostEvidence).map(({ says }) => `  for      ${says}`),
  ...against.slice(0, mostEvidence).map(({ says }) => `  against  ${says}`),
]

const asked = ({ key, asks, look, options }: Question): readonly string[] => [
  `Question ${asks}`,
  `         (${look})`,
  ...options.map((option) => `  --answer ${key}=${option.key}  ${option.says}`),
]

/** The code of an error and its details, in words of ours. */
export const titleOf = (ids: readonly string[]): string => {
  const telling = ids.map(signNamed).filter(({ kind }) => kind !== 'hint')
  return telling.map(({ says }) => says).join(', ') || 'an error challenge'
}
