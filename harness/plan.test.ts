import { describe, expect, test } from 'vitest'
import { checkOf } from './hand-made.fixture.ts'
import { Fault } from './model/fault.ts'
import type { Scenario } from './model/scenario.ts'
import { type Catalogue, type Selection, makePlan } from './plan.ts'

const scenario = (id: string, ...doors: Scenario['doors'][number][]): Scenario => ({
  id,
  title: id,
  stage: 'none',
  doors,
  play: async () => {},
})
const twin = { title: 'works', twin: 'peace', passed: () => true }
const catalogue: Catalogue = {
  version: 1,
  scenarios: [scenario('story', 'interception', 'tls'), scenario('peace', 'tls'), scenario('files', 'interception')],
  checks: [
    checkOf({ id: 'authz/pkce-s256', step: 6 }),
    checkOf({ id: 'store/file-mode', step: 7, scenarios: ['files'] }),
    checkOf({ id: 'store/encrypted', step: 7, scenarios: ['files', 'story'], control: twin }),
    checkOf({ id: 'store/deep/file-mode', step: 7, scenarios: ['files'] }),
  ],
}
const planned = (selection: Partial<Selection>) => {
  const { checks, plays, complete } = makePlan({ only: [], steps: [], ...selection }, catalogue)
  return { ids: checks.map(({ id }) => id), plays: plays.map((play) => `${play.scenario.id} ${play.door}`), complete }
}
const faultOf = (selection: Partial<Selection>): Fault => {
  try {
    planned(selection)
  } catch (error) {
    if (error instanceof Fault) return error
  }
  throw new Error('no fault')
}

test('without a selection everything is played, through every door', () => {
  expect(planned({})).toEqual({
    ids: catalogue.checks.map(({ id }) => id),
    plays: ['story interception', 'story tls', 'peace tls', 'files interception'],
    complete: true,
  })
})

describe('globs', () => {
  test.each([
    ['authz/pkce-s256', ['authz/pkce-s256']],
    ['store/*', ['store/file-mode', 'store/encrypted']],
    ['store/**', ['store/file-mode', 'store/encrypted', 'store/deep/file-mode']],
    ['**file-mode', ['store/file-mode', 'store/deep/file-mode']],
    ['*', []],
    ['store.file-mode', []],
    ['(store', []],
    ['store/file', []],
  ])('%s selects %j', (glob, ids) => {
    if (ids.length === 0) expect(faultOf({ only: [glob] }).code).toBe('UNKNOWN_NAME')
    else expect(planned({ only: [glob] })).toMatchObject({ ids, complete: false })
  })

  test('several add up, in the order of the catalogue', () => {
    expect(planned({ only: ['store/enc*', 'authz/*'] }).ids).toEqual(['authz/pkce-s256', 'store/encrypted'])
  })
})

test('steps narrow what globs select', () => {
  expect(planned({ steps: [7] }).ids).toHaveLength(3)
  expect(planned({ steps: [6, 7], only: ['**/*-*'] }).ids).toEqual([
    'authz/pkce-s256',
    'store/file-mode',
    'store/deep/file-mode',
  ])
  expect(planned({ steps: [6, 7] }).complete).toBe(true)
})

test('only what a check or its control needs is played, once', () => {
  expect(planned({ only: ['store/file-mode', 'store/deep/*'] }).plays).toEqual(['files interception'])
  expect(planned({ only: ['store/encrypted'] }).plays).toEqual([
    'story interception',
    'story tls',
    'peace tls',
    'files interception',
  ])
})

describe('a selection of nothing says what to do', () => {
  test('for a misspelt id', () => {
    const fault = faultOf({ only: ['store/*', 'store/fil-mode'] })
    expect([fault.code, fault.message, fault.hint]).toEqual([
      'UNKNOWN_NAME',
      'No check is named store/fil-mode.',
      'Did you mean store/file-mode? `oauth-imap list` shows all.',
    ])
  })

  test('for globs and steps that exclude each other', () => {
    expect(faultOf({ only: ['store/*'], steps: [6] }).message).toBe('No check is left by this selection.')
  })
})
