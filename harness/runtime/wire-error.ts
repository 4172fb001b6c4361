/** What may end a connection without the system having a name for it. */
export type WireCode =
  | 'WIRE_SILENT'
  | 'WIRE_ENDED'
  | 'WIRE_TOO_MUCH'
  | 'WIRE_PROXY_REFUSED'
  | 'WIRE_NOT_TLS'
  | 'WIRE_NOT_HTTP'
  | 'WIRE_CLOSED'

export class WireError extends Error {
  readonly code: WireCode

  constructor(code: WireCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'WireError'
    this.code = code
  }
}
