import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom } from './random.ts'
import { type Scanner, createScanner } from './secret-scanner.ts'
import { encodes, gzip, octetsOf, secret, secretOf, surroundings } from './secrets.fixture.ts'

const scannerOf = (...values: string[]): Scanner => {
  const scanner = createScanner()
  values.forEach((value, index) => scanner.add({ ref: `password-${index + 1}`, kind: 'password', value }))
  return scanner
}
const refsIn = (scanner: Scanner, text: string): string[] => scanner.scanText(text).map(({ ref }) => ref)

describe('a secret is found', () => {
  const placed = fc.record({ value: secret, before: surroundings, after: surroundings })

  test.each(encodes)('%s', (_, encode) => {
    fc.assert(
      fc.property(placed, ({ value, before, after }) => {
        expect(refsIn(scannerOf(value), `${before}\n ${encode(value)} ${after}`)).toContain('password-1')
      }),
      { seed: 1, numRuns: 60 },
    )
  })

  test('in any encoding of any encoding', () => {
    const some = fc.constantFrom(...encodes)
    fc.assert(
      fc.property(placed, some, some, ({ value, before, after }, [, inner], [, outer]) => {
        expect(refsIn(scannerOf(value), `${before} ${outer(inner(value))} ${after}`)).toContain('password-1')
      }),
      { seed: 2, numRuns: 600 },
    )
  })

  test('three layers deep', () => {
    const value = 'Zx81-Spectrum~Commodore'
    const [percent, json, base64] = ['percent-encoded in lower case', 'in JSON with \\u escapes', 'in base64'].map(
      (name) => encodes.find(([known]) => known === name)![1],
    )
    expect(scannerOf(value).scanText(base64!(json!(percent!(value))))).toMatchObject([
      { ref: 'password-1', form: 'base64 > json-escaped > percent-encoded', exact: false },
    ])
  })

  test('in any run of 12 characters, raw or encoded', () => {
    const long = secretOf(fc.integer({ min: 13, max: 300 }))
    fc.assert(
      fc.property(long, fc.nat(), fc.constantFrom(...encodes), (value, start, [, encode]) => {
        const octets = octetsOf(value)
        const run = octets.slice(start % (octets.length - 11)).slice(0, 12)
        // A part of a character is no text, and a run of few symbols tells nothing.
        fc.pre(new Set(run).size >= 5 && run === value.slice(value.indexOf(run)).slice(0, 12))
        expect(refsIn(scannerOf(value), `shown: ${encode(run)}…`)).toEqual(['password-1'])
      }),
      { seed: 3, numRuns: 400 },
    )
  })

  test('from 12 characters on', () => {
    const scanner = scannerOf('4/0AfJohXnLq7zWkTgcBv')
    expect(refsIn(scanner, 'begins with 4/0AfJohXnLq…')).toEqual(['password-1'])
    expect(refsIn(scanner, 'begins with 4/0AfJohXnL…')).toEqual([])
  })

  test('in a gzip member, of base64, in base64, after other octets and before others', async () => {
    const shapes = fc.constantFrom('plain', 'in base64', 'followed', 'cut')
    await fc.assert(
      fc.asyncProperty(secret, surroundings, fc.constantFrom(...encodes), shapes, async (value, before, way, shape) => {
        const member = await gzip(`${before} ${way[1](value)} ${'and so on '.repeat(shape === 'cut' ? 900 : 1)}`)
        const bytes =
          shape === 'in base64'
            ? new TextEncoder().encode(`${before} ${btoa(String.fromCharCode(...member))}`)
            : Uint8Array.from([1, 0x1f, 0x8b, 8, 0xff, ...(shape === 'cut' ? member.slice(0, -6) : member), 7, 7])
        const leaks = await scannerOf(value).scan(bytes)
        expect(leaks.map(({ ref }) => ref)).toContain('password-1')
      }),
      { seed: 4, numRuns: 120 },
    )
  })

  test('at its place, by its plainest reading, once', () => {
    const value = 'ya29.a0AfB_byC-d/e+f~0123456789'
    const scanner = scannerOf(value)
    const whole = { ref: 'password-1', kind: 'password', offset: 7, end: 7 + value.length, form: 'raw', exact: true }
    expect(scanner.scanText(`€ Beat ${value}.`)).toEqual([{ ...whole, offset: 9, end: 9 + value.length }])
    const encoded = encodeURIComponent(value)
    expect(scanner.scanText(`token: ${encoded}&a=%20`)).toEqual([
      { ...whole, end: 7 + encoded.length, form: 'percent-encoded', exact: false },
    ])
    expect(scanner.scanText(`${value.slice(1)}`)).toMatchObject([{ offset: 0, form: 'raw', exact: false }])
  })

  test('although another secret begins with the same characters', () => {
    const scanner = scannerOf('shared-beginning-one', 'shared-beginning-two', 'shared-beginning-one-and-more')
    expect(scanner.scanText('shared-beginning-two')).toMatchObject([{ ref: 'password-2', exact: true }])
    expect(scanner.scanText('shared-beginning-one.')).toMatchObject([{ ref: 'password-1', exact: true }])
    expect(scanner.scanText('shared-beginning-one-and-more')).toMatchObject([{ ref: 'password-3', exact: true }])
  })

  test('next to another one', () => {
    fc.assert(
      fc.property(secret, secret, (one, two) => {
        fc.pre(!one.includes(two) && !two.includes(one))
        const refs = new Set(refsIn(scannerOf(one, two), `${one}${two}`))
        expect([...refs].toSorted()).toEqual(['password-1', 'password-2'])
      }),
      { seed: 5, numRuns: 100 },
    )
  })

  test('whole, when it is too short or too plain for a part to tell anything', () => {
    const scanner = scannerOf('abc123', '000000000000000', 'abc12')
    expect(refsIn(scanner, 'x=abc123;')).toEqual(['password-1'])
    expect(refsIn(scanner, 'x=bc123;')).toEqual([])
    expect(refsIn(scanner, 'x=000000000000000;')).toEqual(['password-2'])
    expect(refsIn(scanner, 'x=00000000000000;')).toEqual([])
    expect(refsIn(scanner, 'abc12')).toEqual([])
  })
})

