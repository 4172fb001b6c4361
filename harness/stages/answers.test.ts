import fc from 'fast-check'
import { expect, test } from 'vitest'
import { capabilities } from '../model/capability.ts'
import { dueFrom, manifestFrom, outcomeFrom, plainLine } from './answers.ts'

test.each([
  [{ outcome: 'done' }, { outcome: 'done', delivered: [] }],
  [
    { outcome: 'done', delivered: [{ folder: 'INBOX', uid: 3, sha256: 'ab', labels: ['a'], more: 1 }] },
    { outcome: 'done', delivered: [{ folder: 'INBOX', uid: 3, sha256: 'ab', labels: ['a'] }] },
  ],
  [
    { outcome: 'transient', reason: 'two\nlines' },
    { outcome: 'transient', reason: 'two lines' },
  ],
  [{ outcome: 'needs-consent' }, { outcome: 'needs-consent', reason: '' }],
])('%j is read', (answer, outcome) => {
  expect(outcomeFrom(answer)).toEqual(outcome)
})

test.each([undefined, null, 'done', [], { outcome: 'conforms' }, { outcome: 'done', delivered: [{ uid: 1 }] }])(
  '%j is no answer',
  (answer) => {
    expect(outcomeFrom(answer)).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('not one that') })
  },
)

test('whatever is said, it is read or refused, in one short line', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(['done', 'needs-consent', 'transient', 'configuration', 'failed']).toContain(outcomeFrom(value).outcome)
      expect(plainLine(value)).toMatch(/^[^\p{C}]{0,500}$/u)
      expect(dueFrom(value) ?? 0).toSatisfy(Number.isFinite)
    }),
  )
})

test('a manifest names capabilities that exist, and nothing is made up for what it lacks', () => {
  const manifest = { protocol: 1, name: 'app', version: '1', capabilities: [...capabilities] }
  expect(manifestFrom(manifest)).toEqual(manifest)
  expect(() => manifestFrom({ ...manifest, capabilities: ['telepathy'] })).toThrow(/no capability telepathy/)
  for (const member of Object.keys(manifest)) expect(() => manifestFrom({ ...manifest, [member]: null })).toThrow()
  expect(() => manifestFrom(null)).toThrow(/could not be started/)
})
