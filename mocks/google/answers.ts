import fixture from '../../fixtures/google/headers.json' with { type: 'json' }

type HeaderSet = keyof typeof fixture

const headersOf = (set: HeaderSet): Headers => new Headers(fixture[set].headers as Record<string, string>)

/** A JSON answer, laid out as Google lays it out: two spaces, one member a line. */
export const json = (set: HeaderSet, status: number, body: unknown): Response =>
  new Response(`${JSON.stringify(body, null, 2)}\n`, { status, headers: headersOf(set) })

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character]!)

/** An HTML page; `body` is markup, `title` is text. */
export function page(status: number, title: string, body: string): Response {
  const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>
<body>
${body}
</body>
</html>
`
  return new Response(html, { status, headers: headersOf('page') })
}

export const redirect = (location: string): Response => new Response(null, { status: 302, headers: { location } })

/** What a path without an endpoint answers (captured for GET on the revocation endpoint: `404`, HTML). */
export const notFound = (): Response =>
  page(404, 'Error 404 (Not Found)!!1', '<p><b>404.</b> The requested URL was not found on this server.</p>')
