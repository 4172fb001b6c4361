export interface Surroundings {
  /** Where the CONNECT proxy listens; on loopback unless told. */
  readonly proxy: { readonly host?: string; readonly port: number }
  /** Absolute path of the authority as PEM. */
  readonly ca: string
  /** Absolute path of the authority as PKCS #12, see `trustStoreOf`. */
  readonly trustStore: string
}

/** The redirection endpoint of a desktop program, and whatever else it runs for itself. */
const loopback = 'localhost,127.0.0.1,::1'

/**
 * The environment in which a program that has Google's addresses in its code meets the mocks: its requests go through
 * the CONNECT proxy, and it trusts the authority of the mocks. It is laid over an environment, and takes precedence.
 *
 * What it does not reach: PHP's curl extension (`curl.cainfo` in php.ini) and programs that carry certificates of their
 * own, such as browsers and Rust's webpki-roots. Those take the authority as an option.
 */
export function environmentFor({ proxy: { host = '127.0.0.1', port }, ca, trustStore }: Surroundings) {
  const address = `http://${authorityHost(host)}:${port}`
  return {
    /** Python, Go, Ruby, .NET, Rust's reqwest, Bun, Deno, Node by `NODE_USE_ENV_PROXY`, Google's library for Node. */
    HTTPS_PROXY: address,
    /** The older spelling, which many look at first: one that was there before must not win. */
    https_proxy: address,
    /** Plain HTTP, so that it is refused and recorded as well. Go, Node, Deno, .NET. */
    HTTP_PROXY: address,
    /** curl knows this spelling alone: a request to a CGI script can set the other one. */
    http_proxy: address,
    /** curl for other protocols, such as imaps; httpx, .NET. */
    ALL_PROXY: address,
    all_proxy: address,
    NO_PROXY: loopback,
    no_proxy: loopback,
    /** Node from 22.21 and 24 on: fetch and node:https look at the variables above. */
    NODE_USE_ENV_PROXY: '1',
    /** Node, Bun, Deno. */
    NODE_EXTRA_CA_CERTS: ca,
    /** Deno before it knew Node's. */
    DENO_CERT: ca,
    /** Deno asks its maker for a newer one once a day: that would look like a request of the application. */
    DENO_NO_UPDATE_CHECK: '1',
    /** OpenSSL's own: Python, Ruby, PHP's streams, .NET and others on Linux; Go, Rust's rustls-native-certs, httpx. */
    SSL_CERT_FILE: ca,
    /** The curl command. */
    CURL_CA_BUNDLE: ca,
    /** Python's requests, and so google-auth, which otherwise bring certificates of their own. */
    REQUESTS_CA_BUNDLE: ca,
    /** Python's httplib2, and so google-api-python-client. */
    HTTPLIB2_CA_CERTS: ca,
    /** Every Java from 8 on. It says on stderr that it picked this up. Loopback it leaves out by itself. */
    JAVA_TOOL_OPTIONS: Object.entries({
      'http.proxyHost': host,
      'http.proxyPort': port,
      'https.proxyHost': host,
      'https.proxyPort': port,
      'javax.net.ssl.trustStore': trustStore,
      'javax.net.ssl.trustStoreType': 'PKCS12',
      // Ours needs none; a program that opens the store by itself may want to be told one.
      'javax.net.ssl.trustStorePassword': 'changeit',
    })
      .map(([property, value]) => quoted(`-D${property}=${value}`))
      .join(' '),
  }
}

/** RFC 3986 §3.2.2: an IPv6 address stands in brackets. */
const authorityHost = (host: string): string => (host.includes(':') ? `[${host}]` : host)

/** The virtual machine splits its options at white space, unless it is quoted; a quote cannot be escaped. */
const quoted = (option: string): string => (/[\s'"]/.test(option) ? `'${option.replaceAll("'", `'"'"'`)}'` : option)
