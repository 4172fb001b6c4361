import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { steps } from '../harness/model/step.ts'
import { escaped, html as template, link, marked } from './html/escape.ts'
import { html } from './html.ts'
import { failing } from './samples/failing.ts'
import { hostile, hostileGate } from './samples/hostile.ts'
import { gate, soundGate } from './samples/gate.ts'
import { hostileLive, liveAccounts, liveDrift, livePassing } from './samples/live.ts'
import { interrupted } from './samples/interrupted.ts'
import { passing } from './samples/passing.ts'

const runs = { passing, failing, interrupted, hostile, gate, soundGate, hostileGate }
const samples = { ...runs, livePassing, liveAccounts, liveDrift, hostileLive }
const empty = new Set(['meta', 'br', 'path', 'circle', '!doctype'])
const tags = (page: string): RegExpMatchArray[] => [
  ...page.replace(/<style>[^]*?<\/style>/, '').matchAll(/<(\/?)([!a-z][a-z0-9]*)([^>]*)>/gi),
]

/** The first tag that does not fit, or undefined. */
function misnested(page: string): string | undefined {
  const open: string[] = []
  for (const [whole, closing, name = ''] of tags(page)) {
    if (empty.has(name.toLowerCase()) || whole.endsWith('/>')) continue
    if (closing === '') open.push(name)
    else if (open.pop() !== name) return whole
  }
  return open.at(-1)
}

describe.each(Object.entries(samples))('%s', (_, report) => {
  const page = html.write(report)

  test('is well nested', () => {
    expect(misnested(page)).toBeUndefined()
  })

  test('fetches and runs nothing', () => {
    expect(page).toContain(`http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src`)
    const names = new Set(tags(page).map(([, , name = '']) => name.toLowerCase()))
    for (const name of ['script', 'img', 'link', 'iframe', 'object', 'embed', 'base', 'form', 'video', 'audio'])
      expect(names).not.toContain(name)
    expect(page).not.toMatch(/url\(|@import/)
    for (const [, , name, written = ''] of tags(page)) {
      const attributes = written.replace(/"[^"]*"/g, '""')
      expect(attributes).not.toMatch(/\s(on[a-z]+|src|srcset|action)=/i)
      if (name !== 'a' && name !== 'use') expect(attributes).not.toMatch(/\shref=/)
    }
    for (const [, target = ''] of page.matchAll(/<a\s[^>]*?href="([^"]*)"/g)) expect(target).toMatch(/^(#|https?:\/\/)/)
  })

  test('holds no character that acts instead of showing', () => {
    expect(page).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u)
  })

  test('has one title, one main landmark, headings without a gap and no id twice', () => {
    expect(page.match(/<h1[\s>]/g)).toHaveLength(1)
    expect(page.match(/<main[\s>]/g)).toHaveLength(1)
    const levels = [...page.matchAll(/<h([1-6])[\s>]/g)].map(([, level]) => Number(level))
    levels.forEach((level, at) => expect(level - (levels[at - 1] ?? 0)).toBeLessThanOrEqual(1))
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target)
    for (const [, target] of page.matchAll(/aria-labelledby="([^"]*)"/g)) expect(ids).toContain(target)
  })

  test('tells all twelve steps with what they are about and what goes wrong', () => {
    for (const step of steps) {
      expect(page).toContain(`id="step-${step.number}"`)
      expect(page).toContain(escaped(step.about))
      expect(page).toContain(escaped(step.goesWrong))
    }
  })
})

test('a verdict is told by a word, never by colour alone', () => {
  const page = html.write(failing)
  const badges = [...page.matchAll(/<span class="badge [a-z]+"[^>]*>([^]*?)<\/span/g)].map(([, inner = '']) =>
    inner.replace(/<[^>]*>/g, '').trim(),
  )
  expect(badges.length).toBeGreaterThan(20)
  expect(badges).not.toContain('')
  expect(new Set(badges)).toEqual(new Set(['our fault', 'failed', 'warning', 'passed', 'not checked']))
})

test('a partial run says so and wears no badge of success', () => {
  const page = html.write({ ...passing, selection: { ...passing.selection, complete: false } })
  expect(page).toContain('verdict-panel partial')
  expect(page).toContain('This report covers a part only.')
  expect(page).not.toContain('verdict-panel pass')
  expect(html.write(passing)).toContain('verdict-panel pass')
  expect(html.write(passing)).not.toContain('This report covers a part only.')
})

test('the bar of a partial run shows what was not played', () => {
  expect(html.write(interrupted)).toContain('<li class="rest">92 not played</li>')
  expect(html.write(failing)).not.toContain('not played')
})

test('what does not apply stands apart, by name', () => {
  const page = html.write(interrupted)
  const section = /<section aria-labelledby="apart">[^]*?<\/section>/.exec(page)?.[0] ?? ''
  expect(section).toContain('store/file-mode')
  expect(section).toContain('imap/append-safe')
  expect(section).not.toContain('sasl/error-xoauth2')
})

test('a rule of this suite is shown as our own policy', () => {
  const page = html.write(failing)
  const own = page.slice(page.indexOf('id="check/store/file-mode"'))
  expect(own.slice(0, own.indexOf('</dl>'))).toContain('our own policy')
  const standard = page.slice(page.indexOf('id="check/cb/state-forged"'))
  expect(standard.slice(0, standard.indexOf('</dl>'))).not.toContain('our own policy')
})

test('checks that need attention are open, the others are folded', () => {
  const page = html.write(failing)
  const openness = (id: string) => new RegExp(`<details\\s[^>]*id="check/${id}"[^>]*>`).exec(page)?.[0]
  expect(openness('cb/state-forged')).toMatch(/\sopen\s/)
  expect(openness('authz/pkce-s256')).not.toMatch(/\sopen\s/)
})

test('whatever is put into a template stays text', () => {
  const entities = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const { text: page } = template`<p title="${text}">${text}</p>`
      expect(page).toMatch(/^<p title="[^"<>]*">[^"<>]*<\/p>$/)
      const inner = page.slice(page.indexOf('>') + 1, -4)
      const back = inner.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity as keyof typeof entities])
      expect(back.replaceAll('\\', '')).toContain(text.replaceAll('\\', '').replace(/[\p{C}\p{Zl}\p{Zp}][^]*$/u, ''))
    }),
  )
})

test('only web addresses become links', () => {
  expect(link('https://a.example.test/?a&b', '<b>').text).toBe(
    '<a href="https://a.example.test/?a&amp;b" rel="noreferrer">&lt;b&gt;</a>',
  )
  for (const url of ['javascript:alert(1)', 'data:text/html,x', ' https://a.example.test', 'file:///etc/passwd'])
    expect(link(url, 'text').text).toBe('text')
})

test('references to secrets and escapes are marked as such', () => {
  expect(marked('code=‹code-1›&x=\r\n<b>').text).toBe(
    'code=<span class="secret">‹code-1›</span>&amp;x=<span class="escape">\\r</span><span class="escape">\\n</span>&lt;b&gt;',
  )
})

test('the folder in which the command was given has a heading that says so', () => {
  const page = html.write({ ...soundGate, subject: { ...soundGate.subject, name: '.' } })
  expect(page).toContain('<h1>This folder ')
  expect(page).toMatch(/<title>This folder: /)
})
