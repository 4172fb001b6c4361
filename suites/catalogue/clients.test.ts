import { expect, test } from 'vitest'
import { findingsIn } from '../../harness/judge.ts'
import { type Told, journalOf, said } from '../../harness/hand-made.fixture.ts'
import type { Journal } from '../../harness/model/observation.ts'
import { clientNotShared } from './clients.ts'

const place = { file: 'client_secret.json', line: 3, column: 18 }
const shared = (profile: string, member: 'client_id' | 'client_secret', ...others: readonly string[]): Told =>
  said(0, 'configuration', 'config.shared', { ...place, profile, member, others })
const journal = (...told: Told[]): Journal => journalOf({ scenario: 'configuration' }, ...told)
const found = (...told: Told[]) =>
  findingsIn(clientNotShared, journal(...told)).map((finding) =>
    'actual' in finding ? finding.actual : finding.finding,
  )

test('what two applications share is told by the names of the others, the client before its secret', () => {
  expect(
    found(shared('production', 'client_id', 'calendar'), shared('production', 'client_secret', 'calendar')),
  ).toEqual(['the client_id of calendar'])
  expect(found(shared('production', 'client_id', 'a', 'b', 'c', 'd', 'e'))).toEqual([
    'the client_id of a, b, c and 2 more',
  ])
})

test('a secret that stands with another client is told by itself', () => {
  expect(found(shared('production', 'client_secret', 'calendar'))).toEqual(['the client_secret of calendar'])
  expect(
    found(shared('production', 'client_id', 'calendar'), shared('production', 'client_secret', 'calendar', 'notes')),
  ).toHaveLength(2)
})

test('where nothing was compared, or nothing is shared, the check does not apply', () => {
  expect(clientNotShared.inapplicable?.(journal())).toMatch(/no other configuration/)
  expect(clientNotShared.inapplicable?.(journal(shared('production', 'client_id', 'a')))).toBe(undefined)
})
