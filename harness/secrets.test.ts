import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isSecretRef } from './model/secret.ts'
import { createRandom } from './random.ts'
import { type SecretRegistry, openSecrets } from './secrets.ts'
import { encodes, secret, surroundings } from './secrets.fixture.ts'

const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const registry = (...passwords: string[]): SecretRegistry => {
  const secrets = openSecrets(createRandom(1))
  for (const value of passwords) secrets.learn('password', value)
  return secrets
}

describe('a registered value', () => {
  test('is known by one reference, whoever learns it', () => {
    const secrets = registry('first-password-1234', 'second-state-567')
    expect(secrets.learn('state', 'first-password-1234')).toBe(secrets.refer('first-password-1234'))
    expect(secrets.learn('nonce', 'first-password-1234').ref).toBe('password-1')
    expect(secrets.learn('nonce', 'third').ref).toBe('nonce-1')
    expect(secrets.refer('unknown')).toBeUndefined()
    expect([...secrets.values()].map(({ ref, value }) => [ref, value])).toEqual([
      ['password-1', 'first-password-1234'],
      ['password-2', 'second-state-567'],
      ['nonce-1', 'third'],
    ])
  })

  test.each([
    ['', 'digits', 0],
    ['0123456789', 'digits', 33],
    ['00000000', 'digits', 0],
    ['0123456789abcdef', 'hex', 64],
    ['abcd-_XYZ', 'base64url', 28],
    ['abc.~', 'unreserved', 11],
    ['a b', 'printable', 4],
    ['ä€', 'any', 2],
  ])('%j is described as %s with %d bits', (value, alphabet, entropy) => {
    const ref = registry().learn('password', value)
    expect(ref).toEqual({ ref: 'password-1', kind: 'password', length: value.length, alphabet, entropy })
    expect(isSecretRef(ref)).toBe(true)
  })

  test('is never part of its description', () => {
    fc.assert(
      fc.property(secret, (value) => {
        const secrets = registry()
        const told = JSON.stringify(secrets.learn('password', value))
        // Short values of common letters may stand in any text.
        fc.pre(value.length >= 16)
        expect(secrets.scanner.scanText(told)).toEqual([])
      }),
      { seed: 1, numRuns: 200 },
    )
  })
})

describe('a minted value', () => {
  const shape = { prefix: 'ya29.a0', length: 120, alphabet: base64url }

  test('has its shape and a canary of its own, and is the same for the same seed', () => {
    const [one, two] = [registry(), registry()]
    const minted = [one.mint('access-token', shape), one.mint('access-token', shape)]
    expect(minted).toEqual([two.mint('access-token', shape), two.mint('access-token', shape)])
    for (const [index, value] of minted.entries()) {
      expect(value).toMatch(/^ya29\.a0[\w-]{113}$/)
      expect(value).toContain(`canary00${index}`)
      expect(one.mask(`Bearer ${value}`)).toBe(`Bearer ‹access-token-${index + 1}›`)
    }
  })

  test('is found although only what stands around its canary is shown', () => {
    const secrets = registry()
    const value = secrets.mint('refresh-token', { ...shape, prefix: '1//0' })
    const at = value.indexOf('canary')
    expect(secrets.scanner.scanText(value.slice(at, at + 12))).toMatchObject([{ ref: 'refresh-token-1' }])
  })
})

describe('masking', () => {
  const piece = (values: readonly string[]) =>
    fc.oneof(
      surroundings,
      fc.constantFrom(
        '‹password-1›',
        '‹part of password-2›',
        '‹password-2 base64›',
        '%',
        '\\',
        '%4',
        '\\u00',
        'ey',
        '\ufeff',
      ),
      fc
        .tuple(fc.constantFrom(...values), fc.constantFrom(...encodes), fc.constantFrom(...encodes), fc.nat(), fc.nat())
        .map(([value, [, inner], [, outer], from, to]) => {
          const text = outer(inner(value))
          return text.slice(
            from % 3 === 0 ? from % text.length : 0,
            to % 3 === 0 ? -(to % text.length) || undefined : undefined,
          )
        }),
    )
  const told = fc
    .tuple(secret, secret)
    .chain(([one, two]) => fc.tuple(fc.constant([one, two]), fc.array(piece([one, two, one + two]), { maxLength: 6 })))

  test('leaves nothing that the scanner finds, and is done at once', () => {
    fc.assert(
      fc.property(told, ([values, pieces]) => {
        const secrets = registry(...values)
        const masked = secrets.mask(pieces.join(''))
        expect(secrets.scanner.scanText(masked)).toEqual([])
        expect(secrets.mask(masked)).toBe(masked)
      }),
      { seed: 2, numRuns: 600 },
    )
  }, 60_000)

  test('changes nothing where there is nothing', () => {
    fc.assert(
      fc.property(secret, fc.string({ unit: 'grapheme', maxLength: 300 }), (value, text) => {
        const secrets = registry(value)
        fc.pre(secrets.scanner.scanText(text).length === 0)
        expect(secrets.mask(text)).toBe(text)
      }),
      { seed: 3, numRuns: 300 },
    )
  })

  test('keeps what stands around, letter by letter', () => {
    const around = surroundings.map((text) => text.replace(/[‹%\\]/g, ''))
    fc.assert(
      fc.property(around, around, (before, after) => {
        const value = 'q8Zr5Lw0Xy~q8Zr5Lw0Xz'
        expect(registry(value).mask(`\ufeff€${before} ${value}${after}\ufeff`)).toBe(
          `\ufeff€${before} ‹password-1›${after}\ufeff`,
        )
      }),
      { seed: 4, numRuns: 200 },
    )
  })

  const value = 'abcdefghijklmnopqrst/uvwxyz+0123456789'
  test.each([
    ['whole', `x ${value} y`, 'x ‹password-1› y'],
    ['twice', `${value}${value}`, '‹password-1›‹password-1›'],
    ['a part', `x ${value.slice(3, 20)}…`, 'x ‹part of password-1›…'],
    ['percent-encoded', `?a=${encodeURIComponent(value)}&b`, '?a=‹password-1 percent-encoded›&b'],
    ['half percent-encoded', `?a=${value.slice(0, 20)}%2F${value.slice(21)}&b`, '?a=‹password-1 percent-encoded›&b'],
    ['in JSON', JSON.stringify({ a: `${value}"` }).replace('/', '\\/'), '{"a":"‹password-1 json-escaped›\\""}'],
    ['in base64', `AUTH ${btoa(`user=x ${value}`)}`, 'AUTH dXNlcj14I‹password-1 base64›'],
  ])('%s: %s', (_, text, masked) => {
    expect(registry(value).mask(text)).toBe(masked)
  })

  test.each(['password-1', 'access-token', 'part of state', 'percent-encoded', '‹password-1›', 'password-1›'])(
    'a subject that calls its secret %s gains nothing by it',
    (hostile) => {
      const secrets = registry(hostile, 'percent-encoded', value)
      const masked = secrets.mask(
        `${hostile} ‹${hostile}› ${encodeURIComponent(value)} ${btoa(encodeURIComponent(hostile))}`,
      )
      expect(secrets.mask(masked)).toBe(masked)
      expect(secrets.scanner.scanText(masked)).toEqual([])
    },
  )

  test('overlapping secrets become one mark', () => {
    const secrets = registry('0123456789abcdefghij', 'fghijklmnopqrstuvwxyz')
    expect(secrets.mask('0123456789abcdefghijklmnopqrstuvwxyz!')).toBe(
      '‹password-1›!'.replace('password-1', 'part of password-1'),
    )
  })
})
