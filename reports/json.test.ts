import { expect, test } from 'vitest'
import type { Report } from '../harness/model/report.ts'
import { json } from './json.ts'
import { failing } from './samples/failing.ts'
import { interrupted } from './samples/interrupted.ts'
import { passing } from './samples/passing.ts'

const backwards = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(backwards)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, backwards(member)]),
  )
}

test.each([passing, failing, interrupted])('says everything that the report holds', (report) => {
  expect(JSON.parse(json.write(report))).toEqual(report)
})

test('does not depend on the order in which the report was put together', () => {
  expect(json.write(backwards(failing) as Report)).toBe(json.write(failing))
})

test('puts keys that the schema does not name behind the others, in alphabetical order', () => {
  const extended = { zeal: 1, alpha: { b: 1, a: 2 }, ...passing }
  const text = json.write(extended)
  expect(Object.keys(JSON.parse(text) as object).slice(-3)).toEqual(['findings', 'alpha', 'zeal'])
  expect(text).toContain('"alpha": {\n    "a": 2,\n    "b": 1\n  }')
})

test('indents by two spaces and ends with a newline', () => {
  expect(json.write(passing)).toMatch(/^\{\n {2}"schemaVersion": 1,\n[^]*\n\}\n$/)
})
