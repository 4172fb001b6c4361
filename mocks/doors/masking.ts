import type { Observed, Parameters, Value } from '../../harness/model/observation.ts'
import type { SecretKind, SecretRef } from '../../harness/model/secret.ts'
import type { Secrets } from '../../harness/secrets.ts'
import { withoutPorts } from '../google/loopback.ts'
import type { WireRequest } from './http-observation.ts'

type Described = Pick<Observed['http.request'], 'path' | 'query' | 'headers' | 'contentType' | 'form' | 'bodyLength'>

/** Puts what crossed the wire into words that hold secrets only as references. */
export interface Masking {
  describe(wire: WireRequest): Described
  /** Parameters in their order, repeated names kept. */
  parameters(parameters: URLSearchParams): Parameters
}

const kinds: Readonly<Record<string, SecretKind>> = {
  code: 'authorization-code',
  code_verifier: 'code-verifier',
  client_secret: 'client-secret',
  refresh_token: 'refresh-token',
  access_token: 'access-token',
  id_token: 'id-token',
  id_token_hint: 'id-token',
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

export function createMasking(secrets: Secrets): Masking {
  const plain = (text: string): string => withoutPorts(secrets.mask(text))

  /** Two passes here too: a secret may stand in a parameter before its own. */
  const parameters = (list: URLSearchParams): Parameters => {
    const learned = [...list].map(([name, value]): readonly [string, string, SecretRef | undefined] => {
      const kind = value === '' ? undefined : kindOf(name, value, list)
      return [name, value, kind === undefined ? undefined : secrets.learn(kind, value)]
    })
    return learned.map(([name, value, ref]) => [plain(name), ref ?? plain(value)] as const)
  }

  const authorization = (value: string): string => {
    const [scheme = '', credentials = ''] = value.split(/ +(.*)/s)
    const secret = scheme.toLowerCase() === 'basic' ? basicSecret(credentials) : credentials
    if (secret === '') return plain(scheme)
    const kind = scheme.toLowerCase() === 'basic' ? 'client-secret' : 'access-token'
    return `${plain(scheme)} ‹${secrets.learn(kind, secret).ref}›`
  }

  const cookies = (value: string): string =>
    value
      .split(/; */)
      .map((pair) => pair.split(/=(.*)/s))
      .map(([name = '', secret = '']) => (secret === '' ? name : `${name}=‹${secrets.learn('cookie', secret).ref}›`))
      .join('; ')

  const header = (name: string, value: string): Value => {
    if (name === 'authorization' || name === 'proxy-authorization') return authorization(value)
    return name === 'cookie' ? cookies(value) : plain(value)
  }

  const describe = ({ target, headers, body }: WireRequest): Described => {
    const [path = '', query = ''] = target.split(/\?(.*)/s)
    const contentType = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null
    const isForm = contentType?.split(';')[0]?.trim().toLowerCase() === formType
    const described = headers
      .map(([name, value]) => [name.toLowerCase(), value] as const)
      .filter(([name, value]) => !transportHeaders.has(name) && !(name === 'accept' && value === '*/*'))
      .map(([name, value]) => [name, header(name, value)] as const)
    return {
      path: plain(path),
      query: parameters(new URLSearchParams(query)),
      headers: described.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
      contentType: contentType === null ? null : plain(contentType),
      form: isForm ? parameters(new URLSearchParams(new TextDecoder().decode(body))) : null,
      bodyLength: body.length,
    }
  }

  return {
    parameters,
    describe(wire) {
      // The first time registers secrets wherever they stand, so that the second finds them in every other place.
      describe(wire)
      return describe(wire)
    },
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
