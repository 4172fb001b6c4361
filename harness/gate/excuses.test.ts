import { describe, expect, test } from 'vitest'
import { checkOf, journalOf, said, secretRef } from '../hand-made.fixture.ts'
import { type Check, each } from '../model/check.ts'
import { type Finding, satisfied, undecided, violated } from '../model/finding.ts'
import type { Journal } from '../model/observation.ts'
import { type Baseline, type BaselineEntry, baselineText, fromBaseline } from './baseline-file.ts'
import { type Excused, type Excusing, excuse } from './excuses.ts'
import { virtualProject } from './project.ts'
import type { PlacedWaiver } from './waivers.ts'

/** Each value of a configuration is a finding of its own word. */
const findings: Readonly<Record<string, Finding>> = {
  good: satisfied(),
  bad: violated({ expected: 'good', actual: 'bad' }),
  odd: undecided('it is odd'),
}
const area = (id: string, change: Partial<Check> = {}): Check =>
  checkOf({
    id,
    scenarios: ['configuration'],
    observes: each('config.value', 'value') as Check['observes'],
    judge: (evidence) => findings[(evidence as { fields: { value: string } }).fields.value] ?? satisfied(),
    ...change,
  })
const checks = [area('area/one'), area('area/two')]

const value = (told: string, line: number, pointer = '/a', profile = 'development') =>
  said(0, 'configuration', 'config.value', {
    ...{ file: 'app.yaml', line, column: 1, pointer, profile, name: 'runtime', value: told, source: 'literal' },
  })
const journal = (...told: Parameters<typeof journalOf>[1][]): Journal =>
  journalOf({ scenario: 'configuration' }, ...told)

const waiver = (change: Partial<PlacedWaiver> = {}): PlacedWaiver => ({
  ...{ rule: 'area/one', path: '**', reason: 'it is put off', expires: '2026-02-01', by: '', inherited: false },
  ...{ file: 'gate.yaml', line: 1, column: 1 },
  ...change,
})
const entry = (change: Partial<BaselineEntry> = {}): Baseline['entries'][number] => ({
  ...{ rule: 'area/one', path: 'app.yaml', at: '/a', times: 1, since: '2026-01-02', line: 5, column: 5 },
  ...change,
})
const baseline = (...entries: Baseline['entries']): Baseline => ({ file: 'baseline.json', inherited: false, entries })

const excused = (told: Journal, given: Partial<Excusing>, selected = checks): Excused =>
  excuse(
    told,
    virtualProject('app', {}),
    { waivers: [], baseline: undefined, ...given },
    { checks: selected, catalogue: { version: 1, checks, scenarios: [] }, today: '2026-01-14' },
  )
const by = ({ excuses }: Excused): readonly string[] => [...excuses.values()].map((one) => one.by)

describe('a waiver', () => {
  test.each([
    ['its rule', {}, 1],
    ['a family', { rule: 'area/*' }, 2],
    ['everything', { rule: '**' }, 2],
    ['another rule', { rule: 'area/three' }, 0],
    ['a file of the top', { path: '*.yaml' }, 1],
    ['a file in any folder or none', { path: '**/app.yaml' }, 1],
    ['another folder', { path: 'config/*.yaml' }, 0],
    ['nothing beyond its last day', { expires: '2026-01-13' }, 0],
    ['all of its last day', { expires: '2026-01-14' }, 1],
  ] as const)('covers %s', (_, change, covered) => {
    const one = waiver(change)
    const result = excused(journal(value('bad', 3)), { waivers: [one] })
    expect(result.uses.get(one)).toBe(covered)
    expect(by(result)).toEqual(Array.from({ length: covered }, () => 'waiver'))
  })

  test('tells nothing of its use where one of its rules was not asked for or could not decide', () => {
    const one = waiver({ rule: 'area/*' })
    const uses = (told: Journal, selected?: readonly Check[]) =>
      excused(told, { waivers: [one] }, selected as Check[]).uses.get(one)
    expect(uses(journal(value('good', 3)))).toBe(0)
    expect(uses(journal(value('good', 3)), [checks[0]!])).toBeNull()
    expect(uses(journal(value('odd', 3)))).toBeNull()
    const broken = {
      file: 'b.yaml',
      line: 1,
      column: 1,
      profile: '',
      kind: 'settings',
      problem: 'expected YAML',
    } as const
    expect(uses(journal(value('good', 3), said(0, 'configuration', 'config.file', broken)))).toBeNull()
    const throws = area('area/two', { judge: () => JSON.parse('') as Finding })
    expect(uses(journal(value('good', 3)), [checks[0]!, throws])).toBeNull()
    expect(uses(journal(value('bad', 3)), [checks[0]!])).toBe(1)
  })

  test('tells nothing of its use where not every commit was searched', () => {
    const begun = (history: 'whole' | 'shallow' | 'not asked') =>
      said(0, 'repository', 'repository.begun', {
        ...{ vcs: 'git', files: 1, built: 0, history, note: null },
        left: { huge: 0, link: 0, unreadable: 0, nested: 0 },
      })
    const own = area('area/one', { observes: each('repository.begun', 'it') as Check['observes'] })
    const one = waiver()
    const use = (history: Parameters<typeof begun>[0]) =>
      excuse(
        journal(begun(history)),
        virtualProject('app', {}),
        { waivers: [one], baseline: undefined },
        {
          ...{ checks: [own], catalogue: { version: 1, checks: [own], scenarios: [] }, today: '2026-01-14' },
        },
      ).uses.get(one)
    expect([use('whole'), use('shallow'), use('not asked')]).toEqual([0, null, null])
  })

  test('goes before the baseline, and what excuses cannot be waived', () => {
    const one = waiver({ rule: '**' })
    const own = area('cfg/waivers-current')
    const result = excused(journal(value('bad', 3)), { waivers: [one], baseline: baseline(entry()) }, [checks[0]!, own])
    expect(by(result)).toEqual(['waiver'])
    expect(result.unwaived).toEqual([])
    expect(result.uses.get(one)).toBe(1)
  })
})

