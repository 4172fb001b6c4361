import { describe, expect, test } from 'vitest'
import { createRandom } from '../random.ts'
import { clientsOf, projectsOf } from './registrations.ts'
import { courseOf, withUnticked } from './world-course.ts'
import { readWorldFile } from './world-file.ts'

function courseIn(text: string) {
  const read = readWorldFile(text, 'world.yaml')
  const random = createRandom(1)
  return courseOf(read, clientsOf(read, projectsOf(read, random), random))
}

test('a file that says nothing changes nothing', () => {
  expect(courseIn('')).toEqual({
    clients: [{ id: expect.any(String), state: 'active', secretEnabled: true }],
    refusals: {},
    unticks: {},
    sessionEnd: {},
    events: [],
  })
})

describe('what cannot be is told with its place', () => {
  test.each([
    [
      'events:\n  - happens: time-passes',
      'world.yaml (line 2, column 5): `seconds` belongs to time-passes, and to nothing else.',
    ],
    [
      'events:\n  - {happens: access-removed, seconds: 3}',
      'world.yaml (line 2, column 5): `seconds` belongs to time-passes, and to nothing else.',
    ],
    [
      'clients:\n  - type: android\n    secretEnabled: false',
      'world.yaml (line 3, column 20): this type of client has no secret.',
    ],
    [
      'events: [{happens: acess-removed}]',
      expect.stringContaining('events.0.happens: expected ("access-removed" | "password-changed"'),
    ],
    [
      'accounts: [{address: a@example.com, imapRefusal: off}]',
      expect.stringContaining('accounts.0.imapRefusal: expected ("invalid-credentials" | '),
    ],
  ])('%j', (text, message) => {
    expect(() => courseIn(text)).toThrow(expect.objectContaining({ code: 'SETTINGS_INVALID', message }))
  })
})

describe('boxes that a user leaves empty', () => {
  const course = courseIn('accounts: [{address: a@example.com, unticks: ["https://mail.google.com/"]}]')
  const url = `https://accounts.google.com/o/oauth2/v2/auth?scope=openid+${encodeURIComponent('https://mail.google.com/')}`

  test('are those of the file', () => {
    expect(withUnticked(course, { url, account: 'a@example.com', decision: 'grant' }).scopes).toEqual(['openid'])
  })

  test('unless the consent says itself which are ticked, or comes from somebody else', () => {
    const told = { url, account: 'a@example.com', decision: 'grant', scopes: ['https://mail.google.com/'] } as const
    expect(withUnticked(course, told)).toBe(told)
    const other = { url, account: 'b@example.com', decision: 'grant' } as const
    expect(withUnticked(course, other)).toBe(other)
  })
})
