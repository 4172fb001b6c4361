import type { Lens } from '../../harness/model/check.ts'
import { ownRule } from '../../harness/model/clause.ts'
import { type Finding, noted, satisfied, violated } from '../../harness/model/finding.ts'
import { type Observation, all, positionOf } from '../../harness/model/observation.ts'
import { configurationCheck } from './configuration-check.ts'

/** Step 12: what is excused stays looked after. */

type Waiver = Observation<'config.waiver'>
type Gone = Observation<'config.gone'>

const excuses: Lens<Waiver | Gone> = {
  types: ['config.waiver'],
  names: 'waiver in the gate file',
  select: (journal) =>
    [...all(journal, 'config.waiver'), ...all(journal, 'config.gone')].map((evidence) => ({
      evidence,
      at: [positionOf(evidence)],
    })),
}

/** What a waiver must not be, the first that it is counts. */
const flaws: readonly {
  is(waiver: Waiver['fields'], today: string): boolean
  expected(today: string): string
  actual(waiver: Waiver['fields']): string
}[] = [
  { is: ({ rules }) => rules === 0, expected: () => 'a rule of the catalogue', actual: ({ rule }) => rule },
  {
    is: ({ expires }, today) => expires < today,
    expected: (today) => `a last day that is not past on ${today}`,
    actual: ({ expires }) => expires,
  },
  {
    is: ({ expires }, today) => expires > yearAfter(today),
    expected: (today) => `a last day within a year, until ${yearAfter(today)}`,
    actual: ({ expires }) => expires,
  },
  {
    is: ({ standards, by }) => standards > 0 && by.trim() === '',
    expected: () => '“by”: who answers for not doing what a standard or Google demands',
    actual: ({ rule }) => `nobody’s name on the waiver of ${rule}`,
  },
  {
    // A policy is shared: whether somebody else needs its waivers cannot be seen here.
    is: ({ covers, inherited }) => covers === 0 && !inherited,
    expected: () => 'a finding that it covers',
    actual: ({ rule, path }) => `none of ${rule} in ${path}`,
  },
]

const yearAfter = (day: string): string => `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`

export const waiversCurrent = configurationCheck<Waiver | Gone>({
  id: 'cfg/waivers-current',
  title: 'Every waiver is needed, named and ends within a year',
  step: 12,
  level: 'MUST',
  requiredBy: 'suite',
  clause: ownRule('a waiver that nobody looks at again is a rule that was dropped'),
  inapplicable: (journal) =>
    excuses.select(journal).length === 0 ? 'nothing is waived: the gate file has no “waivers”' : undefined,
  observes: excuses,
  counterexamples: ['expired-waiver'],
  consequence: 'What was put off for some weeks stays wrong, and nobody is told.',
  fix: 'Mend what it covers and take the waiver out, or set rule, path, expires and by anew.',
  judge(evidence, journal) {
    if (evidence.type === 'config.gone') return told(evidence as Gone)
    const { fields } = evidence as Waiver
    const today = all(journal, 'config.begun')[0]?.fields.today ?? ''
    const flaw = flaws.find(({ is }) => is(fields, today))
    return flaw === undefined ? satisfied() : violated({ expected: flaw.expected(today), actual: flaw.actual(fields) })
  },
})

const told = ({ fields: { rule, path, since, times } }: Gone): Finding =>
  noted(`${rule} in ${path}, there since ${since}, occurs ${often(times)} less; --write-baseline takes it out.`)

const often = (times: number): string => (times === 1 ? 'once' : `${times} times`)
