import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkOf, journalOf, phase, said } from './hand-made.fixture.ts'
import { type JudgeOptions, judge } from './judge.ts'
import type { Check } from './model/check.ts'
import { type Finding, satisfied, undecided, violated } from './model/finding.ts'
import { type Journal, type Observation, all } from './model/observation.ts'

const options: JudgeOptions = {
  capabilities: new Set(['authorization-code']),
  instruments: new Set(),
  lacks: new Map(),
  strict: false,
  replay: ({ id }) => `oauth-imap run --only ${id}`,
}
const findings: Readonly<Record<string, Finding>> = {
  good: satisfied(),
  bad: violated({ expected: 'good', actual: 'bad' }),
  odd: undecided('it is odd'),
}
/** Each phase of the story is a finding of its name. */
const byPhase: Partial<Check> = {
  judge: (evidence) => findings[(evidence as Observation<'scenario.phase'>).fields.phase] ?? satisfied(),
}
const story = (...phases: string[]): Journal => journalOf({ scenario: 'story' }, ...phases.map(phase))
const verdictOf = (change: Partial<Check>, journals: readonly Journal[], more: Partial<JudgeOptions> = {}) =>
  judge(checkOf({ ...byPhase, ...change }), journals, { ...options, ...more })

describe('what was found decides', () => {
  test.each([
    ['MUST', false, ['good'], 'pass', 'seen: phase'],
    ['MUST', false, ['good', 'good'], 'pass', 'seen 2 times: phase'],
    ['MUST', false, ['good', 'bad'], 'fail', 'expected good; saw bad'],
    ['SHOULD', false, ['bad'], 'warn', 'expected good; saw bad'],
    ['SHOULD', true, ['bad'], 'fail', 'expected good; saw bad'],
    ['MAY', true, ['bad'], 'warn', 'expected good; saw bad'],
    ['MUST', false, [], 'inconclusive', 'nothing to judge was seen: phase'],
    ['MUST', false, ['good', 'odd'], 'inconclusive', 'it is odd'],
    ['MUST', false, ['odd', 'bad', 'good'], 'fail', 'expected good; saw bad'],
  ] as const)('%s, strict %s, %j: %s', (level, strict, phases, verdict, reason) => {
    expect(verdictOf({ level }, [story(...phases)], { strict })).toMatchObject({ verdict, reason })
  })
})

describe('a control', () => {
  const control = { title: 'it was opened', passed: (journal: Journal) => all(journal, 'imap.conn.open').length > 0 }
  const open = said(0, 'imap:1', 'imap.conn.open', { connection: 1, security: 'tls' })
  const withControl = (...told: Parameters<typeof journalOf>[1][]) => journalOf({ scenario: 'story' }, ...told)

  test('that did not pass takes a pass away', () => {
    expect(verdictOf({ control }, [withControl(phase('good'), open)])).toMatchObject({
      verdict: 'pass',
      variants: [{ control: { title: 'it was opened', passed: true } }],
    })
    expect(verdictOf({ control }, [story('good')])).toMatchObject({
      verdict: 'inconclusive',
      reason: 'the control did not pass: it was opened',
      variants: [{ control: { passed: false } }],
    })
  })

  test('that did not pass excuses nothing', () => {
    expect(verdictOf({ control }, [story('bad')])).toMatchObject({ verdict: 'fail' })
  })

  test('in a twin world has to be played with the same seed, and every time', () => {
    const twinned = { control: { ...control, twin: 'twin' } }
    const twin = (seed: number, ...told: Parameters<typeof journalOf>[1][]) =>
      journalOf({ scenario: 'twin', seed }, ...told)
    const verdict = (...twins: Journal[]) => verdictOf(twinned, [...twins, story('good')]).verdict
    expect(verdict(twin(1, open))).toBe('pass')
    expect(verdict()).toBe('inconclusive')
    expect(verdict(twin(2, open))).toBe('inconclusive')
    expect(verdict(twin(1, open), twin(1))).toBe('inconclusive')
  })
})

