import { expect, test } from 'vitest'
import { repeatedName } from './form.ts'

test.each([
  ['', undefined],
  ['a=1&b=2', undefined],
  ['a=1&b=2&b=3', 'b'],
  ['a=1&b=2&b=3&a=4', 'a'],
  ['a&a', 'a'],
])('the first name of %j that is repeated is %s', (query, name) => {
  expect(repeatedName(new URLSearchParams(query))).toBe(name)
})

/** Counts the names that are read. */
class Counting extends URLSearchParams {
  read = 0;
  override *keys() {
    for (const name of super.keys()) {
      this.read += 1
      yield name
    }
    return undefined
  }
  override getAll(name: string) {
    this.read += this.size
    return super.getAll(name)
  }
}

test('many names are read a few times each, not once for each other', () => {
  const names = Array.from({ length: 2000 }, (_, index) => `name${index}`)
  const parameters = new Counting(names.join('&'))
  expect(repeatedName(parameters)).toBeUndefined()
  expect(parameters.read).toBeLessThan(3 * names.length)
})
