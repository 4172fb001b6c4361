import type { Clause, Level, RequiredBy } from '../../harness/model/check.ts'
import { requirementOf } from '../requirement.ts'
import { html, link, type Markup } from './escape.ts'

/** Who asks for it. Our own policy is drawn apart and only refers to a clause, it never claims it. */
export function required(rule: { level: Level; requiredBy: RequiredBy; clause?: Clause }): Markup {
  const { own, remark } = requirementOf(rule)
  const clause = rule.clause === undefined ? undefined : link(rule.clause.url, rule.clause.text)
  const level = html`<span class="chip${own ? ' own' : ''}">${rule.level}</span>`
  if (own) {
    const background = clause === undefined ? undefined : html` Background: ${clause}`
    return html`${level} <span class="chip own">our own policy</span> ${remark}.${background}`
  }
  const name = rule.requiredBy === 'Google' || clause === undefined ? `by ${rule.requiredBy}` : 'by'
  return html`${level}
  ${name}${clause === undefined ? undefined : html`${rule.requiredBy === 'Google' ? ', ' : ' '}${clause}`}`
}
