/** Where observations of one source are numbered from 1: an endpoint, an IMAP connection, the user's browser … */
export type Stream =
  | 'discovery'
  | 'jwks'
  | 'authorization-endpoint'
  | 'token-endpoint'
  | 'device-authorization-endpoint'
  | 'revocation-endpoint'
  | 'tokeninfo'
  | 'userinfo'
  | 'elsewhere'
  | 'user-agent'
  | 'google'
  | 'tls'
  | `imap:${number}`
  | 'mailbox'
  | 'subject'
  | 'storage'
  | 'process'
  | 'output'
  | 'configuration'
  | 'repository'
  | 'live'
  | 'drift'
  | 'scenario'

/** Evidence cites a stream and a place in it, such as `token-endpoint#3`: no global number survives parallelism. */
export type Position = `${Stream}#${number}`
