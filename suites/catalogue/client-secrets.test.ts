import { describe, expect, test } from 'vitest'
import { findingsIn } from '../../harness/judge.ts'
import { journalOf, said } from '../../harness/hand-made.fixture.ts'
import type { Check } from '../../harness/model/check.ts'
import { clientIdle, oneActiveSecret } from './client-secrets.ts'

/** What a check finds on a day in one attested fact. */
function found(check: Check, name: string, value: string, today: string, checkedOn = today): string {
  const place = { file: 'oauth-imap.attestation.yaml', line: 9, column: 5 }
  const journal = journalOf(
    { scenario: 'configuration' },
    said(0, 'configuration', 'config.begun', { configuration: '.', today, played: false }),
    said(0, 'configuration', 'attestation', { ...place, of: '1-a', name, value, checkedOn, checkedBy: '' }),
  )
  return findingsIn(check, journal)
    .map((finding) => ('actual' in finding ? finding.actual : finding.finding))
    .join()
}

describe('a client is idle from the fifth month on', () => {
  test.each([
    ['2026-01-14', '2026-06-13', undefined, 'satisfied'],
    ['2026-01-14', '2026-06-14', undefined, 'last used on 2026-01-14; Google deletes it on 2026-07-14'],
    ['2026-01-14', '2027-01-01', undefined, 'last used on 2026-01-14; Google deletes it on 2026-07-14'],
    // Two weeks before somebody looked it was in use, and since then nobody has looked.
    ['2026-01-01', '2026-07-01', '2026-01-14', 'undecided'],
    // Somebody looked when it had been quiet for months.
    ['2026-01-01', '2026-07-01', '2026-04-01', 'last used on 2026-01-01; Google deletes it on 2026-07-01'],
    // A month that is too short ends in the next.
    ['2026-08-31', '2027-02-10', undefined, 'last used on 2026-08-31; Google deletes it on 2027-03-03'],
    ['never', '2026-07-01', undefined, 'undecided'],
    ['', '2026-07-01', undefined, 'undecided'],
  ])('last used %s, read on %s, looked at on %s: %s', (lastUsed, today, checkedOn, expected) => {
    expect(found(clientIdle, 'lastUsed', lastUsed, today, checkedOn)).toBe(expected)
  })
})

describe('one enabled secret, of the newer form', () => {
  test.each([
    ['created=2025-09-01,enabled=true', 'satisfied'],
    ['created=2025-09-01', 'satisfied'],
    ['created=2026-01-01,enabled=true created=2025-09-01,enabled=true', 'satisfied'],
    ['created=2026-01-01,enabled=true created=2019-09-01,enabled=false', 'satisfied'],
    [
      'created=2025-09-01,enabled=true created=2025-12-01,enabled=true',
      '2 enabled secrets, the newest since 2025-12-01',
    ],
    ['created=2020-12-31,enabled=true', '2020-12-31'],
    ['created=2025-09-01,enabled=false', 'undecided'],
    ['created=soon,enabled=true', 'undecided'],
    ['', 'undecided'],
  ])('%s: %s', (secrets, expected) => {
    expect(found(oneActiveSecret, 'secrets', secrets, '2026-01-14')).toBe(expected)
  })
})
