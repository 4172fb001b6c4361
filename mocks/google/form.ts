const formType = 'application/x-www-form-urlencoded'

const isForm = (request: Request): boolean => mediaTypeOf(request) === formType

/** The media type of a request's body, without its parameters and in lower case. */
export const mediaTypeOf = (request: Request): string =>
  (request.headers.get('content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase()

/** The parameters of a form body, in order; empty when the body is not a form. */
export const formOf = async (request: Request): Promise<URLSearchParams> =>
  new URLSearchParams(isForm(request) ? await request.text() : '')

/** A body read once: its text, and its parameters where it is a form. */
export interface Body {
  readonly text: string
  readonly form: URLSearchParams
}

/** Reads a body; undefined where a form is percent-encoded so that nobody can read it. */
export async function bodyOf(request: Request): Promise<Body | undefined> {
  const text = await request.text()
  if (!isForm(request)) return { text, form: new URLSearchParams() }
  return /%(?![0-9A-Fa-f]{2})/.test(text) ? undefined : { text, form: new URLSearchParams(text) }
}

/** The first name that occurs twice (RFC 6749 §3.1 and §3.2 forbid it, and Google refuses it). */
export function repeatedName(parameters: URLSearchParams): string | undefined {
  const counts = new Map<string, number>()
  for (const name of parameters.keys()) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].find(([, count]) => count > 1)?.[0]
}

/** A parameter that is present and not empty: RFC 6749 §3.1 treats an empty one as omitted. */
export const valueOf = (parameters: URLSearchParams, name: string): string | null => parameters.get(name) || null
