import { expect, test } from 'vitest'
import { near, nearest } from './nearest.ts'

const names = ['authz/pkce-s256', 'store/file-mode', 'store/encrypted', 'leak/logs']

test.each([
  ['leak/logs', 'leak/logs'],
  ['leak/log', 'leak/logs'],
  ['store/filemode', 'store/file-mode'],
  ['store/encrypt', 'store/encrypted'],
  ['authz/pcke-s265', 'authz/pkce-s256'],
  ['', 'leak/logs'],
])('who writes %j means %s', (meant, expected) => {
  expect(nearest(meant, names)).toBe(expected)
})

test('of equals the first', () => {
  expect(nearest('b', ['a', 'c'])).toBe('a')
})

test.each([
  ['store/filemode', 'store/file-mode'],
  ['leak/lgos', 'leak/logs'],
  ['stroe/encrypte', undefined],
  ['x'.repeat(100_000), undefined],
])('only a typing mistake away from %j is %j', (meant, expected) => {
  expect(near(meant, names)).toBe(expected)
})
