export type FaultCode =
  | 'USAGE'
  | 'SETTINGS_INVALID'
  | 'CLIENT_FILE_INVALID'
  | 'UNKNOWN_NAME'
  | 'OUTPUT_UNWRITABLE'
  | 'ADDRESS_UNAVAILABLE'
  | 'MAILBOX_SERVER_UNAVAILABLE'
  | 'NAMESPACE_UNAVAILABLE'
  | 'RUNTIME_UNSUPPORTED'
  | 'SUBJECT_UNLOADABLE'
  | 'STAGE_CRASHED'
  | 'STAGE_PROTOCOL'
  | 'SECRET_IN_OUTPUT'
  | 'INTERRUPTED'

/** A fault that a person can act on: what, where, and what to do next. Anything else that is thrown is a bug of ours. */
export class Fault extends Error {
  readonly code: FaultCode
  readonly hint: string

  constructor(code: FaultCode, message: string, hint: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'Fault'
    this.code = code
    this.hint = hint
  }
}
