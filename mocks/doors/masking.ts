import type { Observed, Parameters, Value } from '../../harness/model/observation.ts'
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

/** Puts what crossed the wire into words that hold secrets only as references. */
export class Masking {
  readonly #secrets: Secrets

  constructor(secrets: Secrets) {
    this.#secrets = secrets
  }

  describe(wire: WireRequest): Described {
    // The first time registers secrets wherever they stand, so that the second finds them in every other place.
    this.#describeOnce(wire)
    return this.#describeOnce(wire)
  }

  /** Parameters in their order, repeated names kept. Two passes: a secret may stand in a parameter before its own. */
  parameters(list: URLSearchParams): Parameters {
    const learned = [...list].map(([name, value]): readonly [string, string, SecretRef | undefined] => {
      // In base64 it repeats the request, with its state and its ports.
      if (name === 'authError') return [name, decodeAuthError(value)?.code ?? 'unreadable', undefined]
      const kind = value === '' ? undefined : kindOf(name, value, list)
      return [name, value, kind === undefined ? undefined : this.#secrets.learn(kind, value)]
    })
    return learned.map(([name, value, ref]) => [this.text(name), ref ?? this.text(value)] as const)
  }

  /** A text with every registered secret and every port of this machine replaced by a mark. */
  text(text: string): string {
    return withoutPorts(this.#secrets.mask(text))
  }

  #describeOnce({ target, headers, body }: WireRequest): Described {
    const [path = '', query = ''] = target.split(/\?(.*)/s)
    const contentType = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null
    const isForm = contentType?.split(';')[0]?.trim().toLowerCase() === formType
    const described = headers
      .map(([name, value]) => [name.toLowerCase(), value] as const)
      .filter(([name, value]) => !transportHeaders.has(name) && !(name === 'accept' && value === '*/*'))
      .map(([name, value]) => [this.text(name), this.#header(name, value)] as const)
    return {
      path: this.text(path),
      query: this.parameters(new URLSearchParams(query)),
      headers: described.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
      contentType: contentType === null ? null : this.text(contentType),
      form: isForm ? this.parameters(new URLSearchParams(new TextDecoder().decode(body))) : null,
      bodyLength: body.length,
    }
  }

  #header(name: string, value: string): Value {
    if (name === 'authorization' || name === 'proxy-authorization') return this.#authorization(value)
    return name === 'cookie' ? this.#cookies(value) : this.text(value)
  }

  /** The scheme and a mark, such as `Bearer ‹access-token-1›`. */
  #authorization(value: string): string {
    const [scheme = '', credentials = ''] = value.split(/ +(.*)/s)
    const isBasic = scheme.toLowerCase() === 'basic'
    const secret = isBasic ? basicSecret(credentials) : credentials
    if (secret === '') return this.text(scheme)
    return `${this.text(scheme)} ${this.#mark(isBasic ? 'client-secret' : 'access-token', secret)}`
  }

  #cookies(value: string): string {
    return value
      .split(/; */)
      .map((pair) => pair.split(/=(.*)/s))
      .map(([name = '', secret = '']) => [this.text(name), secret] as const)
      .map(([name, secret]) => (secret === '' ? name : `${name}=${this.#mark('cookie', secret)}`))
      .join('; ')
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
