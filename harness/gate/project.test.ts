import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { expectation } from './expectation.ts'
import { moduleErrorPlace, syntaxErrorPlace } from './syntax-error-place.ts'

const parseError = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    return error
  }
}

describe('the place of a syntax error, and nothing of the text', () => {
  test.each(['', ' \n'])('%j is empty', (text) => {
    expect(syntaxErrorPlace(text, parseError(text))).toBe(': it is empty')
  })

  test.each(['{"client_secret": GOCSPX-secret}', '{\n  "a": 1,\n  "GOCSPX-secret', '["GOCSPX-secret" "b"]'])(
    '%j',
    (text) => {
      expect(syntaxErrorPlace(text, parseError(text))).toMatch(/^(?: \(line \d+, column \d+\))?$/)
    },
  )

  test('a text that stops too early stops at its end', () => {
    expect(syntaxErrorPlace('{\n"a":', new SyntaxError('Unexpected end of JSON input'))).toBe(' (line 2, column 5)')
  })
})

test('the line of a module that does not load, as each runtime tells it', () => {
  const place = (error: unknown): string => moduleErrorPlace('/a/oauth-imap.config.ts', error)
  expect(place({ message: 'Expression expected', stack: '/a/oauth-imap.config.ts:3\n…' })).toBe(' (line 3)')
  expect(place({ message: 'Unexpected :', position: { line: 3, column: 9 } })).toBe(' (line 3)')
  expect(place({ message: 'Expression expected\n at file:///a/oauth-imap.config.ts:3:9' })).toBe(' (line 3)')
  expect([place({ message: 'boo' }), place('boo'), place(null)]).toEqual(['', '', ''])
})

describe('what was expected, and at most the kind of what was seen', () => {
  const schema = v.object({ runtime: v.picklist(['desktop', 'server']), port: v.pipe(v.number(), v.minValue(1)) })
  const told = (value: unknown): string => {
    const { issues } = v.safeParse(schema, value)
    return issues === undefined ? '' : expectation(issues[0])
  }

  test.each([
    [{ runtime: 'GOCSPX-secret', port: 1 }, 'runtime: expected ("desktop" | "server"), saw another text'],
    [{ runtime: 'server' }, 'port is missing'],
    [{ runtime: 'server', port: 'GOCSPX-secret' }, 'port: expected number, saw another text'],
    [{ runtime: 'server', port: 0 }, 'port: expected >=1'],
    [[], 'runtime is missing'],
    [null, 'expected Object, saw null'],
  ])('%j', (value, text) => {
    expect(told(value)).toBe(text)
  })
})
