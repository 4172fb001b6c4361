import { expect, test } from 'vitest'
import { google } from '../../live/far-side.ts'
import { liveParts } from '../../model/live.ts'
import { progressLine } from './progress-line.ts'

const plain = { colour: false }

test('names what kept a part from its end in words, and marks it', () => {
  const told = { part: 'sign-in', told: 'access_denied', cause: 'consent-denied' } as const
  expect(progressLine(told, google.issuer, plain)).toBe(
    '  sign-in      ! access was denied on the consent screen: access_denied',
  )
  expect(progressLine({ ...told, cause: 'consent-refused' }, 'https://login.example.com', plain)).toContain(
    '! the issuer ended the sign-in with an error: ',
  )
  expect(progressLine({ ...told, told: '' }, google.issuer, plain)).toMatch(/screen$/)
  expect(progressLine(told, google.issuer, { colour: true })).toContain('\u001b[33m! access was denied')
})

test('tells all parts in one column', () => {
  const starts = liveParts.map((part) => progressLine({ part, told: '§' }, google.issuer, plain).indexOf('§'))
  expect(new Set(starts)).toEqual(new Set([15]))
})
