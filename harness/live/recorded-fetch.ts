import type { ObservedLive, TokenGrant } from '../model/live.ts'
import type { SecretKind } from '../model/secret.ts'
import { type LiveContext, shown } from './context.ts'
import { answeredWith, foreignAnswer } from './foreign-answer.ts'
import { type Members, jsonObjectIn } from './json-object.ts'
import { LiveTrouble } from './trouble.ts'

type Fetch = (url: string, init?: RequestInit) => Promise<Response>

const formSecrets: Readonly<Record<string, SecretKind>> = {
  code: 'authorization-code',
  code_verifier: 'code-verifier',
  refresh_token: 'refresh-token',
  access_token: 'access-token',
  client_secret: 'client-secret',
  token: 'refresh-token',
}
const answerSecrets: Readonly<Record<string, SecretKind>> = {
  access_token: 'access-token',
  refresh_token: 'refresh-token',
  id_token: 'id-token',
}
const grants: readonly string[] = ['authorization_code', 'refresh_token'] satisfies readonly TokenGrant[]

/**
 * HTTP to the issuer as it is seen: every secret is registered before anybody else has it, and each answer of the token
 * endpoint is recorded as `live.tokens`.
 *
 * @param account whom an id_token should name
 * @throws LiveTrouble also for what no issuer answers: pages and redirects in its place, 429, 5xx
 */
export function recordedFetch(
  context: Pick<LiveContext, 'lines' | 'journal' | 'secrets'>,
  account: string,
  { records = true }: { readonly records?: boolean } = {},
): Fetch {
  const { lines, journal, secrets } = context
  const learn = (kinds: typeof formSecrets, named: Iterable<readonly [string, unknown]>): void => {
    for (const [name, value] of named)
      if (Object.hasOwn(kinds, name) && typeof value === 'string' && value !== '') secrets.learn(kinds[name]!, value)
  }
  return async (url, init) => {
    const form = init?.body === undefined || init.body === null ? undefined : new URLSearchParams(bodyOf(init.body))
    learn(formSecrets, form ?? [])
    const response = await lines.fetch(url, init)
    const text = await response.text()
    const answer = jsonObjectIn(text)
    learn(answerSecrets, Object.entries(answer ?? {}))
    const by = form?.get('grant_type')
    if (records && isGrant(by))
      journal.record('live', 'live.tokens', observed(by, response.status, answer ?? {}, { account, secrets }))
    const trouble = troubleOf(response, text, answer)
    if (trouble !== undefined) throw trouble
    const { status, statusText, headers } = response
    return new Response([101, 204, 205, 304].includes(status) ? null : text, { status, statusText, headers })
  }
}

const bodyOf = (body: NonNullable<RequestInit['body']>): string =>
  typeof body === 'string' || body instanceof URLSearchParams ? String(body) : ''

const isGrant = (name: string | null | undefined): name is TokenGrant => grants.includes(name ?? '')

function observed(
  by: TokenGrant,
  status: number,
  answer: Members,
  { account, secrets }: Pick<LiveContext, 'secrets'> & { readonly account: string },
): ObservedLive['live.tokens'] {
  const text = (name: string): string | null => (typeof answer[name] === 'string' ? shown(answer[name], secrets) : null)
  const number = (name: string): number | null => (typeof answer[name] === 'number' ? answer[name] : null)
  return {
    by,
    status,
    error: text('error'),
    description: text('error_description'),
    members: Object.keys(answer).map((name) => shown(name, secrets)),
    tokenType: text('token_type'),
    expiresIn: number('expires_in'),
    refreshTokenExpiresIn: number('refresh_token_expires_in'),
    scope: text('scope')?.split(' ') ?? null,
    refreshToken: typeof answer['refresh_token'] === 'string',
    identity: identityOf(answer['id_token'], account),
  }
}

/** Whom an id_token names, by its word alone: what is relied on, openid-client has verified. */
function identityOf(token: unknown, account: string): ObservedLive['live.tokens']['identity'] {
  if (typeof token !== 'string') return 'not told'
  const email = jsonObjectIn(decoded(token.split('.')[1] ?? '') ?? '')?.['email']
  if (typeof email !== 'string') return 'not told'
  return email.toLowerCase() === account.toLowerCase() ? 'the account' : 'another account'
}

function decoded(segment: string): string | undefined {
  try {
    const octets = Uint8Array.from(atob(segment.replaceAll('-', '+').replaceAll('_', '/')), (octet) =>
      octet.charCodeAt(0),
    )
    return new TextDecoder().decode(octets)
  } catch {
    return undefined
  }
}

/** What is no answer of an issuer, whatever was asked. */
function troubleOf(response: Response, text: string, answer: Members | undefined): LiveTrouble | undefined {
  const cause = foreignAnswer(response, text, answer)
  if (cause !== undefined) return new LiveTrouble(cause, `HTTP ${answeredWith(response, text)}${saidIn(answer)}`)
  // A library might read what we could not, and find tokens in it that nobody registered.
  if (answer === undefined && /^\s*\{/.test(text))
    return new LiveTrouble('not-understood', `HTTP ${response.status} with an object of JSON that cannot be read`)
  return undefined
}

const saidIn = (answer: Members | undefined): string => {
  const said = [answer?.['error'], answer?.['error_description']].filter((part) => typeof part === 'string')
  return said.length === 0 ? '' : `: ${said.join(', ')}`
}