describe('nothing is found where nothing is', () => {
  test('of a state or nonce that may as well be a word', () => {
    const scanner = createScanner()
    scanner.add({ ref: 'state-1', kind: 'state', value: 'google' })
    scanner.add({ ref: 'nonce-1', kind: 'nonce', value: 'gmail-oauth' })
    scanner.add({ ref: 'state-2', kind: 'state', value: 'google-oauth' })
    expect(refsIn(scanner, 'https://accounts.google.com gmail-oauth google-oauth')).toEqual(['state-2'])
  })

  const random = createRandom(1)
  const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const shapes = ['ya29.a0', '1//0', 'GOCSPX-', '4/0A', '', 'v2.local.']
  const tokens = () => shapes.map((prefix) => prefix + random.text(20 + random.integer(200), base64url))
  const header = btoa('{"alg":"RS256","kid":"test-only-google-signing-key-1","typ":"JWT"}').replaceAll('=', '')
  const jwt = () => `${header}.eyJ${random.text(300, base64url)}.${random.text(342, base64url)}`
  const scanner = scannerOf(...Array.from({ length: 10 }, tokens).flat(), ...Array.from({ length: 5 }, jwt))

  test('in tokens of the same shape, and in JWTs with the same header', () => {
    for (let round = 0; round < 300; round++)
      expect(scanner.scanText([...tokens(), jwt()].join(round % 2 ? ' ' : '&'))).toEqual([])
    expect(scanner.scanText(`${header}.`)).toEqual([])
  })

  test('in random text, whatever it may be an encoding of', () => {
    const alphabets = [base64url, '%0123456789abcdef', '\\u00415"/nx', ' abcdefgh\n', base64url.repeat(3) + '\n=']
    for (let round = 0; round < 300; round++)
      expect(scanner.scanText(random.text(4000, alphabets[round % alphabets.length]!))).toEqual([])
  })

  test('in octets', async () => {
    for (let round = 0; round < 50; round++) expect(await scanner.scan(random.bytes(4000))).toEqual([])
    expect(await scanner.scan(await gzip(tokens().join('\n')))).toEqual([])
  })

  test('in what anybody knows, although a client wrote it into its state', () => {
    const state = '{"next":"http://127.0.0.1:8080/inbox","scope":"https://mail.google.com/","nonce":"q8Zr5Lw0Xy"}'
    expect(refsIn(scannerOf(state), 'Ask for https://mail.google.com/ and listen on http://127.0.0.1:9')).toEqual([])
    expect(refsIn(scannerOf(state), '"nonce":"q8Zr5Lw0Xy"')).toEqual(['password-1'])
    expect(refsIn(scannerOf('http://localhost'), 'http://localhost')).toEqual([])
  })

  test('in a mark, although a secret reads like one', () => {
    const hostile = scannerOf('password-1', 'access-token', 'percent-encoded')
    expect(hostile.scanText('‹state-1› ‹part of access-token-12› ‹state-2 base64 > percent-encoded›')).toEqual([])
    expect(refsIn(hostile, '‹access-token› ‹password-1')).toEqual(['password-2', 'password-1'])
  })
})

