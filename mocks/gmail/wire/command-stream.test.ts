import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CommandStream, type Framed, latin1, octetsOf } from './command-stream.ts'

const limits = { line: 100, literal: 50, nonSynchronizing: 20 }

function frame(text: string, cuts: readonly number[] = []): Framed[] {
  const stream = new CommandStream(limits)
  const octets = octetsOf(text)
  const ends = [...new Set(cuts.map((cut) => cut % (octets.length + 1)))].toSorted((a, b) => a - b)
  return [0, ...ends].flatMap((start, index) => [...stream.push(octets.subarray(start, ends[index]))])
}

const readable = (framed: readonly Framed[]) =>
  framed.map((item) => (item.kind === 'line' ? [item.text, ...item.literals.map(latin1)] : item.kind))

describe('commands', () => {
  test.each([
    ['a line', 'a NOOP\r\n', [['a NOOP\r']]],
    ['two pipelined lines', 'a NOOP\r\nb NOOP\r\n', [['a NOOP\r'], ['b NOOP\r']]],
    ['a bare LF, kept apart from CRLF', 'a NOOP\n', [['a NOOP']]],
    ['a synchronizing literal', 'a X {3}\r\n(\r) y\r\n', ['literal-announced', ['a X {3}\r\n y\r', '(\r)']]],
    ['a non-synchronizing literal', 'a X {3+}\r\nA1 {0+}\r\n\r\n', [['a X {3+}\r\n{0+}\r\n\r', 'A1 ', '']]],
    ['a literal that looks like a command', 'a X {9+}\r\nb NOOP\r\n!\r\n', [['a X {9+}\r\n\r', 'b NOOP\r\n!']]],
    ['braces inside a line', 'a X {3} y\r\n', [['a X {3} y\r']]],
  ])('%s', (_, sent, expected) => {
    expect(readable(frame(sent))).toEqual(expected)
  })

  test('are the same however the octets are cut', () => {
    const piece = fc.oneof(
      fc.constantFrom('a NOOP\r\n', 'b X {4+}\r\n', 'c {2}\r\n', '\n', '\r', '{', '}', '{99}\r\n', '{30+}\r\n'),
      fc.string({ unit: 'binary-ascii', maxLength: 60 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.array(fc.nat(), { maxLength: 30 }), (pieces, cuts) => {
        const sent = pieces.join('')
        expect(readable(frame(sent, cuts))).toEqual(readable(frame(sent)))
        expect(
          readable(
            frame(
              sent,
              [...sent].map((_, index) => index),
            ),
          ),
        ).toEqual(readable(frame(sent)))
      }),
    )
  })
})

describe('limits', () => {
  test.each([
    ['an endless line, and goes on behind it', `a ${'x'.repeat(500)}\r\nb NOOP\r\n`, ['refused', ['b NOOP\r']]],
    ['a synchronizing literal that is too large', 'a X {51}\r\nb NOOP\r\n', ['refused', ['b NOOP\r']]],
    [
      'a non-synchronizing literal, and skips it',
      `a X {21+}\r\n${'\n'.repeat(21)} y\r\nb NOOP\r\n`,
      ['refused', ['b NOOP\r']],
    ],
    [
      'literals that are too large together',
      `a {40}\r\n${'x'.repeat(40)} {11}\r\nb NOOP\r\n`,
      ['literal-announced', 'refused', ['b NOOP\r']],
    ],
  ])('refuse %s', (_, sent, expected) => {
    expect(readable(frame(sent))).toEqual(expected)
  })

  test('give up a connection whose literal is not worth skipping', () => {
    expect(frame('a X {4294967295+}\r\n')).toMatchObject([{ kind: 'refused', fatal: true }])
  })

  test('keep no more than they allow', () => {
    const stream = new CommandStream(limits)
    for (let times = 0; times < 50; times++) for (const _ of stream.push(octetsOf('x'.repeat(1000)))) continue
    expect(stream.unterminated).toBeLessThanOrEqual(limits.line)
  })
})

test('what has no line end yet is counted', () => {
  const stream = new CommandStream(limits)
  expect([...stream.push(octetsOf('a X {9}\r\n1234'))]).toHaveLength(1)
  expect(stream.unterminated).toBe('a X {9}\r\n1234'.length)
})
