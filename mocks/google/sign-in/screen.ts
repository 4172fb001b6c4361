import pages from '../../../fixtures/google/sign-in-pages.json' with { type: 'json' }
import { escapeHtml, headersOf } from '../answers.ts'
import { style } from './style.ts'

export interface Screen {
  readonly status?: number
  /** Text; the title of captured pages unless told. */
  readonly title?: string
  /** Text. */
  readonly heading: string
  /** Markup. */
  readonly content: string
}

/**
 * A page for a person: it needs no script and no other file, and no other site may frame it (RFC 6749 §10.13). What
 * pages of Google say stands in fixtures; how ours look is the mock's own.
 */
export function screen({ status = 200, title = pages.title.text, heading, content }: Screen): Response {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<header><p>Sign in with Google</p></header>
<main>
<h1>${escapeHtml(heading)}</h1>
${content}
</main>
<footer><p>A mock of Google, for tests. No real account is involved.</p></footer>
</body>
</html>
`
  const headers = headersOf('page')
  headers.set('x-frame-options', 'DENY')
  headers.set(
    'content-security-policy',
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  )
  return new Response(html, { status, headers })
}

/** Paragraphs of a text whose blank lines part them. */
export const paragraphs = (text: string): string =>
  text
    .split(/\n\n+/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => `<p>${escapeHtml(paragraph.trim())}</p>`)
    .join('\n')

export const list = (items: readonly string[]): string =>
  `<ul>\n${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('\n')}\n</ul>`

export const button = (name: string, value: string, label: string, kind: 'main' | 'plain' = 'plain'): string =>
  `<button type="submit" name="${name}" value="${escapeHtml(value)}" class="${kind}">${escapeHtml(label)}</button>`
