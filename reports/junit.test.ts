import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, test } from 'vitest'
import { junit } from './junit.ts'
import { samples } from './samples/all.fixture.ts'
import { failing } from './samples/failing.ts'
import { gate } from './samples/gate.ts'
import { hostile } from './samples/hostile.ts'
import { element, xmlDocument } from './xml.ts'

interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: Element[]
  text: string
}

/** @throws Error for whatever is not well-formed XML 1.0 */
function parsed(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const child = { name, attributes: attributes as Record<string, string>, children: [], text: '' }
    open.at(-1)!.children.push(child)
    open.push(child)
  })
  parser.on('text', (text) => (open.at(-1)!.text += text))
  parser.on('closetag', () => open.pop())
  parser.write(xml).close()
  return root.children[0]!
}

const sum = (suites: readonly Element[], name: string): number =>
  suites.reduce((total, { attributes }) => total + Number(attributes[name]), 0)

describe.each(Object.entries(samples))('%s', (_, report) => {
  const suites = parsed(junit.write(report))

  test('is well-formed, and its sums are right', () => {
    expect(suites.name).toBe('testsuites')
    for (const name of ['tests', 'failures', 'errors', 'skipped'])
      expect(Number(suites.attributes[name])).toBe(sum(suites.children, name))
    for (const suite of suites.children) {
      const cases = suite.children
      const having = (name: string): number => cases.filter(({ children }) => children[0]?.name === name).length
      expect(suite.name).toBe('testsuite')
      expect(Number(suite.attributes['tests'])).toBe(cases.length)
      expect(Number(suite.attributes['failures'])).toBe(having('failure'))
      expect(Number(suite.attributes['errors'])).toBe(having('error'))
      expect(Number(suite.attributes['skipped'])).toBe(having('skipped'))
      for (const { name, attributes, children } of cases) {
        expect(name).toBe('testcase')
        expect(Object.keys(attributes)).toEqual(['classname', 'name'])
        expect(children.length).toBeLessThanOrEqual(1)
      }
    }
  })
})

const casesOf = (xml: string): readonly (readonly [string, string])[] =>
  parsed(xml).children.flatMap(({ children }) =>
    children.map((one) => [one.attributes['name']!, one.children[0]?.name ?? 'passed'] as const),
  )

test('a suite for each step, a case for each check', () => {
  expect(parsed(junit.write(failing)).children.map(({ attributes }) => attributes['name'])).toEqual([
    '1. Understand OAuth 2.0',
    '6. Implement the OAuth flow',
    '7. Store tokens securely',
    '8. Authenticate to IMAP',
    '9. Handle token expiration',
    '10. Test IMAP functionality',
  ])
  expect(casesOf(junit.write(failing)).map(([, outcome]) => outcome)).toEqual([
    'passed',
    'passed',
    'failure',
    'failure',
    'system-out',
    'passed',
    'error',
    'passed',
  ])
})

test('a case for each of several configurations, each with its own outcome', () => {
  const of = (title: string) => casesOf(junit.write(gate)).filter(([name]) => name.startsWith(title))
  expect(of('Every redirect')).toEqual([
    ['Every redirect is https, or loopback [apps/archive]', 'passed'],
    ['Every redirect is https, or loopback [apps/mail sync]', 'failure'],
    ['Every redirect is https, or loopback [apps/notify]', 'passed'],
  ])
  expect(of('The client file').map(([, outcome]) => outcome)).toEqual(['passed', 'passed', 'error'])
  expect(of('A service account').map(([, outcome]) => outcome)).toEqual(['skipped', 'skipped', 'skipped'])
  expect(of('Retries').map(([, outcome]) => outcome)).toEqual(['passed', 'error', 'passed'])
})

test('a failure tells place, answer, fix, clause and how to see it again; a skipped case its reason', () => {
  const failure = parsed(junit.write(gate)).children[0]!.children[1]!.children[0]!
  for (const part of [
    'apps/mail sync/client_secret.json:9:23',
    'Google answers: Error 400: redirect_uri_mismatch',
    'Fix: Register an https redirect.',
    'https://developers.google.com/identity/',
    'Again: npx oauth-imap check --only cred/redirect-https',
  ])
    expect(failure.text).toContain(part)
  expect(junit.write(gate)).toContain('<skipped message="no service account: it applies where')
})

test('hostile text closes no element and forges none', () => {
  const names = new Set<string>()
  const visit = ({ name, children }: Element): void => {
    names.add(name)
    children.forEach(visit)
  }
  visit(parsed(junit.write(hostile)))
  expect([...names].toSorted()).toEqual(['failure', 'skipped', 'testcase', 'testsuite', 'testsuites'])
})

test('whatever XML can hold comes back, and what it cannot is left out', () => {
  const illegal = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const { attributes, text: content } = parsed(xmlDocument(element('a', { b: text }, [text])))
      expect(attributes['b']).toBe(text.replace(illegal, ''))
      expect(content).toBe(text.replace(illegal, ''))
    }),
  )
})
