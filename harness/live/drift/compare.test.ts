import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ExpectedLook, type Look, driftAreas } from '../../model/drift.ts'
import { compare } from './compare.ts'

const word = fc.string({ minLength: 1, maxLength: 6 })
const facts = fc.dictionary(word, word, { maxKeys: 5 })
const look: fc.Arbitrary<Look> = fc.record({ area: fc.constantFrom(...driftAreas), look: word, facts })
const looks = fc.uniqueArray(look, { minLength: 1, maxLength: 5, selector: (one) => `${one.area}/${one.look}` })
/** A look with at least one fact among others, and which of all it is. */
const chosen = looks
  .filter((all) => all.some((one) => Object.keys(one.facts).length > 0))
  .chain((all) =>
    fc.record({
      all: fc.constant(all),
      index: fc.constantFrom(...all.flatMap((one, index) => (Object.keys(one.facts).length > 0 ? [index] : []))),
    }),
  )
  .chain(({ all, index }) =>
    fc.record({
      all: fc.constant(all),
      index: fc.constant(index),
      fact: fc.constantFrom(...Object.keys(all[index]!.facts)),
    }),
  )

const expecting = (all: readonly Look[]): readonly ExpectedLook[] =>
  all.map((one) => ({ ...one, source: 'a capture of today' }))
const differing = (seen: readonly Look[], looksExpected: readonly Look[]) =>
  compare(seen, { looks: expecting(looksExpected), known: [] }).filter(({ state }) => state !== 'same')
const without = (one: Look, fact: string): Look => ({
  ...one,
  facts: Object.fromEntries(Object.entries(one.facts).filter(([name]) => name !== fact)),
})

describe('whatever the looks', () => {
  test('the same are the same, fact by fact, in any order', () => {
    fc.assert(
      fc.property(looks, (all) => {
        const rows = compare(all.toReversed(), { looks: expecting(all), known: [] })
        expect(rows.filter(({ state }) => state !== 'same')).toEqual([])
        expect(rows.length).toBe(all.flatMap((one) => Object.keys(one.facts)).length)
      }),
    )
  })

  test('a fact with another value is the one difference', () => {
    fc.assert(
      fc.property(chosen, ({ all, index, fact }) => {
        const { area, look: name, facts: said } = all[index]!
        const changed = all.with(index, { ...all[index]!, facts: { ...said, [fact]: `${said[fact]} no more` } })
        expect(differing(changed, all)).toEqual([
          {
            ...{ area, look: name, fact, state: 'unknown', expected: said[fact], observed: `${said[fact]} no more` },
            ...{ since: null, note: null },
          },
        ])
      }),
    )
  })

  test('so is a fact that is gone, and one that nobody expected', () => {
    fc.assert(
      fc.property(chosen, ({ all, index, fact }) => {
        const one = all[index]!
        const fewer = all.with(index, without(one, fact))
        const row = { area: one.area, look: one.look, fact, state: 'unknown' }
        expect(differing(fewer, all)).toEqual([expect.objectContaining({ ...row, observed: null })])
        expect(differing(all, fewer)).toEqual([
          expect.objectContaining({ ...row, expected: null, observed: one.facts[fact] }),
        ])
      }),
    )
  })

  test('a look that was not made is one row, whatever it would have shown', () => {
    fc.assert(
      fc.property(looks, (all) => {
        const [{ area, look: name }] = all as [Look, ...Look[]]
        const rows = differing(all.slice(1), all)
        expect(rows).toEqual([expect.objectContaining({ area, look: name, fact: '', state: 'not-observed' })])
      }),
    )
  })
})

