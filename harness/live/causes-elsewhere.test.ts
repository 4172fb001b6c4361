import { expect, test } from 'vitest'
import { liveCauses } from '../model/live.ts'
import { causeText } from './causes-elsewhere.ts'
import { causes } from './causes.ts'

test.each(liveCauses)('%s is told of another service without Google', (cause) => {
  const { title, next } = causeText(cause, 'https://issuer.example.com')
  expect(`${title}. ${next}`).not.toMatch(/google|gmail|console|workspace|testing/i)
  expect([title, next]).not.toContain('')
})

test.each([undefined, 'https://accounts.google.com'])('of %s as it is', (issuer) => {
  for (const cause of liveCauses) expect(causeText(cause, issuer)).toEqual(causes[cause])
})
