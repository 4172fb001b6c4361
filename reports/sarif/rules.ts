import type { Clause, Level, RequiredBy } from '../../harness/model/check.ts'
import type { Report } from '../../harness/model/report.ts'
import { requirementOf } from '../requirement.ts'
import { visible } from '../visible.ts'
import { told } from './text.ts'

/** What is told of a rule whatever came of it. */
interface Ruling {
  readonly id: string
  readonly title: string
  readonly level: Level
  readonly requiredBy: RequiredBy
  readonly clause: Clause
  readonly consequence: string
  readonly fix: string
  readonly step?: number
}

/** Every check that was judged, and what findings name besides. */
function rulings({ checks, findings }: Report): readonly Ruling[] {
  const known = new Map<string, Ruling>(checks.map((check) => [check.id, check]))
  for (const { rule: id, level, requiredBy, clause, consequence, fix = '' } of findings)
    if (!known.has(id)) known.set(id, { id, title: id, level, requiredBy, clause, consequence, fix })
  return [...known.values()]
}

/** GitHub shows help where it shows a finding; the address is left out where there is none on the web. */
const descriptor = (rule: Ruling) => {
  const { text, remark } = requirementOf(rule)
  const required = remark === '' ? text : `${text} (${remark})`
  const web = /^https?:\/\/\S+$/.test(rule.clause.url) && URL.canParse(rule.clause.url)
  return {
    id: visible(rule.id),
    shortDescription: { text: told(rule.title) },
    fullDescription: { text: told(`${rule.title}. Otherwise: ${rule.consequence}`) },
    help: {
      text: [required, rule.consequence, rule.fix]
        .filter((line) => line !== '')
        .map(told)
        .join('\n'),
    },
    ...(web ? { helpUri: new URL(rule.clause.url).href } : {}),
    defaultConfiguration: { level: levelOf[rule.level] },
    properties: {
      tags: [visible(rule.requiredBy), ...(rule.step === undefined ? [] : [`step-${rule.step}`])],
    },
  }
}

export const levelOf: Readonly<Record<Level, 'error' | 'warning' | 'note'>> = {
  MUST: 'error',
  SHOULD: 'warning',
  MAY: 'note',
}

export const rulesOf = (report: Report) => rulings(report).map(descriptor)
