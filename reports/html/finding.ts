import type { GateFinding, Report } from '../../harness/model/report.ts'
import { type SortedFindings, excuseText, isOfFiles, placeOf, sorted } from '../findings.ts'
import { term } from './check.ts'
import { html, lines, type Markup } from './escape.ts'
import { required } from './requirement.ts'
import { badgeOf } from './verdict.ts'

const when = (name: string, text: string | undefined): Markup | undefined =>
  text === undefined ? undefined : term(name, lines(text))

const word = ({ verdict, level, excuse }: GateFinding): string | undefined => {
  if (excuse !== undefined) return 'excused'
  if (verdict === 'error') return 'unreadable'
  return level === 'MAY' ? 'worth knowing' : undefined
}

const findingDetails = (finding: GateFinding): Markup =>
  html`<details class="check" ${finding.verdict === 'pass' || finding.excuse ? undefined : html` open`}>
    <summary>
      ${badgeOf(finding.verdict === 'pass' ? 'inapplicable' : finding.verdict, word(finding))}<span class="name"
        ><h3>${finding.message}</h3>
        <span class="id">${placeOf(finding)}</span></span
      >
    </summary>
    <div class="body">
      <dl class="told">
        ${when('Google says', finding.answer)}${term('Rule', html`<code>${finding.rule}</code>`)}${term('Required', required(finding))}${when('Excused', finding.excuse && excuseText(finding))}${term('Users will meet', lines(finding.consequence))}${when('How to mend it', finding.fix)}${finding.replacement === undefined ? undefined : term('Put there', html`<code>${finding.replacement}</code>`)}
      </dl>
    </div>
  </details> `

const inOrder = ({ counting, unread, excused, information }: SortedFindings): readonly GateFinding[] => [
  ...counting,
  ...unread,
  ...excused,
  ...information,
]

/** What the configuration gate found: a section, or one for each of several configurations, the worst first. */
export function findings(report: Report): readonly Markup[] {
  const byName = Map.groupBy(inOrder(sorted(report)), ({ configuration }) => configuration)
  const title = isOfFiles(report) ? 'Findings' : 'In the configuration'
  return [...byName].map(
    ([name, found], at) =>
      html`<section class="step" aria-labelledby="findings-${at + 1}">
        <h2 id="findings-${at + 1}">${byName.size === 1 ? title : html`${title}: ${name}`}</h2>
        <div class="card">${found.map(findingDetails)}</div>
      </section> `,
  )
}
