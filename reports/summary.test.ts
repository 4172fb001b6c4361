import { expect, test } from 'vitest'
import { requirementOf } from './requirement.ts'
import { failing } from './samples/failing.ts'
import { interrupted } from './samples/interrupted.ts'
import { passing } from './samples/passing.ts'
import { attention, inapplicable, nextCommands, stepWord } from './summary.ts'

test('the worst comes first among what needs attention', () => {
  expect(attention(failing).map((check) => check.verdict)).toEqual(['error', 'fail', 'fail', 'warn'])
  expect(attention(passing)).toEqual([])
})

test('what does not apply is named by reason', () => {
  expect(inapplicable(interrupted)).toEqual([
    { reason: 'Not measured here: this machine has no file-modes.', ids: ['store/file-mode'] },
    { reason: 'The subject does not declare the capability append.', ids: ['imap/append-safe'] },
  ])
})

test('the next commands belong to the steps with trouble, else to those without evidence of one’s own', () => {
  expect(nextCommands(failing)).toEqual([6, 7, 9].map((step) => `oauth-imap run --step ${step}`))
  expect(nextCommands(passing)).toHaveLength(3)
  const proven = passing.steps.map((step) => ({ ...step, evidence: 'your app' as const }))
  expect(nextCommands({ ...passing, steps: proven })).toEqual([])
})

test('a step that nothing looked at is not said to be inapplicable', () => {
  const [, untouched] = failing.steps
  expect(stepWord(failing, untouched!)).toBe('not checked')
  expect(stepWord(interrupted, interrupted.steps[9]!)).toBe('does not apply')
})

test('our own policy never reads like a standard’s rule', () => {
  const clause = { text: 'RFC 6819 §5.3.3', url: 'https://www.rfc-editor.org/rfc/rfc6819' }
  const own = requirementOf({ level: 'MUST', requiredBy: 'suite', clause })
  expect(own).toEqual({ text: 'MUST by our own policy', remark: 'no standard’s rule; it can be waived', own: true })
  expect(requirementOf({ level: 'MUST', requiredBy: 'RFC', clause }).text).toBe('MUST by RFC 6819 §5.3.3')
  expect(requirementOf({ level: 'SHOULD', requiredBy: 'Google' }).text).toBe('SHOULD by Google')
})
