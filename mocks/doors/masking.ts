import type { Observed, Parameters } from '../../harness/model/observation.ts'
import type { SecretKind, SecretRef } from '../../harness/model/secret.ts'
import type { Secrets } from '../../harness/secrets.ts'
import { decodeAuthError } from '../google/sign-in/auth-error.ts'
import { withoutPorts } from '../google/sign-in/loopback.ts'
import type { WireRequest } from './http-observation.ts'

type Described = Pick<Observed['http.request'], 'path' | 'query' | 'headers' | 'contentType' | 'form' | 'bodyLength'>

const kinds: Readonly<Record<string, SecretKind>> = {
  code: 'authorization-code',
  code_verifier: 'code-verifier',
  client_secret: 'client-secret',
  refresh_token: 'refresh-token',
  access_token: 'access-token',
  id_token: 'id-token',
  id_token_hint: 'id-token',
  assertion: 'assertion',
  device_code: 'device-code',
  state: 'state',
  nonce: 'nonce',
  password: 'password',
}

/** What HTTP libraries add by themselves: it says nothing about the subject and differs from door to door. */
const transportHeaders: ReadonlySet<string> = new Set([
  'accept-encoding',
  'accept-language',
  'connection',
  'content-length',
  'host',
  'keep-alive',
  'sec-fetch-dest',
  'sec-fetch-mode',
  'sec-fetch-site',
  'te',
  'transfer-encoding',
  'user-agent',
])

const formType = 'application/x-www-form-urlencoded'

/** Tells what was read. Whoever reads registers its secrets at once and tells later, when all that stand beside it are known. */
type Telling<T> = () => T

/** Puts what crossed the wire into words that hold secrets only as references. */
export class Masking {
  readonly #secrets: Secrets

  constructor(secrets: Secrets) {
    this.#secrets = secrets
  }

  describe({ target, headers, body }: WireRequest): Described {
    const [path = '', query = ''] = target.split(/\?(.*)/s)
    const contentType = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null
    const isForm = contentType?.split(';')[0]?.trim().toLowerCase() === formType
    const fields = this.#fields(headers)
    const parameters = this.#parameters(new URLSearchParams(query))
    const form = isForm ? this.#parameters(new URLSearchParams(new TextDecoder().decode(body))) : () => null
    return {
      path: this.text(path),
      query: parameters(),
      headers: fields(),
      contentType: contentType === null ? null : this.text(contentType),
      form: form(),
      bodyLength: body.length,
    }
  }

  /** Parameters in their order, repeated names kept. */
  parameters(list: URLSearchParams): Parameters {
    return this.#parameters(list)()
  }

  /** A text with every registered secret and every port of this machine replaced by a mark. */
  text(text: string): string {
    return withoutPorts(this.#secrets.mask(text))
  }

  #parameters(list: URLSearchParams): Telling<Parameters> {
    const learned = [...list].map(([name, value]): readonly [string, string, SecretRef | undefined] => {
      // In base64 it repeats the request, with its state and its ports.
      if (name === 'authError') return [name, decodeAuthError(value)?.code ?? 'unreadable', undefined]
      const kind = value === '' ? undefined : kindOf(name, value, list)
      return [name, value, kind === undefined ? undefined : this.#secrets.learn(kind, value)]
    })
    return () => learned.map(([name, value, ref]) => [this.text(name), ref ?? this.text(value)] as const)
  }

  #fields(headers: WireRequest['headers']): Telling<Parameters> {
    const learned = headers
      .map(([name, value]) => [name.toLowerCase(), value] as const)
      .filter(([name, value]) => !transportHeaders.has(name) && !(name === 'accept' && value === '*/*'))
      .map(([name, value]) => [name, this.#field(name, value)] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    return () => learned.map(([name, value]) => [this.text(name), value()] as const)
  }

  #field(name: string, value: string): Telling<string> {
    if (name === 'authorization' || name === 'proxy-authorization') return this.#authorization(value)
    return name === 'cookie' ? this.#cookies(value) : () => this.text(value)
  }

  /** The scheme and a mark, such as `Bearer ‹access-token-1›`. */
  #authorization(value: string): Telling<string> {
    const [scheme = '', credentials = ''] = value.split(/ +(.*)/s)
    const isBasic = scheme.toLowerCase() === 'basic'
    const secret = isBasic ? basicSecret(credentials) : credentials
    if (secret === '') return () => this.text(scheme)
    const mark = this.#mark(isBasic ? 'client-secret' : 'access-token', secret)
    return () => `${this.text(scheme)} ${mark}`
  }

  #cookies(value: string): Telling<string> {
    const pairs = value
      .split(/; */)
      .map((pair) => pair.split(/=(.*)/s))
      .map(([name = '', secret = '']) => [name, secret === '' ? '' : `=${this.#mark('cookie', secret)}`] as const)
    return () => pairs.map(([name, mark]) => this.text(name) + mark).join('; ')
  }

  #mark(kind: SecretKind, value: string): string {
    return `‹${this.#secrets.learn(kind, value).ref}›`
  }
}

/** The kind of a parameter's value; undefined where the value is public. */
function kindOf(name: string, value: string, list: URLSearchParams): SecretKind | undefined {
  if (name === 'token') return value.startsWith('1//') ? 'refresh-token' : 'access-token'
  // Under `plain` the challenge is the verifier itself (RFC 7636 §4.2).
  if (name === 'code_challenge') return list.get('code_challenge_method') === 'S256' ? undefined : 'code-verifier'
  return Object.hasOwn(kinds, name) ? kinds[name] : undefined
}

/** The client secret in HTTP Basic credentials, undone from its form encoding (RFC 6749 §2.3.1). */
function basicSecret(credentials: string): string {
  try {
    return decodeURIComponent((atob(credentials.trim()).split(/:(.*)/s)[1] ?? '').replaceAll('+', ' '))
  } catch {
    return credentials
  }
}
