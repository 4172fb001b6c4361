import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Look } from '../../model/drift.ts'
import { createRandom } from '../../random.ts'
import { openSecrets } from '../../secrets.ts'
import { makeRecording, readRecording } from './recording.ts'

const at = { recordedOn: '2026-11-23', issuer: 'https://accounts.google.com', imap: 'imap.gmail.com:993' }
const capability: Look = {
  area: 'imap-capability',
  look: 'before-login',
  facts: { IMAP4REV1: 'yes', 'AUTH=XOAUTH2': 'yes', 'APPENDLIMIT=35651584': 'yes' },
}
const metadata: Look = {
  area: 'as-metadata',
  look: 'openid-configuration',
  facts: {
    issuer: 'https://accounts.google.com',
    grant_types_supported: '["authorization_code","urn:ietf:params:oauth:grant-type:device_code"]',
    authorization_response_iss_parameter_supported: 'true',
    'cache-control': 'no-cache, no-store, max-age=0, must-revalidate',
  },
}
const looks = [capability, metadata]

describe('a recording', () => {
  test('of the same run is the same text but for its day', () => {
    const text = makeRecording(looks, at, [])
    const later = makeRecording(
      [...looks.toReversed(), capability].map(({ facts, ...rest }) => ({
        facts: Object.fromEntries(Object.entries(facts).toReversed()),
        ...rest,
      })),
      { ...at, recordedOn: '2026-11-30' },
      [],
    )
    expect(later.replace('2026-11-30', '2026-11-23')).toBe(text)
    expect(text).toMatch(/^\{\n {2}"schemaVersion": 1,\n[^]*\n\}\n$/)
  })

  test('says what was looked at, and nothing else of it', () => {
    expect(readRecording(makeRecording(looks, at, []))).toEqual({
      schemaVersion: 1,
      ...at,
      looks: [metadata, capability],
    })
  })

  test('keeps apart what two accounts showed apart', () => {
    const other = { ...capability, facts: { IMAP4REV1: 'yes' } }
    expect(readRecording(makeRecording([capability, other, capability], at, [])).looks).toHaveLength(2)
  })

  test('is read again whatever names and values it holds', () => {
    const word = fc.stringMatching(/^[a-z_":\\{ ]{1,9}$/)
    fc.assert(
      fc.property(fc.dictionary(word, word), (facts) => {
        const odd: Look = { area: 'as-metadata', look: 'jwks', facts }
        expect(readRecording(makeRecording([odd], at, [])).looks).toEqual([{ ...odd, facts: { ...facts } }])
      }),
    )
  })
})

describe('nothing is recorded of', () => {
  const secrets = openSecrets(createRandom(1))
  const token = secrets.mint('access-token', { prefix: 'opaque-', length: 60, alphabet: 'abcdef' })
  const saying = (value: string, fact = 'said'): Look => ({
    area: 'xoauth2-error',
    look: 'xoauth2',
    facts: { [fact]: value },
  })

  test.each([
    ['as it is', token],
    ['in base64', btoa(`user=a, auth=Bearer ${token}`)],
    ['in part', `…${token.slice(9, 40)}…`],
  ])('a secret of the run, %s', (_, value) => {
    expect(() => makeRecording([...looks, saying(value)], at, [secrets.scanner])).toThrow(/would show ‹access-token-1›/)
    expect(() => makeRecording([saying('x', value)], at, [secrets.scanner])).toThrow(/would show ‹access-token-1›/)
  })

  // Put together here, so that nobody takes them for real ones.
  test.each([
    ['access token', ['ya', '29.a0AfExample'].join('')],
    ['refresh token', ['1/', '/0gExample'].join('')],
    ['authorization code', ['4/', '0AExample'].join('')],
    ['client secret', ['GOC', 'SPX-example'].join('')],
    ['client id', '1234-abc.apps.googleusercontent.com'],
    ['signed token', ['ey', 'JhbGciOiJSUzI1NiJ9.e30.c2ln'].join('')],
    ['address of an account', 'alice@example.com authenticated (Success)'],
    ['IP address', 'OK Gimap ready for requests from 203.0.113.7 x'],
    ['IP address', 'remote-host 2001:db8:0:1::7'],
    ['text without end', 'no '.repeat(2_000)],
    ['random text', 'Lookup failed d9443c01a7336Bb2Xy-ab12CdEf34'],
  ])('what looks like a %s: %s', (kind, value) => {
    expect(() => makeRecording([...looks, saying(value)], at, [])).toThrow(`would show ‹${kind}›`)
    expect(() => makeRecording([saying('yes', value)], at, [])).toThrow(`would show ‹${kind}›`)
  })

  test('a server that says what takes long to read is looked at quickly', () => {
    for (const part of ['a', 'a@', 'A1', 'a:', '1.', '@.'])
      for (const facts of [{ said: part.repeat(2_400) }, { [part.repeat(2_400)]: 'said' }]) {
        const looked = Array.from({ length: 50 }, (_, index): Look => ({ ...saying('x'), look: `${index}`, facts }))
        try {
          makeRecording(looked, at, [])
        } catch (error) {
          expect(error).toMatchObject({ code: 'SECRET_IN_OUTPUT' })
        }
      }
  })

  test('anybody, by the message itself', () => {
    expect(() => makeRecording([saying('alice@example.com')], at, [])).not.toThrow(/alice/)
  })
})

describe('what is read', () => {
  const good = { schemaVersion: 1, ...at, looks }
  test.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['nothing', 'null'],
    ['another version', JSON.stringify({ ...good, schemaVersion: 2 })],
    ['no day', JSON.stringify({ ...good, recordedOn: 'yesterday' })],
    ['an area that nobody knows', JSON.stringify({ ...good, looks: [{ ...metadata, area: 'smtp' }] })],
    ['a fact that is no text', JSON.stringify({ ...good, looks: [{ ...metadata, facts: { issuer: 1 } }] })],
    ['a look without facts', JSON.stringify({ ...good, looks: [{ area: 'as-metadata', look: 'jwks' }] })],
  ])('is no recording if it is %s', (_, text) => {
    expect(() => readRecording(text)).toThrow(expect.objectContaining({ code: 'SETTINGS_INVALID' }))
    expect(readRecording(JSON.stringify(good))).toEqual(good)
  })
})
