import { expect, test } from 'vitest'
import { frozenCopies } from './frozen-copy.ts'

test('a copy keeps what it was made of, however that changes, and cannot be changed itself', () => {
  const list = [
    ['accept', 'text/html'],
    ['accept', '*/*'],
  ]
  const told = { method: 'GET', headers: list, nothing: null, many: 3 }
  const copy = frozenCopies()(told)
  list[0]![1] = 'application/json'
  list.push(['host', 'x'])
  expect(copy).toEqual({
    method: 'GET',
    headers: [
      ['accept', 'text/html'],
      ['accept', '*/*'],
    ],
    nothing: null,
    many: 3,
  })
  expect(() => void (copy.headers[0]![1] = 'x')).toThrow(TypeError)
  expect(() => copy.headers.push(['a', 'b'])).toThrow(TypeError)
})

test('equal lists of texts are one, lists that only look alike are not', () => {
  const copy = frozenCopies()
  expect(copy([['a', 'b']])[0]).toBe(copy([['a', 'b']])[0])
  expect(copy([['a', 'b,c']])).not.toEqual(copy([['a', 'b', 'c']]))
  expect(copy(['a","b'])).not.toEqual(copy(['a', 'b']))
})

test('a frozen reference is kept as it is, a frozen list of what may change is not', () => {
  const copy = frozenCopies()
  const ref = Object.freeze({ ref: 'state-1', length: 9 })
  expect(copy([ref])[0]).toBe(ref)
  const inner = ['a']
  const outer = Object.freeze([inner])
  const copied = copy(outer)
  inner[0] = 'b'
  expect(copied).toEqual([['a']])
})

test('it forgets to share rather than to copy: long texts and very many are told as they were', () => {
  const copy = frozenCopies()
  const long = 'x'.repeat(1000)
  expect(copy([long, long])).toEqual([long, long])
  for (let at = 0; at < 20_001; at++) expect(copy([`${at}`])[0]).toBe(`${at}`)
})
