import { expect, test } from 'vitest'
import pages from '../../fixtures/google/authorization-errors.json' with { type: 'json' }
import refusals from '../../fixtures/google/token-errors.json' with { type: 'json' }
import { answers } from './answers.ts'

const page = ({ number, code, message }: { number: number; code: string; message: string }): string =>
  `Error ${number}: ${code}, ${message.split('\n')[0]}`
const refusal = (row: { status: number; error: string; error_description: string }): string =>
  `${row.status} ${row.error}, ${row.error_description}`

test.each([
  [answers.redirectUriMismatch, page(pages['redirect-uri-mismatch'])],
  [answers.invalidRedirectUri, page(pages['redirect-uri-invalid'])],
  [answers.privateAddress('{value}'), page(pages['private-address'])],
  [answers.outOfBand, page({ ...pages['out-of-band'], message: pages['out-of-band'].developer.message })],
  [answers.outOfBandWeb('{value}'), page(pages['out-of-band-web'])],
  [answers.loopbackBlocked, page(pages['loopback-blocked'])],
  [answers.customSchemeWeb, page(pages['custom-scheme-web'])],
  [answers.customSchemeAndroid, page(pages['custom-scheme-disabled'])],
  [answers.customSchemeChrome, page(pages['custom-scheme-chrome'])],
  [answers.clientUnknown, page(pages['client-unknown'])],
  [answers.clientDeleted, page(pages['client-deleted'])],
  [answers.deviceScope('{name}'), refusal(refusals['device-scope'])],
  [answers.notDelegated, refusal(refusals['delegation-missing'])],
])('%s', (foretold, captured) => {
  expect(foretold).toBe(captured)
})

test('every answer is compared', () => {
  expect(Object.keys(answers)).toHaveLength(13)
})
