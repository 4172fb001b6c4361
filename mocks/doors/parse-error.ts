import type { Problem } from './refusals.ts'

/** What the parser of node:http says; the three runtimes have the same one. */
export interface ParseError extends Error {
  readonly code?: string
  /** What was received last. */
  readonly rawPacket?: Uint8Array
}

/** What HTTP calls a parser's error; undefined for a connection that just ended. */
export function problemIn({ code = '', rawPacket }: ParseError): Problem | undefined {
  const text = new TextDecoder().decode(rawPacket)
  switch (code) {
    case 'HPE_INVALID_EOF_STATE':
      return undefined
    case 'HPE_HEADER_OVERFLOW':
      return 'fields-too-large'
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return 'content-too-large'
    case 'HPE_INVALID_VERSION':
      return / HTTP\/(?!1\.)\d\.\d\r\n/.test(text) ? 'version-not-supported' : 'malformed'
    case 'HPE_INVALID_METHOD':
      // RFC 9110 §9.1: a token (§5.6.2) that is no method known here.
      return /^[\w!#$%&'*+.^`|~-]+ /.test(text) ? 'not-implemented' : 'malformed'
    default:
      return code.startsWith('HPE_') ? 'malformed' : undefined
  }
}
