const formType = 'application/x-www-form-urlencoded'

/** The parameters of a form body, in order; empty when the body is not a form. */
export async function formOf(request: Request): Promise<URLSearchParams> {
  const [type = ''] = (request.headers.get('content-type') ?? '').split(';')
  return new URLSearchParams(type.trim().toLowerCase() === formType ? await request.text() : '')
}

/** The first name that occurs twice (RFC 6749 §3.1 and §3.2 forbid it, and Google refuses it). */
export const repeatedName = (parameters: URLSearchParams): string | undefined =>
  [...parameters.keys()].find((name) => parameters.getAll(name).length > 1)

/** A parameter that is present and not empty: RFC 6749 §3.1 treats an empty one as omitted. */
export const valueOf = (parameters: URLSearchParams, name: string): string | null => parameters.get(name) || null
