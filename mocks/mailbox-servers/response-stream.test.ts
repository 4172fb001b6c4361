import { expect, test } from 'vitest'
import type { Passed } from '../gmail/front/core-port.ts'
import { join, latin1, octetsOf } from '../gmail/wire/command-stream.ts'
import { ResponseError, ResponseStream } from './response-stream.ts'

const binary = '\0\r\n{3}\r\n'
const said =
  '* OK {3}\r\n' +
  `* 1 FETCH (UID 7 BODY[1] {${binary.length}}\r\n${binary} BODY[2] {0}\r\n BODY[3] {2}\r\n)\n)\r\n` +
  `* 2 FETCH (ENVELOPE (${'"x" '.repeat(40)}))\r\n` +
  'p1 OK {3}\r\n'

/** The lines, the octets given in pieces of this size. */
function linesOf(octets: Uint8Array, size: number, kept = 1000): Passed[] {
  const stream = new ResponseStream(() => kept)
  const lines: Passed[] = []
  for (let at = 0; at < octets.length; at += size) lines.push(...stream.push(octets.slice(at, at + size)))
  return lines
}
const shown = ({ octets, head, plain, pieces, ended }: Passed) => ({
  ...{ octets: latin1(octets), head, plain, ended },
  pieces: pieces.map((piece) => (typeof piece === 'string' ? piece : { literal: latin1(piece.literal) })),
})

test.each([1, 2, 3, 7, 50, 1000])('gives the same lines when octets come in pieces of %i', (size) => {
  const lines = linesOf(octetsOf(said), size).map(shown)
  expect(lines.map(({ octets }) => octets).join('')).toBe(said)
  expect(lines.map(({ head, plain }) => [head, plain])).toEqual([
    ['* OK {3}', true],
    ['* 1 FETCH (UID 7 BODY[1] {8}', false],
    [`* 2 FETCH (ENVELOPE (${'"x" '.repeat(40)}))`.slice(0, 64), true],
    ['p1 OK {3}', true],
  ])
  expect(lines[1]!.pieces).toEqual([
    '* 1 FETCH (UID 7 BODY[1] ',
    { literal: binary },
    ' BODY[2] ',
    { literal: '' },
    ' BODY[3] ',
    { literal: ')\n' },
    ')',
  ])
})

test.each([1, 5, 1000])('gives a large literal as it comes, in pieces of %i', (size) => {
  const text = `* 1 FETCH (FLAGS () BODY[] {300}\r\n${'y'.repeat(300)} UID 7 RFC822 {2}\r\nok)\r\n* 2 EXISTS\r\n`
  const lines = linesOf(octetsOf(text), size, 200)
  expect(latin1(join(lines.map(({ octets }) => octets)))).toBe(text)
  expect(lines.filter(({ head }) => head !== '').map(({ head }) => head)).toEqual([
    '* 1 FETCH (FLAGS () BODY[] {300}',
    '* 2 EXISTS',
  ])
  const told = lines.flatMap(({ pieces }) => pieces).map((piece) => (typeof piece === 'string' ? piece : '…'))
  expect(told.join('')).toBe('* 1 FETCH (FLAGS () BODY[] ‹literal of 300 octets› UID 7 RFC822 …)* 2 EXISTS')
  expect(lines.map(({ ended }) => ended).filter(Boolean)).toHaveLength(2)
})

test.each(['\n', '* OK\n', '* OK\r\r\n', '* O\0K\r\n', '* 1 FETCH (BODY[] {1}\r\nx\n'])(
  'takes %j for no line',
  (text) => {
    for (const size of [1, 1000]) expect(() => linesOf(octetsOf(text), size)).toThrow(ResponseError)
  },
)
