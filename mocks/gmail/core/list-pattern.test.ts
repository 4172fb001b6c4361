import fc from 'fast-check'
import { expect, test } from 'vitest'
import { listPattern } from './list-pattern.ts'

test('agrees with a regular expression', () => {
  const pattern = fc.string({ unit: fc.constantFrom('a', '/', '*', '%', '.'), maxLength: 8 })
  const name = fc.string({ unit: fc.constantFrom('a', '/', '.'), maxLength: 8 })
  fc.assert(
    fc.property(pattern, name, (wild, text) => {
      const expression = wild.replaceAll('.', '\\.').replaceAll('*', '[^]*').replaceAll('%', '[^/]*')
      expect(listPattern(wild)(text)).toBe(new RegExp(`^${expression}$`).test(text))
    }),
    { numRuns: 500 },
  )
})

test('a hostile pattern takes no time', () => {
  const matches = listPattern('*a%'.repeat(200))
  const start = performance.now()
  expect(matches('a'.repeat(2000) + 'b/')).toBe(false)
  expect(performance.now() - start).toBeLessThan(2000)
})
