import { expect, test } from 'vitest'
import { applicationHome } from './application-home.ts'

test.for([
  ['linux', '/home/a', {}, '/home/a/.local/share'],
  ['linux', '/home/a', { XDG_DATA_HOME: '/data' }, '/data'],
  ['linux', '/home/a', { XDG_DATA_HOME: 'data' }, '/home/a/.local/share'],
  ['linux', '/home/a', { XDG_DATA_HOME: '' }, '/home/a/.local/share'],
  ['darwin', '/Users/a', { XDG_DATA_HOME: '/data' }, '/Users/a/Library/Application Support'],
  ['win32', 'C:\\Users\\a', {}, 'C:\\Users\\a\\AppData\\Local'],
  ['win32', 'C:\\Users\\a', { LOCALAPPDATA: 'D:\\Local' }, 'D:\\Local'],
] as const)('on %s with %s and %j', ([platform, home, environment, expected]) => {
  expect(applicationHome(environment, { platform, home })).toBe(expected)
})
