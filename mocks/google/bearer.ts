import { valueOf } from './form.ts'
import type { Asked } from './route.ts'

/** The access token of a request to a protected resource: header, form or query (RFC 6750 §2). */
export const bearerToken = ({ request, form, query }: Asked): string | null =>
  /^bearer +(\S+) *$/i.exec(request.headers.get('authorization') ?? '')?.[1] ??
  valueOf(form, 'access_token') ??
  valueOf(query, 'access_token')
