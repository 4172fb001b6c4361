import { valueOf } from './form.ts'

/** The access token of a request to a protected resource (RFC 6750 §2.1 and §2.3). */
export const bearerToken = (request: Request): string | null =>
  /^bearer +(\S+) *$/i.exec(request.headers.get('authorization') ?? '')?.[1] ??
  valueOf(new URL(request.url).searchParams, 'access_token')
