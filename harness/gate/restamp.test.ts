import { expect, test } from 'vitest'
import { readAttestation } from './attestation-file.ts'
import { attestationForm } from './first-attestation.ts'
import { readTree } from './read-tree.ts'
import { restamp } from './restamp.ts'

const named = (text: string): unknown => {
  const read = readTree('a.yaml', text)
  const attestation = 'tree' in read ? readAttestation(read.tree) : read
  return 'problem' in attestation ? attestation : attestation.checkedBy
}

// YAML takes most of these for something else than a text.
test.each([
  'alice@example.com',
  'true',
  'null',
  '007',
  '1e5',
  '.inf',
  '...',
  '---',
  '2026-01-01',
  '- a',
  'a: b',
  'a #b',
])('a name such as %s stays a name', (by) => {
  expect(named(attestationForm([], '2026-01-10', by))).toBe(by)
  const before = 'checkedOn: 2026-01-09\ncheckedBy: bob@example.com\n'
  expect(named(restamp('a.yaml', before, { checkedOn: '2026-01-10', checkedBy: by }))).toBe(by)
})