test('a JWT is found whole and by its signature', () => {
  const [header, payload, signature] = ['{"alg":"RS256"}', '{"sub":"110169484474386276334"}', 'q8Zr5Lw0Xy~q8Zr5'].map(
    btoa,
  )
  const scanner = scannerOf(`${header}.${payload}.${signature!.replaceAll('=', '')}`)
  expect(scanner.scanText(`jwt ${header}.${payload}.${signature}`)).toMatchObject([{ exact: true, offset: 4 }])
  expect(scanner.scanText(signature!)).toMatchObject([{ ref: 'password-1', exact: false }])
})

test('what was planted is found in each channel as it is planted', async () => {
  const scanner = createScanner()
  const value = `planted${createRandom(2).text(41, 'abcdefghijklmnopqrstuvwxyz0123456789')}`
  scanner.add({ ref: 'planted-canary-1', kind: 'planted-canary', value })
  const told = `planted control: ${value}`
  for (const text of [`${told}\n`, btoa(told)])
    expect(await scanner.scan(new TextEncoder().encode(text))).toMatchObject([{ kind: 'planted-canary' }])
})

test('a leak never tells the value', async () => {
  await fc.assert(
    fc.asyncProperty(secretOf(fc.integer({ min: 12, max: 60 })), async (value) => {
      const leaks = await scannerOf(value).scan(new TextEncoder().encode(`x ${value}`))
      expect(Object.keys(leaks[0]!).toSorted()).toEqual(['form', 'kind', 'offset', 'ref'])
    }),
    { seed: 6, numRuns: 20 },
  )
})

describe('time grows like the text', () => {
  const random = createRandom(3)
  const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  const values = Array.from({ length: 40 }, () => random.text(200, base64))
  const scanner = scannerOf(...values)
  const onlyParts = values.map((value) => value.slice(3, 17)).join(' ')
  const texts: readonly (readonly [string, string])[] = [
    ['the base64 alphabet', base64],
    ['base64 of base64 of base64', btoa(btoa(btoa(base64)))],
    ['%41', '%41'],
    ['%25 of %25', '%252541'],
    ['backslashes', '\\'],
    ['quotes and backslashes', '"\\"'],
    ['\\u0041', '\\u0041'],
    ['lines of %41', '%41\n'],
    ['lines of base64', `${base64}\r\n`],
    ['one secret after the other', `${values.join('')} `],
    ['parts of secrets', onlyParts],
    ['marks that never end', '‹state-1 '],
    ['lookalikes of gzip members', '\u001f\u008b\b\0aaaaaaaa'],
  ]
  const ofLength = (piece: string, length: number): string =>
    piece.repeat(Math.ceil(length / piece.length)).slice(0, length)
  const timed = (text: string): number => {
    const started = performance.now()
    scanner.scanText(text)
    return performance.now() - started
  }

  test.each(texts)(
    '%s',
    (_, piece) => {
      const [small, large] = [250_000, 1_000_000].map((length) => ofLength(piece, length))
      const best = { small: Infinity, large: Infinity }
      // Four times the text; a square law would make sixteen times the time. A busy machine is given several chances.
      for (let round = 0; round < 8 && !(best.large / best.small < 10); round++) {
        best.small = Math.min(best.small, Math.max(5, timed(small!)))
        best.large = Math.min(best.large, timed(large!))
      }
      expect(best.large / best.small).toBeLessThan(10)
    },
    60_000,
  )

  test('a file full of lookalikes of gzip members is looked at, not endlessly', async () => {
    const bytes = Uint8Array.from(ofLength('\u001f\u008b\b\0abcd', 500_000), (octet) => octet.charCodeAt(0))
    expect(await scanner.scan(bytes)).toEqual([])
  }, 60_000)
})
