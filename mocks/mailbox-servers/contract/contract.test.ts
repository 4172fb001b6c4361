import { expect, test } from 'vitest'
import { canonical } from './canonical.fixture.ts'
import { placesOf } from './deviation.fixture.ts'
import { places } from './deviations.fixture.ts'
import type { Deviation, ServerName } from './row.fixture.ts'
import { rows } from './rows.fixture.ts'
import { readStory } from './story.fixture.ts'
import { compare } from './verdict.fixture.ts'

/** The contract holds together before any server is asked. */
test('every row has a title of its own, a clause, and answers to each of its lines', () => {
  expect(new Set(rows.map(({ title }) => title)).size).toBe(rows.length)
  for (const { because, story } of rows) {
    expect(because).toMatch(/RFC \d{4}|Google’s|Gmail’s captured/)
    expect(readStory(story).length).toBeGreaterThan(0)
  }
})

test.each(['C: NOOP', 'S: OK', 'C listens for mail', 'E: NOOP\nS: OK', 'C: NOOP\nS: OK\nC: NOOP\nS: OK', ''])(
  'a story that could be satisfied by nothing, or be misread, is none: %j',
  (story) => {
    expect(() => readStory(story)).toThrow()
  },
)

test.each(Object.entries(places))(
  'each deviation of %s is from a line of a row, with a reason, and from another answer',
  (_, known) => {
    for (const { deviation, row, line, lacks, has } of known) {
      const step = readStory(rows.find(({ title }) => title === row)?.story ?? '').find((each) => each.line === line)
      expect(step, `${row}: ${line}`).toBeDefined()
      expect(step!.answers, `${row}: ${line}`).toEqual(expect.arrayContaining([...lacks]))
      expect(lacks.filter((answer) => has.includes(answer))).toEqual([])
      expect(deviation.reason).toMatch(/\w{3}/)
    }
  },
)

test.each(['', 'C: NOOP', '- OK'])('a deviation that names no answer is none: %j', (text) => {
  expect(() => placesOf({ server: 'dovecot', reason: 'x', places: { row: text } })).toThrow()
})

const deviation: Deviation = { server: 'dovecot', reason: 'x', places: { row: 'C: NOOP\n- OK\n+ NO' } }

test('an answer that is otherwise passes only where it is listed, and only as it is listed', () => {
  const listed = placesOf(deviation)
  expect(compare(['* 1 EXISTS', 'OK'], ['* 1 EXISTS', 'NO'], [])).toMatchObject({ unlisted: ['- OK', '+ NO'] })
  expect(compare(['* 1 EXISTS', 'OK'], ['* 1 EXISTS', 'NO'], listed)).toEqual({ seen: listed, stale: [], unlisted: [] })
  expect(compare(['OK'], ['BAD'], listed)).toMatchObject({ stale: listed, unlisted: ['- OK', '+ BAD'] })
  expect(compare(['OK'], ['OK'], listed)).toMatchObject({ stale: listed, unlisted: [] })
  expect(compare(['OK'], ['NO', 'NO'], listed)).toMatchObject({ seen: listed, unlisted: ['+ NO'] })
  expect(compare(['OK'], [], [])).toMatchObject({ unlisted: ['- OK'] })
})

test.each([
  [
    ['* 2 EXPUNGE', '* 1 EXPUNGE', 't1 OK done'],
    ['* EXPUNGE 1 2', 'OK'],
  ],
  [
    ['* 1 EXPUNGE', '* 1 EXPUNGE', 't1 OK done'],
    ['* EXPUNGE 1 2', 'OK'],
  ],
  [['* 1 FETCH (UID 1 FLAGS (\\Seen \\Recent))'], ['* 1 FETCH FLAGS (\\Seen)', '* 1 FETCH UID 1']],
  [['* 1 FETCH (BODY[]<0>{1}\r\nx)'], ['* 1 FETCH "(BODY[]<0>{1}\\r\\nx)"']],
  [
    ['* OK [UIDVALIDITY 77] valid', 't1 OK [APPENDUID 77 3] done'],
    ['* OK [UIDVALIDITY v]', 'OK [APPENDUID v 3]'],
  ],
  [['+ eyJzdGF0dXMiOiI0MDAifQ=='], ['+ {"status":"400"}']],
  [['* SEARCH 3 10 2'], ['* SEARCH 2 3 10']],
] as const)('%j means %j', (responses, meaning) => {
  expect(canonical(responses, 't1')).toEqual(meaning)
})

test('every server has rows in which it does as it must', () => {
  for (const server of Object.keys(places) as ServerName[])
    expect(new Set(places[server].map(({ row }) => row)).size).toBeLessThan(rows.length)
})
