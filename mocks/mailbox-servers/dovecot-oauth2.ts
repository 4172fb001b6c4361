import type { ServerCertificate } from '../doors/pki.ts'
import { type Dovecot, startDovecot } from './dovecot.ts'

/** Whom Dovecot asks what a token is worth. */
export type TokenJudge =
  /** RFC 7662: an endpoint that is sent the token, and that names its owner in `username`. */
  | { readonly kind: 'introspection'; readonly url: string; readonly client: IntrospectionClient }
  /** OpenID Connect Core 1.0 §5.3: an endpoint that the token opens, and that names its owner in `email`. */
  | { readonly kind: 'userinfo'; readonly url: string }
  /** Nobody: whatever is shown is taken. No server that is not broken does so. */
  | { readonly kind: 'nobody' }
  /** Nobody, and it knows passwords alone. */
  | { readonly kind: 'passwords alone' }

export interface IntrospectionClient {
  readonly id: string
  readonly secret: string
}

export interface OAuthDovecotSettings {
  readonly judge: TokenJudge
  /** What it shows to its clients; PEM. */
  readonly certificate: ServerCertificate
  /** PEM of the authority that signed for whom it asks. */
  readonly ca: string
  /** Settings of Dovecot’s own behind ours, which they override. */
  readonly more?: string
}

const oauth2File = 'oauth2.conf.ext'

/**
 * Starts a Dovecot 2.3 that takes tokens by its own `passdb oauth2`, on TLS at `tlsPort`. On `port`, in the clear, it takes
 * the password as every private one does, so that mail can be brought into an account.
 *
 * @throws Fault `MAILBOX_SERVER_UNAVAILABLE` when it is not installed, or does not start
 */
export const startOAuthDovecot = (settings: OAuthDovecotSettings): Promise<Dovecot> =>
  startDovecot(({ directory, tlsPort }) => ({
    settings: configuration(settings.judge, directory, tlsPort) + (settings.more ?? ''),
    files: {
      'certificate.pem': settings.certificate.cert,
      'key.pem': settings.certificate.key,
      'authority.pem': settings.ca,
      [oauth2File]: oauth2Configuration(settings.judge, directory),
    },
  }))

const configuration = (judge: TokenJudge, directory: string, tlsPort: number): string => `
ssl = yes
ssl_cert = <${directory}/certificate.pem
ssl_key = <${directory}/key.pem
auth_mechanisms = plain login${judge.kind === 'passwords alone' ? '' : ' xoauth2 oauthbearer'}
# Refusals would be two seconds late.
auth_failure_delay = 0
service imap-login {
  inet_listener imaps {
    port = ${tlsPort}
    ssl = yes
  }
}
namespace inbox {
  mailbox Archive {
    auto = subscribe
    special_use = \\Archive
  }
  mailbox Sent {
    auto = subscribe
    special_use = \\Sent
  }
}
${tokenDatabase(judge, directory)}`

function tokenDatabase({ kind }: TokenJudge, directory: string): string {
  if (kind === 'passwords alone') return ''
  return `passdb {
  mechanisms = xoauth2 oauthbearer
${kind === 'nobody' ? '  driver = static\n  args = nopassword=y' : `  driver = oauth2\n  args = ${directory}/${oauth2File}`}
}
`
}

/** https://doc.dovecot.org/2.3/configuration_manual/authentication/oauth2/ */
function oauth2Configuration(judge: TokenJudge, directory: string): string {
  const authority = `tls_ca_cert_file = ${directory}/authority.pem`
  switch (judge.kind) {
    case 'introspection':
      return `introspection_mode = post
introspection_url = ${withCredentials(judge)}
username_attribute = username
active_attribute = active
active_value = true
${authority}
`
    case 'userinfo':
      return `introspection_mode = auth
introspection_url = ${judge.url}
username_attribute = email
${authority}
`
    default:
      return ''
  }
}

/** Where Dovecot wants them: it sends them by HTTP Basic. */
function withCredentials({ url, client }: Extract<TokenJudge, { readonly kind: 'introspection' }>): string {
  const address = new URL(url)
  address.username = client.id
  address.password = client.secret
  return address.href
}
