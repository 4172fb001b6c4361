import { describe, expect, test } from 'vitest'
import authorizationErrors from '../../fixtures/google/authorization-errors.json' with { type: 'json' }
import tokenErrors from '../../fixtures/google/token-errors.json' with { type: 'json' }
import refusals from '../../fixtures/gmail/refusals.json' with { type: 'json' }
import { exists } from '../runtime/files.ts'
import { fileURLToPath } from '../runtime/path.ts'
import { causes } from './causes/index.ts'
import { diagnosed, idsOf } from './diagnosed.fixture.ts'
import { literals } from './literals.fixture.ts'
import { questionNamed, questions } from './questions.ts'
import { signs } from './signs/index.ts'

describe('every literal of Google’s is recognised, with its causes', () => {
  test.each(literals)('$text', ({ text, causes: [first, ...others] }) => {
    const [newest, ...more] = diagnosed(text)
    expect(more).toEqual([])
    expect(idsOf(newest!)[0]).toBe(first)
    expect(idsOf(newest!)).toEqual(expect.arrayContaining(others))
  })
})

describe('whatever the mocks can answer is recognised too', () => {
  /** These are of an access token shown to an API, of JSON that is none, or our own words; no flow of mail meets them. */
  const others =
    /^(?:tokeninfo-bad-bare|credentials-|json-malformed|userinfo-bad|consent-stale|assertion-user-restricted)/
  const bodies = Object.entries(tokenErrors).filter(([name]) => !others.test(name))
  test.each(bodies)('token endpoint: %s', (_, body) => {
    expect(diagnosed(JSON.stringify(body)).flatMap(idsOf)).not.toEqual([])
  })
  test.each(Object.entries(authorizationErrors).filter(([name]) => !others.test(name)))('page: %s', (_, page) => {
    expect(
      diagnosed(`Error ${page.number}: ${page.code} ${page.message.replaceAll('\n', ' ')}`).flatMap(idsOf),
    ).not.toEqual([])
  })
  test.each(Object.entries(refusals))('Gmail: %s', (_, { answer }) => {
    expect(diagnosed(answer).flatMap(idsOf)).not.toEqual([])
  })
})

describe('the table of causes', () => {
  test('names each once, with what to do, a source and a preset that exists', async () => {
    expect(new Set(causes.map(({ id }) => id)).size).toBe(causes.length)
    for (const { id, user, application, source, preset } of causes) {
      expect([id, user, application, source]).toEqual([
        id,
        ...Array.from({ length: 3 }, () => expect.stringMatching(/\w{3}/)),
      ])
      if (preset === null || preset === 'any') continue
      const file = fileURLToPath(new URL(`../../fixtures/worlds/presets/${preset}.yaml`, import.meta.url))
      expect([id, await exists(file)]).toEqual([id, true])
    }
  })

  test('weighs signs and answers that there are', () => {
    const ids = new Set(signs.map(({ id }) => id))
    expect(ids.size).toBe(signs.length)
    for (const { id, explains, signs: weights = {}, answers = {} } of causes) {
      expect([id, [...explains, ...Object.keys(weights)].filter((sign) => !ids.has(sign))]).toEqual([id, []])
      for (const [key, options] of Object.entries(answers))
        for (const option of Object.keys(options))
          expect([id, questionNamed(key)?.options.map((each) => each.key)]).toEqual([
            id,
            expect.arrayContaining([option]),
          ])
    }
  })

  test('tells what is usual of options that there are', () => {
    for (const { key, usual, options } of questions)
      expect([key, Object.keys(usual).filter((name) => !options.some((option) => option.key === name))]).toEqual([
        key,
        [],
      ])
  })

  test('has a use for every sign and every question', () => {
    const used = new Set(causes.flatMap(({ explains, signs: weights = {} }) => [...explains, ...Object.keys(weights)]))
    expect(signs.map(({ id }) => id).filter((id) => !used.has(id))).toEqual([])
    const asked = new Set(causes.flatMap(({ answers = {} }) => Object.keys(answers)))
    expect(questions.map(({ key }) => key).filter((key) => !asked.has(key))).toEqual([])
  })

  test('has at least ten causes of invalid_grant', () => {
    expect(causes.filter(({ explains }) => explains.includes('invalid_grant')).length).toBeGreaterThanOrEqual(10)
  })
})
