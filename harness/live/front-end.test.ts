import { expect, test } from 'vitest'
import { frontEndTrouble, isTooMany } from './front-end.ts'

const page = (title: string): string =>
  `<!DOCTYPE html>\n<html lang=en>\n  <meta charset=utf-8>\n  <title>${title}</title>`
const leading = (location: string): Headers => new Headers({ location })

test.for([
  [403, page('Error 403 (Forbidden)!!1'), 'throttled'],
  [403, page(' Error 429 (Too Many Requests)!!1 '), 'throttled'],
  [400, page('Error 400 (Bad Request)!!1'), 'not-understood'],
  [404, page('Error 404 (Not Found)!!1'), undefined],
  [403, page('Error 403 (Forbidden)'), undefined],
  [200, page('Hotel Wifi: please log in'), undefined],
  [400, '{"error": "invalid_grant"}', undefined],
] as const)('%d %s', ([status, text, trouble]) => {
  expect(frontEndTrouble({ status, headers: new Headers() }, text)).toBe(trouble)
})

test.for([
  ['https://www.google.com/sorry/index?continue=https://oauth2.googleapis.com/token', 'throttled'],
  ['https://portal.example/?from=https://www.google.com/sorry/', undefined],
  ['https://www.google.com.portal.example/sorry/', undefined],
] as const)('leading to %s', ([location, trouble]) => {
  expect(frontEndTrouble({ status: 302, headers: leading(location) }, '')).toBe(trouble)
})

test.for([
  [429, undefined, true],
  [403, { error: 'rate_limit_exceeded' }, true],
  [403, { error_code: 'rate_limit_exceeded' }, true],
  [403, { error: 'org_internal' }, false],
  [403, undefined, false],
] as const)('%d %o', ([status, answer, isIt]) => {
  expect(isTooMany(status, answer)).toBe(isIt)
})
