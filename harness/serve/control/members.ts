import * as v from 'valibot'
import { expectation } from '../../gate/expectation.ts'
import { nearest } from '../../nearest.ts'
import type { Flaw } from './problem.ts'

/** A JSON object with these members and no other; of another it tells which one was most likely meant. */
export const members = <const T extends v.ObjectEntries>(entries: T) =>
  v.strictObject(entries, (issue) => {
    if (issue.expected !== 'never') return ''
    const known = Object.keys(entries)
    // The unknown name itself is not repeated: it may be a value in the wrong place, and a secret.
    return known.length === 0
      ? 'nothing is expected here'
      : `there is no such member; did you mean ${nearest(String(issue.input).slice(0, 40), known)}?`
  })

/** As many as a person would mend at once. */
const mostFlaws = 10

/** What is wrong with a value, each at its place; never what stands there. */
export const flawsOf = (issues: readonly v.BaseIssue<unknown>[]): readonly Flaw[] =>
  issues.slice(0, mostFlaws).map(flawOf)

function flawOf(issue: v.BaseIssue<unknown>): Flaw {
  const unknown = issue.expected === 'never'
  const steps = (issue.path ?? []).slice(0, unknown ? -1 : undefined).map(({ key }) => nameOf(key))
  const place = steps.join('.')
  const missing = issue.kind === 'schema' && issue.input === undefined && place !== ''
  const words = unknown || issue.kind === 'validation' ? issue.message : expectation({ ...issue, path: undefined })
  return {
    pointer: `#${steps.map((step) => `/${step}`).join('')}`,
    detail: missing ? `${place} is missing` : `${place === '' ? '' : `${place}: `}${words}`,
  }
}

/** Names of our own are short and plain. */
const nameOf = (key: unknown): string => (/^[\w-]{1,24}$/.test(String(key)) ? String(key) : '…')
