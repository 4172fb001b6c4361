import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { compare } from '../live/drift/compare.ts'
import { readRecording } from '../live/drift/recording.ts'
import { google } from '../live/far-side.ts'
import { driftAreas } from '../model/drift.ts'
import { placeOf } from './live-drift.fixture.ts'
import { driftOf, googleExpectations } from './live/expectations.ts'

const { looks, known } = googleExpectations

describe('what is expected', () => {
  test('is said once for each look, in every area, with its source', () => {
    expect(new Set(looks.map(placeOf)).size).toBe(looks.length)
    expect(new Set(looks.map(({ area }) => area))).toEqual(new Set(driftAreas))
    for (const { source } of looks) expect(source.length).toBeGreaterThan(10)
  })

  test('has facts, or names of what may have any value', () => {
    for (const { facts, anyValue = [] } of looks) {
      expect(Object.keys(facts).length + anyValue.length).toBeGreaterThan(0)
      expect(anyValue.filter((name) => Object.hasOwn(facts, name))).toEqual([])
      for (const value of Object.values(facts)) expect(value).toMatch(/^\S(?:.*\S)?$/)
    }
  })

  test('leaves open what no capture settles: the version in an ID before login, not the vendor', () => {
    const seen = { area: 'imap-capability', look: 'id-before-login' } as const
    const expected = looks.find((look) => placeOf(look) === placeOf(seen))!
    const statesOf = (facts: Readonly<Record<string, string>>) =>
      compare([{ ...seen, facts }], googleExpectations).flatMap(({ fact, state }) =>
        state === 'unknown' ? [fact] : [],
      )
    expect(statesOf({ ...expected.facts, version: 'told' })).toEqual([])
    expect(statesOf({ ...expected.facts, vendor: 'kept', os: 'told' })).toEqual(['vendor', 'os'])
  })

  test('is expected of Google’s issuer with Gmail’s host, and of nobody else', () => {
    const here = { host: '127.0.0.1', port: 993 }
    expect(driftOf(google)).toBe(googleExpectations)
    expect(driftOf({ ...google, imap: here }).looks).toEqual([])
    expect(driftOf({ ...google, issuer: 'https://accounts.google.com/' }).looks).toEqual([])
  })
})

describe.each(known.map((one) => [`${one.look}: ${one.fact}`, one] as const))(
  '%s, known to differ',
  (_, difference) => {
    const expected = looks.find((look) => placeOf(look) === placeOf(difference))

    test('is about a look that there is, and differs from what is expected', () => {
      expect(expected).toBeDefined()
      expect(expected!.facts[difference.fact] ?? null).not.toBe(difference.observed)
      expect(expected!.anyValue ?? []).not.toContain(difference.fact)
    })

    test('is told with a day that has been, a source and a note, and stands there once', () => {
      expect(difference).toEqual({
        ...{ area: expected!.area, look: expected!.look, fact: expect.any(String) },
        observed: difference.observed === null ? null : expect.stringMatching(/./),
        since: expect.stringMatching(/^20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/),
        ...{ source: expect.stringMatching(/.{10}/), note: expect.stringMatching(/.{10}/) },
      })
      expect(Date.parse(difference.since)).toBeLessThan(Date.now())
      const alike = known.filter((one) => placeOf(one) === placeOf(difference) && one.fact === difference.fact)
      expect(alike.filter(({ observed }) => observed === difference.observed)).toEqual([difference])
    })
  },
)

/** What a recording has that neither the fixtures nor the list of known differences say. */
function unknownIn(text: string): readonly string[] {
  const { issuer, imap, looks: seen } = readRecording(text)
  const at = imap.lastIndexOf(':')
  const expectations = driftOf({ issuer, imap: { host: imap.slice(0, at), port: Number(imap.slice(at + 1)) } })
  if (expectations.looks.length === 0) return [`it is of ${issuer} and ${imap}`]
  return compare(seen, expectations)
    .filter(({ state }) => state === 'unknown')
    .map(({ area, look, fact, expected, observed }) => `${area}/${look}: ${fact} ${expected} → ${observed}`)
}

describe('what was recorded of Google', () => {
  const folder = new URL('../../fixtures/observations/', import.meta.url)
  const files = readdirSync(folder).filter((name) => name !== 'README.md')

  test('is as the fixtures say, or known to differ', () => {
    for (const name of files) {
      expect(name).toMatch(/\.json$/)
      expect(unknownIn(readFileSync(new URL(name, folder), 'utf8')), name).toEqual([])
    }
  })

  const recording = (change: object = {}): string => {
    const seen = looks.map(({ area, look, facts }) => ({ area, look, facts }))
    const at = { schemaVersion: 1, recordedOn: '2026-11-23', issuer: google.issuer, imap: 'imap.gmail.com:993' }
    return JSON.stringify({ ...at, looks: seen, ...change })
  }
  test('would be found if it had drifted', () => {
    expect(unknownIn(recording())).toEqual([])
    const [first, ...others] = looks
    const drifted = { ...first!, facts: { ...first!.facts, token_endpoint: 'https://oauth2.googleapis.com/v2/token' } }
    expect(unknownIn(recording({ looks: [drifted, ...others] }))).toEqual([
      'as-metadata/openid-configuration: token_endpoint https://oauth2.googleapis.com/token → https://oauth2.googleapis.com/v2/token',
    ])
    expect(unknownIn(recording({ issuer: 'https://issuer.example' }))).toEqual([
      'it is of https://issuer.example and imap.gmail.com:993',
    ])
  })
})
