import type { MockWorld } from '../mock-world.ts'
import { type ProxyRequest, authorityOf, urlOf } from './connect-request.ts'
import { Masking } from './masking.ts'

type Recording = Pick<MockWorld, 'journal' | 'secrets'>

/** What the proxy answers instead of a tunnel (RFC 9110 §15). */
export interface ProxyRefusal {
  readonly status: number
  /** The reason phrase: many programs show it and nothing else. */
  readonly phrase: string
  /** What came about, and how to go on. */
  readonly text: string
  readonly allow?: 'CONNECT'
  /** For the record, where there is no request that could be recorded. */
  readonly problem?: 'malformed' | 'fields-too-large'
}

export const notHttp: ProxyRefusal = {
  status: 400,
  phrase: 'Bad Request',
  text: 'This is no request to a proxy. It speaks HTTP without TLS: its address begins with http://, not with https://.',
  problem: 'malformed',
}
export const tooLong: ProxyRefusal = {
  status: 431,
  phrase: 'Request Header Fields Too Large',
  text: 'The head of this request is longer than 16 KiB.',
  problem: 'fields-too-large',
}
export const unreachable: ProxyRefusal = {
  status: 502,
  phrase: 'Bad Gateway',
  text: 'The mock of this host has ended. Start it anew, and take the addresses that it prints.',
}
const noAuthority: ProxyRefusal = {
  ...notHttp,
  text: 'CONNECT takes a host and a port, such as accounts.google.com:443.',
}

/**
 * Why a request gets no tunnel. Host and port are all that is said of it, and not even they if they hold a secret.
 *
 * @param mocked host and port of each mock
 */
export function refusalOf(request: ProxyRequest, mocked: readonly string[], { secrets }: Recording): ProxyRefusal {
  const isConnect = request.method === 'CONNECT'
  const to = isConnect ? authorityOf(request.target) : urlOf(request)?.origin
  if (isConnect && to === undefined) return noAuthority
  const named = to === undefined || secrets.mask(to) !== to ? 'this host' : to
  const text =
    `${named} is not mocked, and nothing was sent there. Mocked: ${mocked.join(', ')}. To go on, leave this request out ` +
    `while you test, or name the host in NO_PROXY: then the program asks it by itself.`
  if (isConnect) return { status: 403, phrase: `Forbidden: ${named} is not mocked`, text }
  const refused = {
    status: 405,
    phrase: 'Method Not Allowed: this proxy knows CONNECT alone',
    allow: 'CONNECT',
  } as const
  if (request.target.startsWith('/')) return { ...refused, text: 'This is a proxy: name it in HTTPS_PROXY.' }
  const isMocked = mocked.includes(`${urlOf(request)?.hostname}:443`)
  return { ...refused, text: isMocked ? `${named} is not mocked, only its https:// is.` : text }
}

/** A refusal on the wire. */
export function octetsOf({ status, phrase, text, allow }: ProxyRefusal): string {
  const lines = [
    `HTTP/1.1 ${status} ${phrase}`,
    ...(allow === undefined ? [] : [`Allow: ${allow}`]),
    'Content-Type: text/plain',
    `Content-Length: ${text.length + 1}`,
    'Connection: close',
  ]
  return `${lines.join('\r\n')}\r\n\r\n${text}\n`
}

/** Records a request in the words of the other doors; what it told the proxy alone is left out. */
export function recordRefused(
  { journal, secrets }: Recording,
  { status, problem = 'malformed' }: ProxyRefusal,
  request: ProxyRequest | undefined,
): void {
  if (request === undefined) return void journal.record('elsewhere', 'http.refused', { problem, status })
  const { method } = request
  const masking = new Masking(secrets)
  const headers = request.headers.filter(([name]) => !name.toLowerCase().startsWith('proxy-'))
  const url = urlOf(request)
  const target = method === 'CONNECT' || url === null ? '' : url.pathname + url.search
  const to = journal.record('elsewhere', 'http.request', {
    endpoint: 'elsewhere',
    method: masking.text(method),
    origin: masking.text(url?.origin ?? ''),
    ...masking.describe({ method, origin: '', target, headers, body: new Uint8Array() }),
    actor: 'subject',
  })
  journal.record('elsewhere', 'http.response', { endpoint: 'elsewhere', to, status, contentType: 'text/plain' })
}
