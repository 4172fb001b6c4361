import type { Sign } from '../model.ts'
import { signsOf } from './sign.ts'

/** What stands between the application and Google: names as Node, Python, Go, Java, .NET, curl and OpenSSL write them. */
export const networkSigns: readonly Sign[] = signsOf('network', 'code', [
  [
    'name-unresolved',
    /\bENOTFOUND\b|\bEAI_AGAIN\b|getaddrinfo fail|name or service not known|nodename nor servname|temporary failure in name resolution|UnknownHostException|NameResolutionError|no such host|could not resolve host/i,
    'the host’s name was not resolved',
  ],
  ['refused', /\bECONNREFUSED\b|connection refused|actively refused/i, 'the connection was refused'],
  [
    'unreachable',
    /\bENETUNREACH\b|\bEHOSTUNREACH\b|network is unreachable|no route to host/i,
    'no route leads to the host',
  ],
  [
    'timed-out',
    /\bETIMEDOUT\b|\bESOCKETTIMEDOUT\b|\bUND_ERR_CONNECT_TIMEOUT\b|connect(?:ion)? timed? ?out|\bIMAP connect\b[^\n]{0,24}\btime(?:d )?out|i\/o timeout|SocketTimeoutException/i,
    'the connection timed out',
  ],
  [
    'reset',
    /\bECONNRESET\b|connection reset by peer|socket hang up|Unexpected EOF|connection closed (?:unexpectedly|by remote)/i,
    'the connection was cut',
  ],
  [
    'certificate-expired',
    /CERT_HAS_EXPIRED|certificate has expired(?! or is not yet valid)/i,
    'the certificate has expired',
  ],
  [
    'certificate-early',
    /CERT_NOT_YET_VALID|certificate is not yet valid|expired or is not yet valid|NotBefore/i,
    'the certificate is not yet valid',
  ],
  [
    'certificate-untrusted',
    /SELF_SIGNED_CERT|self[- ]signed certificate|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT|unable to get (?:local )?issuer certificate|CERTIFICATE_VERIFY_FAILED|PKIX path building failed|signed by unknown authority|SSL_ERROR_UNKNOWN_CA|UnknownIssuer|UntrustedRoot/i,
    'the certificate is signed by nobody who is trusted',
  ],
  [
    'certificate-name',
    /ERR_TLS_CERT_ALTNAME_INVALID|does not match certificate's altnames|hostname mismatch|certificate is (?:not )?valid for|RemoteCertificateNameMismatch/i,
    'the certificate is for another name',
  ],
  [
    'plain-port',
    /WRONG_VERSION_NUMBER|wrong version number|first record does not look like a TLS handshake|plaintext connection/i,
    'TLS was spoken to a port without it, or the reverse',
  ],
  ['proxy-login', /proxy authentication required|\b407\b.{0,20}proxy/i, 'the proxy wants a password'],
])