describe('what cannot be judged', () => {
  test('what the mailbox server cannot do', () => {
    const lacks = new Map([['labels', 'a message lies in one folder']] as const)
    expect(verdictOf({ features: ['gmail-search', 'labels'] }, [story('bad')], { lacks })).toMatchObject({
      verdict: 'inapplicable',
      reason: 'the mailbox server has no labels: a message lies in one folder',
    })
    expect(verdictOf({ features: ['gmail-search'] }, [story('bad')], { lacks })).toMatchObject({ verdict: 'fail' })
  })

  test('a capability that the subject lacks', () => {
    expect(verdictOf({ needs: ['authorization-code', 'watch', 'append'] }, [story('bad')])).toMatchObject({
      verdict: 'inapplicable',
      reason: 'the subject declares no watch, append',
      variants: [],
    })
  })

  test('an instrument that the machine lacks is named apart', () => {
    const lacking = verdictOf({ instruments: ['file-modes'] }, [story('bad')])
    expect(lacking).toMatchObject({
      verdict: 'inapplicable',
      reason: 'not measured here: file-modes',
      missing: ['file-modes'],
    })
    const measured = verdictOf({ instruments: ['file-modes'] }, [story('good')], {
      instruments: new Set(['file-modes']),
    })
    expect(measured).toMatchObject({ verdict: 'pass' })
    expect(measured).not.toHaveProperty('missing')
  })

  test('a story that was not played', () => {
    expect(verdictOf({}, [journalOf({ scenario: 'another' }, phase('bad'))])).toMatchObject({
      verdict: 'inconclusive',
      reason: 'no scenario was played: story',
    })
  })

  test.each([
    ['our fault', { completed: false, reason: 'no port was free' }, 'error', 'no port was free'],
    ['a journal without an end', null, 'error', 'the scenario did not end'],
    [
      'an interruption',
      { completed: false, reason: 'not played', cause: 'interruption' },
      'inconclusive',
      'not played',
    ],
    [
      'a subject that ended',
      { completed: false, reason: 'it crashed', cause: 'subject' },
      'inconclusive',
      'it crashed',
    ],
  ] as const)('%s', (_, end, verdict, reason) => {
    const journal = journalOf({ scenario: 'story', end }, phase('good'))
    expect(verdictOf({}, [journal])).toMatchObject({ verdict, reason })
  })

  test('a subject that ended after it was seen to be wrong is wrong', () => {
    const journal = journalOf({ scenario: 'story', end: { completed: false, cause: 'subject' } }, phase('bad'))
    expect(verdictOf({}, [journal])).toMatchObject({ verdict: 'fail', reason: 'expected good; saw bad' })
  })

  describe('a mailbox server that failed in the middle', () => {
    const failed = said(0, 'imap:1', 'imap.server.failed', { problem: 'the mailbox server ended the connection' })
    const journal = (...told: Parameters<typeof journalOf>[1][]) => journalOf({ scenario: 'story' }, ...told)
    const reason = 'the mailbox server failed, not the subject: the mailbox server ended the connection'

    test.each([
      ['was in order', [phase('good'), failed]],
      ['went wrong after it', [phase('good'), failed, phase('bad')]],
      // A finding may be of something that did not come, and stand where it should have begun.
      ['went wrong before it', [phase('bad'), failed, phase('good')]],
      ['could have happened', [failed]],
    ])('leaves it open whether the subject is at fault: %s', (_, told) => {
      const judged = verdictOf({}, [journal(...told)])
      expect(judged).toMatchObject({ verdict: 'inconclusive', reason })
      expect(judged.variants[0]!.evidence).toEqual([
        { at: 'imap:1#1', excerpt: expect.stringContaining('ended the connection') },
      ])
    })

    test('takes nothing from other stories, nor from what does not apply', () => {
      expect(verdictOf({}, [journal(phase('good'), failed), story('bad')])).toMatchObject({ verdict: 'fail' })
      const inapplicable = { inapplicable: () => 'nothing to read' }
      expect(verdictOf(inapplicable, [journal(failed)])).toMatchObject({ verdict: 'inapplicable' })
    })
  })

  test('a check that throws fails alone, by its own fault', () => {
    const judge = (): never => {
      throw new TypeError('no such field')
    }
    expect(verdictOf({ judge }, [story('good')])).toMatchObject({
      verdict: 'error',
      reason: 'the check itself failed: no such field',
    })
  })
})

describe('of several variants', () => {
  const scenarios = ['one', 'two', 'three']
  const variant = (scenario: string, name: string, door: 'tls' | 'interception' = 'tls') =>
    journalOf({ scenario, door }, phase(name))

  test('the worst counts and all are told, in the order of the check', () => {
    const journals = [
      variant('three', 'good'),
      variant('two', 'odd'),
      variant('one', 'good'),
      variant('two', 'bad', 'interception'),
    ]
    const judged = verdictOf({ scenarios }, journals)
    expect(judged).toMatchObject({ verdict: 'fail', reason: 'expected good; saw bad' })
    expect(judged.variants.map(({ scenario, door, verdict }) => [scenario, door, verdict])).toEqual([
      ['one', 'tls', 'pass'],
      ['two', 'interception', 'fail'],
      ['two', 'tls', 'inconclusive'],
      ['three', 'tls', 'pass'],
    ])
  })

  test('the order in which they ended changes nothing', () => {
    const journals = scenarios.flatMap((scenario) =>
      (['tls', 'interception'] as const).map((door, index) =>
        variant(scenario, ['good', 'bad', 'odd'][(scenario.length + index) % 3]!, door),
      ),
    )
    const expected = verdictOf({ scenarios }, journals)
    fc.assert(
      fc.property(fc.shuffledSubarray(journals, { minLength: journals.length }), (shuffled) => {
        expect(verdictOf({ scenarios }, shuffled)).toEqual(expected)
      }),
      { seed: 1, numRuns: 50 },
    )
  })
})

describe('evidence', () => {
  test('of a violation shows what was wrong, of a pass what was seen, five pieces at the most', () => {
    const [bad] = verdictOf({}, [story('good', 'bad', 'good')]).variants
    expect(bad?.evidence).toEqual([{ at: 'scenario#2', excerpt: 'scenario.phase phase=bad' }])
    const [good] = verdictOf({}, [story(...'abcdefg')]).variants
    expect(good?.evidence.map(({ at }) => at)).toEqual([1, 2, 3, 4, 5].map((position) => `scenario#${position}`))
  })

  test('may stand elsewhere than what was judged, and is told once', () => {
    const judge = () => violated({ expected: 'x', actual: 'y' }, 'imap:1#1', 'imap:1#1', 'imap:9#9')
    const opened = said(0, 'imap:1', 'imap.conn.open', { connection: 1, security: 'tls' })
    const [variant] = verdictOf({ judge }, [journalOf({ scenario: 'story' }, phase('a'), phase('b'), opened)]).variants
    expect(variant?.evidence).toEqual([{ at: 'imap:1#1', excerpt: 'imap.conn.open connection=1 security=tls' }])
  })
})

test('the report of a check carries its statement and how to play it again', () => {
  const { id, title, step, level, requiredBy, clause, consequence, fix } = checkOf()
  expect(verdictOf({}, [story('good')])).toMatchObject({
    ...{ id, title, step, level, requiredBy, clause, consequence, fix },
    replay: `oauth-imap run --only ${id}`,
  })
})
