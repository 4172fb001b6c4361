import { expect, test } from 'vitest'
import { configurations, placeOf, sorted, untold } from './findings.ts'
import { requirementOf } from './requirement.ts'
import { failing } from './samples/failing.ts'
import { gate, soundGate } from './samples/gate.ts'
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

test('what findings tell is not told twice, and one run shows all that files cannot', () => {
  expect(attention(gate).map(({ id }) => id)).toEqual(['refresh/backoff-jitter'])
  expect(nextCommands(soundGate)).toEqual(['npx oauth-imap check --play'])
  const environment = { ...soundGate.environment, played: true }
  expect(nextCommands({ ...soundGate, environment })).toEqual(['npx oauth-imap run'])
  // A finding of one configuration says nothing of what failed in another.
  const [redirect] = gate.checks
  const elsewhere = { ...redirect!.variants[1]!, configuration: 'apps/other' }
  const check = { ...redirect!, variants: [...redirect!.variants, elsewhere] }
  expect(untold(gate, check)).toEqual([elsewhere])
  expect(attention({ ...gate, checks: [check] })).toEqual([check])
})

test('findings are sorted by what they amount to, the worst configuration and file first', () => {
  const { counting, excused, unread, information } = sorted(gate)
  expect(counting.map(placeOf)).toEqual([
    'apps/mail sync/client_secret.json:9:23',
    'apps/mail sync/settings.yaml:2:9',
    'apps/mail sync/.gitignore:3:1',
  ])
  expect(excused.map(({ configuration }) => configuration)).toEqual(['apps/archive', 'apps/archive'])
  expect(unread).toHaveLength(1)
  expect(information).toHaveLength(1)
  // What is wrong stands before what could not be read, as in the rows of the configurations.
  const unreadToo = { ...unread[0]!, configuration: 'apps/a' }
  const mixed = [unreadToo, { ...counting[2]!, configuration: 'apps/a' }, counting[0]!]
  expect(sorted({ findings: mixed }).counting.map(({ verdict }) => verdict)).toEqual(['fail', 'warn'])
  const twice = { ...gate, findings: [...gate.findings, { ...unread[0]!, rule: 'cred/client-id-format' }] }
  expect(sorted(twice).unread).toHaveLength(1)
  expect(configurations(gate).map(({ name, verdict }) => `${name}: ${verdict}`)).toEqual([
    'apps/mail sync: fail',
    'apps/notify: error',
    'apps/archive: warn',
  ])
})
