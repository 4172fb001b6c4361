import fc from 'fast-check'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { parse } from 'node-html-parser'
import { describe, expect, test } from 'vitest'
import { code, link, plain } from './markdown/text.ts'
import { markdown } from './markdown.ts'
import { samples } from './samples/all.fixture.ts'
import { failing } from './samples/failing.ts'
import { gate, soundGate } from './samples/gate.ts'
import { hostileText } from './samples/hostile.ts'
import { visible } from './visible.ts'

/** As GitHub shows it, but without its filter: whatever HTML is let through would act. */
const shown = (text: string) =>
  parse(micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true }))

const ours = ['a', 'br', 'code', 'h2', 'h3', 'p', 'table', 'tbody', 'td', 'th', 'thead', 'tr']

describe.each(Object.entries(samples))('%s', (_, report) => {
  const text = markdown.write(report)
  const page = shown(text)

  test('shows nothing but headings, tables, code and links to clauses', () => {
    const names = new Set(page.querySelectorAll('*').map(({ rawTagName }) => rawTagName.toLowerCase()))
    expect([...names].filter((name) => !ours.includes(name))).toEqual([])
    const clauses = [...report.checks, ...report.findings].map(({ clause }) => clause.url)
    for (const { attributes } of page.querySelectorAll('a')) {
      expect(Object.keys(attributes)).toEqual(['href'])
      expect(clauses).toContain(attributes['href'])
    }
    for (const element of page.querySelectorAll('td, th, code, br, h2, h3'))
      expect(Object.keys(element.attributes).filter((name) => name !== 'align')).toEqual([])
  })

  test('every row of a table has as many cells as its head', () => {
    for (const table of page.querySelectorAll('table')) {
      const width = table.querySelectorAll('th').length
      for (const row of table.querySelectorAll('tbody tr')) expect(row.querySelectorAll('td')).toHaveLength(width)
    }
    const pipes = (line: string) => line.replaceAll('\\|', '').split('|').length
    for (const block of text.split('\n\n').filter((part) => part.startsWith('|')))
      expect(new Set(block.trim().split('\n').map(pipes)).size).toBe(1)
  })
})

test('begins with the sentence, and tells the steps and every finding', () => {
  const page = shown(markdown.write(gate))
  expect(page.querySelector('h2')?.text).toMatch(/^1 of 3 configurations does not conform: of 6 checks of files/)
  expect(page.querySelectorAll('h3').map(({ text }) => text)).toEqual([
    'Findings',
    'What to look at',
    'The configurations',
    'The twelve steps',
    'What does not apply',
  ])
  const rows = page
    .querySelector('table')!
    .querySelectorAll('tbody tr')
    .map(({ text }) => text)
  expect(rows).toHaveLength(6)
  expect(rows[0]).toContain('apps/mail sync/client_secret.json:9:23')
  expect(rows[0]).toContain('Google answers: Error 400: redirect_uri_mismatch')
  expect(rows[4]).toContain('waived until 2026-12-31')
  expect(
    shown(markdown.write(soundGate))
      .querySelectorAll('h3')
      .map(({ text }) => text),
  ).toEqual(['The twelve steps'])
})

test('failed checks of a run stand there with clause and command', () => {
  const cells = shown(markdown.write(failing)).querySelectorAll('td')
  expect(cells.map(({ text }) => text).join('\n')).toContain('oauth-imap run --only cb/state-forged --seed 7')
  expect(markdown.write(failing)).toContain('[RFC 6749 §10.12](<https://www.rfc-editor.org/rfc/rfc6749#section-10.12>)')
})

test('stays below what GitHub takes, and counts what it left out', () => {
  const findings = Array.from({ length: 20_000 }, (_, at) => ({ ...gate.findings[0]!, line: at + 1 }))
  const text = markdown.write({ ...gate, findings })
  expect(new TextEncoder().encode(text).length).toBeLessThan(1024 * 1024)
  expect(text).toMatch(/\nAnd 1\d{4} more in the full report\.\n/)
})

test('any text shows as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const page = shown(`x ${plain(text)} y`)
      expect(page.querySelectorAll('*').map(({ rawTagName }) => rawTagName)).toEqual(['p'])
      expect(page.text.replace(/\s+/g, ' ')).toBe(`x ${visible(text)} y`.replace(/\s+/g, ' '))
    }),
  )
  expect(
    shown(code(hostileText))
      .querySelectorAll('*')
      .map(({ rawTagName }) => rawTagName),
  ).toEqual(['p', 'code'])
})

test('only a web address becomes a link', () => {
  expect(link('https://example.test/a#b', 'the [clause]')).toBe('[the \\[clause\\]](<https://example.test/a#b>)')
  for (const url of ['javascript:alert(1)', 'https://example.test/ x', 'https://example.test/>', 'suites/a.md'])
    expect(link(url, 'text')).toBe('text')
})
