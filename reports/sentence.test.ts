import { describe, expect, test } from 'vitest'
import type { Report } from '../harness/model/report.ts'
import { verdictWords } from '../harness/model/verdict.ts'
import { failing } from './samples/failing.ts'
import { gate, soundGate } from './samples/gate.ts'
import { interrupted } from './samples/interrupted.ts'
import { passing } from './samples/passing.ts'
import { badge, selectionText, verdictSentence } from './sentence.ts'

const part: Report = {
  ...passing,
  catalogue: { version: 3, checks: 96 },
  selection: { only: [], steps: [6], checks: 12, complete: false },
}

test('a full pass is told as one', () => {
  expect(verdictSentence(passing)).toBe('reference conforms: all 12 checks passed.')
})

test('every verdict that occurred is counted, and what does not apply is counted apart', () => {
  expect(verdictSentence(failing)).toBe(
    'mail-sync does not conform: of 8 checks 4 passed, 1 warned, 2 failed and 1 met a fault of ours; ' +
      '2 findings in the configuration (1 MUST and 1 SHOULD).',
  )
  expect(verdictSentence(interrupted)).toContain('of 4 checks 1 passed, 1 could not be told and 2 do not apply')
})

test('what was not measured is named with the instrument that was missing', () => {
  expect(verdictSentence(interrupted)).toContain('not measured for want of file-modes on this machine: store/file-mode')
})

test('of many unmeasured checks some are named and the rest is counted', () => {
  const [, unmeasured] = interrupted.checks
  const checks = Array.from({ length: 6 }, (_, at) => ({ ...unmeasured!, id: `store/c${at}` }))
  expect(verdictSentence({ ...interrupted, checks })).toContain(': store/c0, store/c1, store/c2 and 3 more.')
})

describe('a partial run never looks like a full pass', () => {
  test.each(['pass', 'warn'] as const)('selected in part, %s', (verdict) => {
    const report = { ...part, verdict }
    expect(verdictSentence(report)).toBe(
      'No full pass of reference, because only 12 of 96 checks were selected: all 12 checks passed.',
    )
    expect(badge(report)).toBe('no full pass')
  })

  test.each(['pass', 'warn'] as const)('interrupted, %s', (verdict) => {
    const report = { ...passing, verdict, interrupted: true }
    expect(verdictSentence(report)).toMatch(/^No full pass of reference, because the run was interrupted:/)
    expect(badge(report)).toBe('no full pass')
  })

  test('no partial report of any verdict begins like a whole one', () => {
    for (const verdict of verdictWords) {
      const whole = verdictSentence({ ...passing, verdict })
      expect(verdictSentence({ ...part, verdict }).slice(0, 80)).not.toBe(whole.slice(0, 80))
      expect(verdictSentence({ ...part, verdict })).toContain('only 12 of 96 checks were selected')
    }
  })
})

test('a report without checks says that nothing was checked', () => {
  expect(verdictSentence({ ...passing, checks: [], verdict: 'inapplicable' })).toBe(
    'Nothing that was asked applies to reference: nothing was checked.',
  )
})

test('a report of the configuration gate alone tells its findings', () => {
  expect(verdictSentence({ ...failing, checks: [] })).toBe(
    'mail-sync does not conform: 2 findings in the configuration (1 MUST and 1 SHOULD).',
  )
})

test('the selection is told in words', () => {
  expect(selectionText(passing)).toBe('all 12 checks of catalogue 3')
  expect(selectionText(part)).toBe('12 of 96 checks of catalogue 3: step 6')
  expect(selectionText(interrupted)).toBe('31 of 96 checks of catalogue 3: only store/* and imap/*, steps 7, 8 and 10')
})

describe('a check of files', () => {
  const named = (name: string, change: Partial<Report> = {}): string =>
    verdictSentence({ ...soundGate, subject: { ...soundGate.subject, name }, ...change })

  test('says whose configuration it is about, and that nothing was played', () => {
    expect(named('mail-sync')).toBe(
      'mail-sync’s configuration conforms: all 2 checks of files passed; nothing was played.',
    )
    expect(named('.')).toMatch(/^This folder’s configuration conforms: /)
    expect(badge(soundGate)).toBe('configuration conforms')
    expect(selectionText(soundGate)).toBe('all 2 checks of files of catalogue 3')
  })

  test('counts what does not conform, what is excused and what could not be read', () => {
    expect(verdictSentence(gate)).toBe(
      '1 of 3 configurations does not conform: of 6 checks of files 1 warned, 2 failed, 1 could not be told, ' +
        '1 does not apply and 1 met a file that could not be read; 3 findings (2 MUST and 1 SHOULD); 1 waived; ' +
        '1 in the baseline; 1 file could not be read; nothing was played.',
    )
    expect(badge(gate)).toBe('configuration does not conform')
  })

  test.each([
    [{ only: ['cred/*'] }, 'only 2 checks of files were selected'],
    [{ steps: [4] }, 'only 2 checks of files were selected'],
    [{ changedSince: 'main' }, 'only what changed since main was looked at'],
  ])('of a part, %j, is no full pass', (chosen, limit) => {
    const selection = { ...soundGate.selection, ...chosen }
    expect(named('mail-sync', { selection })).toBe(
      `No full pass of mail-sync’s configuration, because ${limit}: all 2 checks of files passed; nothing was played.`,
    )
    expect(badge({ ...soundGate, selection })).toBe('no full pass')
  })

  test('that could not read a file blames nobody', () => {
    const checks = soundGate.checks.map((check) => ({ ...check, verdict: 'error' as const, unreadable: true as const }))
    expect(named('mail-sync', { checks, verdict: 'error' })).toMatch(
      /^Not everything of mail-sync’s configuration could be read, so nothing certain is said: /,
    )
    const [first, ...others] = checks
    const ours = { ...first!, unreadable: undefined } as unknown as (typeof checks)[number]
    expect(named('mail-sync', { checks: [ours, ...others], verdict: 'error' })).toMatch(/^We met a fault of our own/)
  })

  test('with which a token’s life was played does not say that nothing was', () => {
    const environment = { ...soundGate.environment, played: true }
    expect(named('mail-sync', { environment })).toMatch(/; the life of a token was played at mocks\.$/)
  })
})
