import type { Cause } from '../model.ts'

const noBlame = 'Try again when the network works; keep the tokens: this is no invalid_grant, and no new sign-in helps.'
const node = 'https://nodejs.org/api/errors.html'

/** Why Google was not reached at all: no error of Google’s, and none of the token’s. */
export const networkCauses: readonly Cause[] = [
  {
    id: 'name-unresolved',
    title: 'The host’s name cannot be resolved: no network, no DNS, or a misspelt host',
    explains: ['name-unresolved'],
    user: 'Look whether the machine is online.',
    application: noBlame,
    source: `${node}#common-system-errors`,
    preset: null,
  },
  {
    id: 'connection-refused',
    title:
      'Nobody listens at the address: a wrong port, a proxy that is not there, or the loopback server of the sign-in',
    explains: ['refused'],
    user: 'Look at the settings of proxy, host and port.',
    application: `${noBlame} For Gmail: imap.gmail.com, port 993; for the redirect: listen before the browser is opened.`,
    source: `${node}#common-system-errors; github.com/mozilla/kitsune issue 5965`,
    preset: null,
  },
  {
    id: 'connection-blocked',
    title: 'No way leads to the host: a firewall, a proxy that has to be used, or no network',
    explains: ['timed-out', 'unreachable'],
    answers: { proxy: { inspected: 2 } },
    user: 'Try another network; ask whether port 993 is open.',
    application: noBlame,
    source: `${node}#common-system-errors`,
    preset: null,
  },
  {
    id: 'connection-cut',
    title: 'The connection was cut: an idle time, a sleeping machine, a box in between',
    explains: ['reset'],
    user: 'Nothing.',
    application: 'Connect again, with a token that was refreshed; keep IDLE below 29 minutes (RFC 2177).',
    source: 'RFC 2177; github.com/getmail6/getmail6 issue 60',
    preset: null,
  },
  {
    id: 'certificate-untrusted',
    title:
      'The certificate is not Google’s: a virus scanner or company proxy opens TLS, or the machine’s authorities are missing',
    explains: ['certificate-untrusted'],
    answers: { proxy: { inspected: 2 } },
    user: 'Ask who inspects the connection; install that authority if it is to be trusted, or the package ca-certificates.',
    application:
      'Name the authority (NODE_EXTRA_CA_CERTS, SSL_CERT_FILE, REQUESTS_CA_BUNDLE); never switch the verification off.',
    source: 'https://nodejs.org/api/cli.html#node_extra_ca_certsfile; github.com/python/cpython issue 152778',
    preset: null,
  },
  {
    id: 'clock-wrong',
    title: 'The clock of the machine is wrong: certificates seem expired or not yet valid',
    prior: 1,
    explains: ['certificate-early', 'certificate-expired'],
    signs: { 'certificate-early': 3, 'certificate-expired': 1 },
    answers: { clock: { wrong: 8, right: -10 } },
    user: 'Set the clock (NTP).',
    application: 'Nothing in the application; with a wrong clock tokens seem live or dead too early too.',
    source: 'RFC 5280 §4.1.2.5',
    preset: null,
  },
  {
    id: 'certificate-expired',
    title: 'What answers shows an expired certificate, or the machine’s authorities are too old',
    explains: ['certificate-expired', 'certificate-early'],
    signs: { 'certificate-early': -1 },
    answers: { clock: { right: 5, wrong: -8 } },
    user: 'Update the system’s authorities; ask who answers in Google’s place.',
    application: 'Update the runtime; never switch the verification off.',
    source: 'RFC 5280 §6.1.3',
    preset: null,
  },
  {
    id: 'certificate-name',
    title: 'Another server answers than was asked: its certificate is for another name',
    explains: ['certificate-name'],
    user: 'Look at the hosts file, DNS and the sign-in page of the network.',
    application: 'Connect to imap.gmail.com by name and send that name (SNI); never to an address.',
    source: 'RFC 9525 §6',
    preset: null,
  },
  {
    id: 'plain-port',
    title: 'TLS and plain text met: port and security do not belong together',
    explains: ['plain-port'],
    user: 'Set imap.gmail.com, port 993, SSL/TLS (not STARTTLS).',
    application: 'Gmail has TLS from the first octet at 993 and 465, STARTTLS at 587 alone.',
    source: 'https://developers.google.com/workspace/gmail/imap/imap-smtp',
    preset: null,
  },
  {
    id: 'proxy-login',
    title: 'The proxy wants a password',
    explains: ['proxy-login'],
    user: 'Enter the proxy’s user and password.',
    application: 'Take HTTPS_PROXY with its user information, or ask.',
    source: 'RFC 9110 §11.7',
    preset: null,
  },
]
