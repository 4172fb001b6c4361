import type { Clause, Level, RequiredBy } from '../harness/model/check.ts'

/** Who asks for something, in words. Our own policy must never read like a standard's rule. */
export interface Requirement {
  /** Such as `MUST by RFC 7636 §4.2`, or `SHOULD by our own policy`. */
  readonly text: string
  /** What a reader has to know besides; empty for a standard's rule. */
  readonly remark: string
  /** It is the rule of this suite and nobody else's. */
  readonly own: boolean
}

const ruledBy: Readonly<Record<Exclude<RequiredBy, 'suite'>, (clause: Clause) => string>> = {
  // Clauses of RFCs and of ASVS already begin with the document's name; Google's pages do not say whose they are.
  RFC: (clause) => clause.text,
  ASVS: (clause) => clause.text,
  Google: (clause) => (clause.text.startsWith('Google') ? clause.text : `Google, ${clause.text}`),
}

export function requirementOf(rule: { level: Level; requiredBy: RequiredBy; clause?: Clause }): Requirement {
  if (rule.requiredBy === 'suite') {
    return { text: `${rule.level} by our own policy`, remark: 'no standard’s rule; it can be waived', own: true }
  }
  const source = rule.clause === undefined ? rule.requiredBy : ruledBy[rule.requiredBy](rule.clause)
  return { text: `${rule.level} by ${source}`, remark: '', own: false }
}
