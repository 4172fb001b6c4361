/** The head of a request to a proxy (RFC 9112 §3.2 and §5), its target still in the form that was sent. */
export interface ProxyRequest {
  readonly method: string
  readonly target: string
  readonly headers: readonly (readonly [name: string, value: string])[]
}

const requestLine = /^([!#$%&'*+.^_`|~\w-]+) ([\x21-\x7e]+) HTTP\/1\.[01]$/
const headerLine = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*?)[ \t]*$/

/** Whether octets may be the beginning of a request: those of TLS and SOCKS are not, and never come to an end. */
export const mayBegin = (octets: Uint8Array): boolean => {
  const [first = 0x20] = octets
  return first >= 0x20 || first === 0x0d || first === 0x0a
}

/** Reads a head without its final empty line, one character an octet; undefined when it is malformed. */
export function readHead(head: string): ProxyRequest | undefined {
  const [first = '', ...rest] = head.split('\r\n')
  const [, method, target] = requestLine.exec(first) ?? []
  const headers = rest.map((line) => headerLine.exec(line))
  if (method === undefined || target === undefined || headers.includes(null)) return undefined
  return { method, target, headers: headers.map((header) => [header![1]!, header![2]!] as const) }
}

const authority = /^(\[[0-9a-f:.]{2,45}\]|[\w.-]{1,253}):([1-9]\d{0,4})$/i

/** The target of CONNECT (RFC 9110 §9.3.6) as `host:port`, the host in lower case; undefined when it is malformed. */
export function authorityOf(target: string): string | undefined {
  const [, host, port] = authority.exec(target) ?? []
  return host === undefined || Number(port) > 65_535 ? undefined : `${host.toLowerCase()}:${port}`
}

/** What a request asks for; null when that cannot be told. CONNECT has no path, origin form means the proxy itself. */
export function urlOf({ method, target, headers }: ProxyRequest): URL | null {
  if (method === 'CONNECT') return URL.parse(`${target.endsWith(':80') ? 'http' : 'https'}://${target}`)
  const host = headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? ''
  const url = target.startsWith('/') ? URL.parse(target, `http://${host}`) : URL.parse(target)
  // Only such a URL has a host.
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : null
}
