import fixture from '../../fixtures/google/headers.json' with { type: 'json' }

export type HeaderSet = keyof typeof fixture

/** One set of captured headers. */
export const headersOf = (set: HeaderSet): Headers => new Headers(fixture[set].headers as Record<string, string>)

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
export function page(status: number, title: string, body: string, set: HeaderSet = 'page'): Response {
  const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>
<body>
${body}
</body>
</html>
`
  return new Response(html, { status, headers: headersOf(set) })
}

export const redirect = (location: string): Response => new Response(null, { status: 302, headers: { location } })

/** What a path without an endpoint answers (captured for GET on the revocation endpoint: `404`, HTML). */
export const notFound = (): Response =>
  page(
    404,
    'Error 404 (Not Found)!!1',
    '<p><b>404.</b> The requested URL was not found on this server.</p>',
    'front-end',
  )

/** What a malformed request answers before any endpoint sees it (captured for broken percent-encoding). */
export const badRequest = (): Response =>
  page(
    400,
    'Error 400 (Bad Request)!!1',
    '<p><b>400.</b> Your client has issued a malformed or illegal request.</p>',
    'front-end',
  )

/** RFC 9110 §15.5.6, with the methods that the resource has. */
export function methodNotAllowed(methods: readonly string[]): Response {
  const response = page(
    405,
    'Error 405 (Method Not Allowed)!!1',
    '<p><b>405.</b> The request method is inappropriate for the URL.</p>',
    'front-end',
  )
  response.headers.set('allow', methods.join(', '))
  return response
}