describe('a baseline', () => {
  test('knows a finding wherever its line went, once however many profiles see it, and no second one', () => {
    expect(by(excused(journal(value('bad', 30)), { baseline: baseline(entry()) }))).toEqual(['baseline'])
    const seenTwice = journal(value('bad', 3), value('bad', 3, '/a', 'production'))
    expect(excused(seenTwice, { baseline: baseline(entry()) }, [checks[0]!])).toMatchObject({ unwaived: { length: 1 } })
    const two = journal(value('bad', 3), value('bad', 4))
    const result = excused(two, { baseline: baseline(entry()) }, [checks[0]!])
    expect([by(result), result.unwaived.length]).toEqual([['baseline'], 2])
  })

  test.each([{ path: 'other.yaml' }, { rule: 'area/two' }, { at: '/b' }])('knows no other: %j', (change) => {
    expect(by(excused(journal(value('bad', 3)), { baseline: baseline(entry(change)) }, [checks[0]!]))).toEqual([])
  })

  test('tells what went, unless it is shared or nothing certain is known', () => {
    const gone = (told: Journal, change: Partial<Baseline> = {}, selected = checks) =>
      excused(told, { baseline: { ...baseline(entry({ times: 3 })), ...change } }, selected).gone.map(
        ({ times }) => times,
      )
    expect(gone(journal(value('bad', 3)))).toEqual([2])
    expect(gone(journal(value('good', 3)))).toEqual([3])
    expect(gone(journal(value('good', 3)), { inherited: true })).toEqual([])
    expect(gone(journal(value('good', 3)), {}, [checks[1]!])).toEqual([])
    expect(gone(journal(value('odd', 3)))).toEqual([])
    expect(gone(journal(value('good', 3)), { entries: [entry({ rule: 'area/gone' })] })).toEqual([1])
  })

  test('knows credentials by kind and facts by name, and figures in messages not at all', () => {
    const at = (told: Parameters<typeof journalOf>[1], type: 'repository.secret' | 'attestation' | 'config.file') =>
      excused(journal(told), {}, [
        area('area/one', {
          observes: each(type, 'it') as Check['observes'],
          judge: () => violated({ expected: 'none', actual: 'GOCS…1234 on 2026-01-14' }),
        }),
      ]).unwaived.map(({ fingerprint }) => fingerprint.at)
    const place = { file: 'a', line: 1, column: 1 }
    const secret = {
      ...place,
      credential: 'client-secret',
      secret: secretRef('client-secret-1'),
      where: 'tracked',
      commit: null,
    } as const
    expect(at(said(0, 'repository', 'repository.secret', secret), 'repository.secret')).toEqual([
      'client-secret, tracked',
    ])
    const fact = { ...place, of: '1', name: 'userType', value: 'x', checkedOn: '', checkedBy: '' }
    expect(at(said(0, 'configuration', 'attestation', fact), 'attestation')).toEqual(['1 userType'])
    const file = { ...place, profile: '', kind: 'web' } as const
    expect(at(said(0, 'configuration', 'config.file', file), 'config.file')).toEqual([
      'expected none; saw GOCS…0 on 0-0-0',
    ])
  })

  test('has paths of its own folder, and is written in one order', () => {
    const project = { ...virtualProject('app', {}), directory: '/srv/apps/a' }
    expect(fromBaseline(project, 'oauth-imap.baseline.json')('settings.yaml')).toBe('settings.yaml')
    expect(fromBaseline(project, '../../shared/known.json')('settings.yaml')).toBe('../apps/a/settings.yaml')
    const [one, two] = [entry(), entry({ path: 'a.yaml' })]
    expect(baselineText([one, two])).toBe(baselineText([two, one]))
    expect(JSON.parse(baselineText([]))).toEqual({ format: 'oauth-imap baseline', version: 1, findings: [] })
  })
})
