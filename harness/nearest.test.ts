import { expect, test } from 'vitest'
import { nearest } from './nearest.ts'

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
