import { expect, test } from 'vitest'
import { createRandom } from './random.ts'
import { createSecretIndex, leakLength } from './secret-index.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const random = createRandom(11)
const token = (ref: string, value: string) => ({ ref, kind: 'access-token', value }) as const

test('every run of a value is found, wherever it begins in the value and in the text', () => {
  const value = random.text(60, alphabet)
  const index = createSecretIndex()
  index.add(token('access-token-1', value))
  for (let begin = 0; begin + leakLength <= value.length; begin++)
    for (const before of ['', '!', '! !']) {
      const text = `${before}${value.slice(begin, begin + leakLength)} .`
      const from = before.length
      const found = { ref: 'access-token-1', kind: 'access-token', from, to: from + leakLength, whole: false }
      expect(index.occurrences(text)).toEqual([found])
    }
  expect(index.occurrences(value.slice(0, leakLength - 1))).toEqual([])
})

test('what several values hold belongs to the longest there, and else to the first that was registered', () => {
  const shared = random.text(20, alphabet)
  const index = createSecretIndex()
  for (const [number, rest] of ['!one', '!other', '!other value'].entries())
    index.add(token(`access-token-${number}`, `${'?'.repeat(number)}${shared}${rest}`))
  expect(index.occurrences(`see ${shared}`)).toMatchObject([{ ref: 'access-token-0', from: 4, to: 24 }])
  expect(index.occurrences(`see ${shared}!oth`)).toMatchObject([{ ref: 'access-token-1', from: 4, to: 28 }])
  expect(index.occurrences(`see ${shared}!other val`)).toMatchObject([{ ref: 'access-token-2', from: 4, to: 34 }])
})

test('thousands of values keep their places while the lists grow', () => {
  const index = createSecretIndex()
  const values = Array.from({ length: 3000 }, () => random.text(40, alphabet))
  for (const [number, value] of values.entries()) index.add(token(`access-token-${number}`, value))
  for (const [number, value] of values.entries())
    expect(index.occurrences(` ${value} `)).toMatchObject([{ ref: `access-token-${number}`, from: 1, whole: true }])
})
