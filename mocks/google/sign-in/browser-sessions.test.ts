import { expect, test } from 'vitest'
import { openGoogle } from '../google.fixture.ts'
import type { AuthorizationRequest } from './authorization-request.ts'
import { BrowserSessions } from './browser-sessions.ts'

const request = {} as AuthorizationRequest
const from = (cookie: string) => new Request('https://accounts.google.com/', { headers: { cookie } })

test('a browser is known by its cookie, wherever it stands among others', () => {
  const sessions = new BrowserSessions(openGoogle().world)
  const session = sessions.of(from(''))
  const cookie = sessions.setCookie(new Response(), session).headers.getSetCookie()[0]!
  expect(cookie).toMatch(/^__Host-session=\w{43}; Path=\/; Secure; HttpOnly; SameSite=Lax$/)
  expect(sessions.of(from(`a=b; ${cookie.split(';')[0]}; c=d`))).toBe(session)
  expect(sessions.of(from('__Host-session=forged'))).not.toBe(session)
})

test('a request waits for its own browser, until it is answered', () => {
  const sessions = new BrowserSessions(openGoogle().world)
  const session = sessions.of(from(''))
  const own = from(`__Host-session=${session.cookie}`)
  const signIn = sessions.begin(session, request)
  expect(sessions.waiting(own, signIn.part)).toBe(signIn)
  expect(sessions.waiting(from(''), signIn.part)).toBeUndefined()
  expect(sessions.waiting(own, null)).toBeUndefined()
  sessions.end(signIn)
  expect(sessions.waiting(own, signIn.part)).toBeUndefined()
})

test('of a thousand requests and one the oldest is forgotten', () => {
  const sessions = new BrowserSessions(openGoogle().world)
  const session = sessions.of(from(''))
  const own = from(`__Host-session=${session.cookie}`)
  const parts = Array.from({ length: 1001 }, () => sessions.begin(session, request).part)
  expect(sessions.waiting(own, parts[0]!)).toBeUndefined()
  for (const part of [parts[1]!, parts[1000]!]) expect(sessions.waiting(own, part)?.part).toBe(part)
})
