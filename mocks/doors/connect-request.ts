/** The head of a request to a proxy (RFC 9112 §3.2 and §5), its target still in the form that was sent. */
export interface ProxyRequest {
  readonly method: string
  readonly target: string
  readonly headers: readonly (readonly [name: string, value: string])[]
}

const requestLine = /^([!#$%&'*+.^_`|~\w-]+) ([\x21-\x7e]+) HTTP\/1\.[01]$/
const headerLine = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*?)[ \t]*$/

/** Reads a head without its final empty line, one character an octet; undefined when it is malformed. */
export function readHead(head: string): ProxyRequest | undefined {
  const [first = '', ...rest] = head.split('\r\n')
  const [, method, target] = requestLine.exec(first) ?? []
  const headers = rest.map((line) => headerLine.exec(line))
  if (method === undefined || target === undefined || headers.includes(null)) return undefined
  return { method, target, headers: headers.map((header) => [header![1]!, header![2]!] as const) }
}

const authority = /^(\[[0-9a-f:.]+\]|[\w.-]+):([1-9]\d{0,4})$/i

/** The target of CONNECT (RFC 9110 §9.3.6) as `host:port`, the host in lower case; undefined when it is malformed. */
export function authorityOf(target: string): string | undefined {
  const [, host, port] = authority.exec(target) ?? []
  return host === undefined || Number(port) > 65_535 ? undefined : `${host.toLowerCase()}:${port}`
}
