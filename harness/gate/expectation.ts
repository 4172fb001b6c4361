import * as v from 'valibot'
import { secretLook } from './secret-look.ts'

/** What was expected where, and at most the kind of what was seen: a value that stands in the wrong place may be a secret. */
export function expectation(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue)
  const place = path !== null && secretLook(path) !== undefined ? '…' : path
  if (place !== null && issue.input === undefined) return `${place} is missing`
  const seen = issue.kind === 'schema' ? `, saw ${kindOf(issue.input)}` : ''
  return `${place === null ? '' : `${place}: `}expected ${issue.expected ?? 'another value'}${seen}`
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'string' ? 'another text' : typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