const area = 'imap-capability'
const expected: ExpectedLook = { area, look: 'before-login', facts: { IDLE: 'yes', ID: 'yes' }, source: 'a capture' }
const known = {
  area,
  look: 'before-login',
  fact: 'MOVE',
  observed: 'yes',
  since: '2026-11-01',
  source: 's',
  note: 'n',
} as const
const seen = (said: Readonly<Record<string, string>>, name = 'before-login'): Look => ({
  area,
  look: name,
  facts: said,
})
const statesOf = (all: readonly Look[], looksExpected: readonly ExpectedLook[] = [expected]) =>
  compare(all, { looks: looksExpected, known: [known] }).map(({ look: name, fact, state }) => [name, fact, state])

describe('a known difference', () => {
  test('is told with its day and its note', () => {
    expect(
      compare([seen({ IDLE: 'yes', ID: 'yes', MOVE: 'yes' })], { looks: [expected], known: [known] }),
    ).toContainEqual({
      ...{ area, look: 'before-login', fact: 'MOVE', state: 'known', expected: null, observed: 'yes' },
      ...{ since: '2026-11-01', note: 'n' },
    })
  })

  test.each([
    ['with another value', seen({ IDLE: 'yes', ID: 'yes', MOVE: 'no' }), 'MOVE'],
    ['as another fact', seen({ IDLE: 'yes', ID: 'yes', MOVES: 'yes' }), 'MOVES'],
  ])('is unknown %s', (_, one, fact) => {
    expect(statesOf([one]).filter(([, , state]) => state !== 'same')).toEqual([['before-login', fact, 'unknown']])
  })

  test('is unknown in another look', () => {
    expect(statesOf([seen({ MOVE: 'yes' }, 'after-login')])).toEqual([
      ['before-login', '', 'not-observed'],
      ['after-login', 'MOVE', 'unknown'],
    ])
  })

  test('that is gone again is the same again', () => {
    expect(statesOf([seen({ IDLE: 'yes', ID: 'yes' })]).map(([, , state]) => state)).toEqual(['same', 'same'])
  })

  test('may be that something is missing', () => {
    const gone = { ...known, fact: 'IDLE', observed: null }
    const [row] = compare([seen({ ID: 'yes' })], { looks: [expected], known: [gone] })
    expect(row).toMatchObject({ fact: 'IDLE', state: 'known', expected: 'yes', observed: null })
  })
})

test('what may have any value may be missing too, and is expected by its name', () => {
  const loose = { ...expected, anyValue: ['version'] }
  const states = (said: Readonly<Record<string, string>>) => statesOf([seen({ ...expected.facts, ...said })], [loose])
  expect(states({ version: 'gmail_1' }).map(([, fact, state]) => [fact, state])).toContainEqual(['version', 'same'])
  expect(states({}).filter(([, , state]) => state !== 'same')).toEqual([])
  expect(states({ versions: 'gmail_1' }).filter(([, , state]) => state !== 'same')).toHaveLength(1)
})

test('what two logins showed alike is told once, what they showed apart twice', () => {
  const twice = compare([seen({ ID: 'no' }), seen({ ID: 'no' }), seen({ ID: 'so' })], { looks: [expected], known: [] })
  expect(twice.filter(({ fact }) => fact === 'ID').map(({ observed }) => observed)).toEqual(['no', 'so'])
})

test('of another service nothing is compared', () => {
  expect(compare([seen({ ID: 'yes' })], { looks: [], known: [] })).toEqual([])
})

test('names that every object has are facts like others', () => {
  const odd = seen(JSON.parse('{"__proto__": "a", "constructor": "b", "IDLE": "yes", "ID": "yes"}'))
  const rows = compare([odd], { looks: [expected], known: [] }).filter(({ state }) => state !== 'same')
  expect(rows.map(({ fact, observed }) => [fact, observed])).toEqual([
    ['__proto__', 'a'],
    ['constructor', 'b'],
  ])
  const lacking = { ...expected, facts: JSON.parse('{"toString": "a"}') as Record<string, string> }
  expect(compare([seen({})], { looks: [lacking], known: [] })).toMatchObject([{ state: 'unknown', observed: null }])
})
